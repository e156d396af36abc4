"""Profiles laid out to be ranked: their names, their terms, their facts; never changed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol

import numpy as np

from govmatch.kit.records import dataclass
from govmatch.matching.arrays_file import Arrays
from govmatch.matching.best import best
from govmatch.matching.columns import Columns, Ints
from govmatch.matching.facts import compare
from govmatch.matching.gathering import GatheredFacts
from govmatch.matching.names import Names, Thing
from govmatch.matching.postings import Floats, Gathered, Postings
from govmatch.matching.profile import Profile
from govmatch.matching.rarity import Rarity, Vector
from govmatch.matching.reading import Terms
from govmatch.matching.score import WEIGHTS, Match, Parts, matched
from govmatch.search.arrays import Flags

_PARTS = ("text", "codes")


class _Held(Protocol):
    def arrays(self) -> Arrays:
        """Return what is kept in a file."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A profile that asks, and its vectors."""

    profile: Profile
    text: Vector
    codes: Vector

    @classmethod
    def of(cls, profile: Profile, terms: Terms, *, rarity: Rarity) -> "Asking":
        return cls(profile, rarity.text_vector(terms), rarity.code_vector(terms))

    @property
    def thing(self) -> Thing:
        return self.profile.kind, self.profile.id


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What all profiles of a layout are worth to one that asks, before facts."""

    text: Floats
    codes: Floats
    base: Floats
    """Zero for those that are not looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Profiles by number."""

    names: Names
    text: Postings
    codes: Postings
    columns: Columns

    @classmethod
    def of(cls, profiles: Iterable[tuple[Profile, Terms]], *, rarity: Rarity) -> "Layout":
        """Lay out profiles as they come; none of them is kept as it came."""
        things: list[Thing] = []
        text, codes, facts = Gathered(), Gathered(), GatheredFacts()
        for profile, terms in profiles:
            things.append((profile.kind, profile.id))
            text.add(terms.text)
            codes.add(terms.codes)
            facts.add(profile)
        return cls(
            Names.of(things),
            text.laid_out(rarity.text_weights),
            codes.laid_out(rarity.code_weights),
            facts.laid_out(),
        )

    def __len__(self) -> int:
        return len(self.names)

    def scored(self, asking: Asking, *, without: Flags | None = None) -> Scored:
        """Return what each is worth; nothing those `without` and the one that asks."""
        text, codes = self.text.scores(asking.text), self.codes.scores(asking.codes)
        base = np.float32(WEIGHTS.text) * text + np.float32(WEIGHTS.codes) * codes
        own = self.names.number(asking.thing)
        if own is not None:
            base[own] = 0
        if without is not None:
            base[without] = 0
        return Scored(text, codes, base)

    def near(
        self, asking: Asking, *, least: float, without: Flags | None = None
    ) -> Iterator[Thing]:
        """Yield all that are worth so much by texts and codes alone, whatever their facts."""
        scored = self.scored(asking, without=without)
        for number in np.flatnonzero(scored.base >= np.float32(least)).tolist():
            yield self.names.thing(number)

    def best(
        self,
        asking: Asking,
        *,
        on: date,
        most: int,
        findings: bool = True,
        without: Flags | None = None,
    ) -> list[Match]:
        """Return those that fit best and that no gate rules out, in no order; ties at the end all.

        However many the gates rule out, the best of the others are found.
        """
        scored = self.scored(asking, without=without)

        def judge(numbers: Ints) -> tuple[Floats, Flags]:
            return self.columns.judge(asking.profile, numbers, on=on)

        numbers, balances = best(scored.base, judge, most=most, worth=WEIGHTS.facts)
        if findings:
            return list(self._compared(asking, scored, numbers, on))
        return list(self._matches(scored, numbers, balances))

    def _matches(self, scored: Scored, numbers: Ints, balances: Floats) -> Iterator[Match]:
        values = (scored.text[numbers].tolist(), scored.codes[numbers].tolist(), balances.tolist())
        for number, text, codes, facts in zip(numbers.tolist(), *values, strict=True):
            parts = Parts(text, codes, facts)
            kind, id_ = self.names.thing(number)
            yield Match(kind, id_, parts, score=parts.total())

    def _compared(self, asking: Asking, scored: Scored, numbers: Ints, on: date) -> Iterator[Match]:
        facts = self.columns.facts_of(numbers)
        for number, (has, asks) in zip(numbers.tolist(), facts, strict=True):
            kind, id_ = self.names.thing(number)
            findings = compare(asking.profile, Profile(kind, id_, has=has, asks=asks), on=on)
            values = {"text": float(scored.text[number]), "codes": float(scored.codes[number])}
            yield matched(kind, id_, findings=findings, **values)

    def arrays(self) -> Arrays:
        """Return what `restored` needs beside `about`."""
        parts: Mapping[str, _Held] = {
            "names": self.names,
            "text": self.text,
            "codes": self.codes,
            "facts": self.columns,
        }
        return {
            f"{part}/{name}": values
            for part, held in parts.items()
            for name, values in held.arrays().items()
        }

    def about(self) -> dict[str, object]:
        """Return the rest of it as JSON can hold it."""
        return {"kinds": list(self.names.kinds), "facts": self.columns.about()}

    @classmethod
    def restored(cls, arrays: Arrays, about: Mapping[str, Any]) -> "Layout":
        """Return the layout of these arrays, which may lie in a file."""
        names = Names.restored(_of_part(arrays, "names"), about["kinds"])
        text, codes = (Postings.restored(_of_part(arrays, part), len(names)) for part in _PARTS)
        return cls(names, text, codes, Columns.restored(_of_part(arrays, "facts"), about["facts"]))


def _of_part(arrays: Arrays, part: str) -> Arrays:
    start = f"{part}/"
    return {
        name.removeprefix(start): values
        for name, values in arrays.items()
        if name.startswith(start)
    }
