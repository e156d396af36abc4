"""Profiles that can be proposed: the best for another profile are found at once.

A question adds up the postings of its terms, so it costs what its terms are frequent and no more.
A profile that changes is laid out anew with the others that changed, not with all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock

import numpy as np

from govmatch.kit.records import dataclass
from govmatch.matching import arrays_file
from govmatch.matching.arrays_file import Arrays
from govmatch.matching.counts import Counts
from govmatch.matching.layout import Asking, Layout
from govmatch.matching.lexicon import Lexicon
from govmatch.matching.names import Thing
from govmatch.matching.profile import Profile
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Terms
from govmatch.matching.score import Match
from govmatch.search.arrays import Flags


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """What was laid out at first without what changed since, and what changed."""

    first: Layout
    gone: Flags
    changed: Mapping[Thing, tuple[Profile, Terms]]
    fresh: Layout | None
    """The changed ones laid out; None until somebody asks."""


class Pool:
    """Profiles with their terms; any number of threads may ask and change it.

    The rarity of terms stays that of the beginning: a few profiles more or less change nothing to
    speak of. Make a new pool from time to time (`changed` says how many it is past the first).
    """

    def __init__(
        self, profiles: Iterable[tuple[Profile, Terms]] | Layout, *, rarity: Rarity
    ) -> None:
        """Lay out profiles that were read; `rarity` is that of all profiles that are compared.

        They are taken one by one and not kept, so they may come from a table as they are read.
        """
        self.rarity = rarity
        first = profiles if isinstance(profiles, Layout) else Layout.of(profiles, rarity=rarity)
        self._held = _Held(first, np.zeros(len(first), np.bool_), {}, None)
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many profiles can be proposed."""
        held = self._held
        return len(held.first) - int(held.gone.sum()) + len(held.changed)

    @property
    def first(self) -> Layout:
        """What was laid out at first, without what changed since."""
        return self._held.first

    @property
    def changed(self) -> int:
        """How many profiles were changed, added or removed since they were laid out."""
        held = self._held
        new = sum(held.first.names.number(thing) is None for thing in held.changed)
        return new + int(held.gone.sum())

    def rank(
        self, profile: Profile, terms: Terms, *, on: date, most: int = 50, findings: bool = True
    ) -> list[Match]:
        """Return the profiles that fit best, best first; equal ones in the order of their ids.

        Left out are the profile itself, those that share nothing with it, and those that a gate on
        either side rules out on that day. Without `findings` the scores are the same and it takes
        half the time.
        """
        held = self._with_fresh()
        asking = Asking.of(profile, terms, rarity=self.rarity)
        without = held.gone if held.changed or held.gone.any() else None
        found = held.first.best(asking, on=on, most=most, findings=findings, without=without)
        if held.fresh:
            found += held.fresh.best(asking, on=on, most=most, findings=findings)
        return sorted(found, key=lambda match: (-match.score, match.id))[:most]

    def near(self, profile: Profile, terms: Terms, *, least: float) -> list[Thing]:
        """Return all that are worth so much by texts and codes alone, in no order.

        No gate rules anything out here: what is left to each gate is for the caller to count.
        """
        held = self._with_fresh()
        asking = Asking.of(profile, terms, rarity=self.rarity)
        without = held.gone if held.changed or held.gone.any() else None
        found = list(held.first.near(asking, least=least, without=without))
        if held.fresh:
            found += held.fresh.near(asking, least=least)
        return found

    def change(self, profile: Profile, terms: Terms) -> None:
        """Propose a profile from now on as it is now, whether it was in the pool or not."""
        lean = replace(profile, texts=()), Terms(terms.text, terms.codes)
        with self._lock:
            thing = (profile.kind, profile.id)
            self._without(thing, {**self._held.changed, thing: lean})

    def remove(self, kind: str, id_: str) -> None:
        """Propose a profile no more; nothing happens when it is not in the pool."""
        with self._lock:
            thing = (kind, id_)
            kept = {key: one for key, one in self._held.changed.items() if key != thing}
            self._without(thing, kept)

    def _without(self, thing: Thing, changed: Mapping[Thing, tuple[Profile, Terms]]) -> None:
        gone = self._held.gone
        number = self._held.first.names.number(thing)
        if number is not None:
            gone = gone.copy()
            gone[number] = True
        self._held = replace(self._held, gone=gone, changed=changed, fresh=None)

    def _with_fresh(self) -> _Held:
        """Return what is held now, with what changed laid out."""
        held = self._held
        if held.fresh is None and held.changed:
            with self._lock:
                held = self._held
                fresh = Layout.of(held.changed.values(), rarity=self.rarity)
                held = self._held = replace(held, fresh=fresh)
        return held

    def save(self, path: Path) -> None:
        """Write the pool into a file that `open` maps.

        Refused with `ValueError` when it was changed: a file is made of what is laid out.
        """
        held = self._held
        if held.changed or held.gone.any():
            raise ValueError(f"{self.changed} profiles have changed since they were laid out")
        text, codes = _counts(self.rarity.text), _counts(self.rarity.codes)
        counted: Arrays = {
            "rarity/text/keys": text.lexicon.keys,
            "rarity/text/numbers": text.numbers,
            "rarity/codes/keys": codes.lexicon.keys,
            "rarity/codes/numbers": codes.numbers,
        }
        about = {"profiles": self.rarity.profiles, **held.first.about()}
        arrays_file.write(path, {**held.first.arrays(), **counted}, about)

    @classmethod
    def open(cls, path: Path) -> "Pool":
        """Return the pool of a file; only what is asked for is read, when it is asked for.

        Raises `ValueError` for a file that another version wrote or that is not whole.
        """
        opened = arrays_file.open_(path)
        text, codes = (
            Counts(
                Lexicon(opened.arrays[f"rarity/{one}/keys"]), opened.arrays[f"rarity/{one}/numbers"]
            )
            for one in ("text", "codes")
        )
        rarity = Rarity(opened.about["profiles"], text, codes)
        return cls(Layout.restored(opened.arrays, opened.about), rarity=rarity)


def _counts(having: object) -> Counts:
    if isinstance(having, Counts):
        return having
    if isinstance(having, Mapping):
        return Counts.of(having)
    raise TypeError(f"{type(having).__name__} cannot be listed")
