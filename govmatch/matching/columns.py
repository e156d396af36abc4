"""Facts and asks of many profiles in columns, compared with one profile's without making objects.

Says the same of a pair as `facts.compare`, for as many pairs as there are. Each name of a fact has
rows of its own, in the order of the profiles that have them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from operator import itemgetter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.matching.arrays_file import Arrays
from govmatch.matching.facts import WORTH, Verdict
from govmatch.matching.profile import Ask, Fact, Force, Profile
from govmatch.search.arrays import Flags, distinct

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Sets = Sequence[frozenset[str]]

FORCES = tuple(Force)
_GATE, _EVIDENCE = FORCES.index(Force.GATE), FORCES.index(Force.EVIDENCE)
FOREVER = date.max.toordinal()


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The facts, or the asks, of one name.

    Those of profile n are the rows from `starts[n]` to `starts[n + 1]`.
    """

    starts: Ints
    sets: Ints
    """The number of the set of values that each names."""
    low: Floats
    """NaN for a span that is open there."""
    high: Floats
    extra: Ints
    """Of a fact the last day on which it holds; of an ask its force."""
    order: Ints
    """The place among all facts, or asks, of the profile."""

    def of(self, profiles: Ints) -> tuple[Ints, Ints]:
        """Return the rows of these profiles, and for each the place of its profile among them."""
        first, after = self.starts[profiles], self.starts[profiles + 1]
        counts = after - first
        places = np.repeat(np.arange(len(profiles), dtype=np.int32), counts)
        before = np.cumsum(counts) - counts
        rows = np.arange(len(places), dtype=np.int32) - (before - first)[places].astype(np.int32)
        return rows, places


ROWS = tuple(one.name for one in fields(Rows))
_Made = TypeVar("_Made", Fact, Ask)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What profiles have and what they ask, by name; `sets` are all sets of values, each once."""

    sets: Sets
    has: Mapping[str, Rows]
    asks: Mapping[str, Rows]

    def judge(
        self, profile: Profile, others: Ints, *, on: date
    ) -> tuple[NDArray[np.float32], Flags]:
        """Return for each of the others its balance with a profile, and whether it is ruled out."""
        judging = _Judging(self.sets, len(others), on.toordinal())
        for ask in profile.asks:
            if ask.name in self.has:
                judging.ask(ask, self.has[ask.name], others)
            else:
                judging.miss()
        for name, rows in self.asks.items():
            judging.answer([fact for fact in profile.has if fact.name == name], rows, others)
        return judging.balance(), judging.ruled_out

    def facts_of(self, numbers: Ints) -> list[tuple[tuple[Fact, ...], tuple[Ask, ...]]]:
        """Return the facts and asks of these profiles, in the order that each had."""
        has = _in_order(self._each(self.has, numbers, self._fact), len(numbers))
        asks = _in_order(self._each(self.asks, numbers, self._ask), len(numbers))
        return list(zip(has, asks, strict=True))

    def _each(
        self,
        named: Mapping[str, Rows],
        numbers: Ints,
        make: Callable[[str, frozenset[str], float | None, float | None, int], _Made],
    ) -> Iterator[tuple[int, int, _Made]]:
        """Yield each fact or ask with the place of its profile and its place there."""
        for name, rows in named.items():
            chosen, places = rows.of(numbers)
            columns = (rows.order, rows.sets, rows.low, rows.high, rows.extra)
            values = (column[chosen].tolist() for column in columns)
            for place, order, set_, low, high, extra in zip(places.tolist(), *values, strict=True):
                yield place, order, make(name, self.sets[set_], _end(low), _end(high), extra)

    def _fact(
        self, name: str, values: frozenset[str], low: float | None, high: float | None, last: int
    ) -> Fact:
        until = None if last == FOREVER else date.fromordinal(last)
        return Fact(name, values, low, high, until)

    def _ask(
        self, name: str, values: frozenset[str], low: float | None, high: float | None, force: int
    ) -> Ask:
        return Ask(name, FORCES[force], values, low, high)

    def arrays(self) -> Arrays:
        """Return what `restored` needs beside `about`."""
        return {
            f"{side}/{place}/{one}": getattr(rows, one)
            for side, named in (("has", self.has), ("asks", self.asks))
            for place, rows in enumerate(named.values())
            for one in ROWS
        }

    def about(self) -> dict[str, object]:
        """Return the names and the sets of values as JSON can hold them."""
        return {
            "sets": [sorted(values) for values in self.sets],
            "has": list(self.has),
            "asks": list(self.asks),
        }

    @classmethod
    def restored(cls, arrays: Arrays, about: Mapping[str, Any]) -> "Columns":
        """Return the columns of these arrays, which may lie in a file."""
        has, asks = (
            {
                name: Rows(*(arrays[f"{side}/{place}/{one}"] for one in ROWS))
                for place, name in enumerate(about[side])
            }
            for side in ("has", "asks")
        )
        return cls(tuple(frozenset(values) for values in about["sets"]), has, asks)


def _in_order(made: Iterable[tuple[int, int, _Made]], size: int) -> list[tuple[_Made, ...]]:
    found: list[list[_Made]] = [[] for _ in range(size)]
    for place, _, one in sorted(made, key=itemgetter(0, 1)):
        found[place].append(one)
    return [tuple(some) for some in found]


class _Judging:
    """What was asked between one profile and some others, as it adds up."""

    def __init__(self, sets: Sets, size: int, today: int) -> None:
        self._sets = sets
        self._today = today
        self._worth: Floats = np.zeros(size)
        self._questions: Ints = np.zeros(size, np.int32)
        self.ruled_out: Flags = np.zeros(size, np.bool_)

    def balance(self) -> NDArray[np.float32]:
        return (self._worth / np.maximum(self._questions, 1)).astype(np.float32)

    def miss(self) -> None:
        """Count something that was asked and that none of the others says anything about."""
        self._worth += WORTH[Verdict.MISSING]
        self._questions += 1

    def ask(self, ask: Ask, facts: Rows, others: Ints) -> None:
        """Count what the profile asks of the others."""
        rows, places = facts.of(others)
        holding: Flags = facts.extra[rows] >= self._today
        meeting = holding & _spans_meet(facts, rows, ask.low, ask.high)
        if ask.any_of:
            meeting &= self._share(facts.sets[rows], ask.any_of)
        held, met = np.zeros_like(self.ruled_out), np.zeros_like(self.ruled_out)
        held[places[holding]] = True
        met[places[meeting]] = True
        failed = held & ~met
        if ask.force is Force.EVIDENCE:
            failed[:] = False
        self._questions += 1
        self._worth += np.where(met, WORTH[Verdict.FOR], WORTH[Verdict.MISSING])
        self._worth[failed] += WORTH[Verdict.AGAINST] - WORTH[Verdict.MISSING]
        if ask.force is Force.GATE:
            self.ruled_out |= failed

    def answer(self, facts: Sequence[Fact], asks: Rows, others: Ints) -> None:
        """Count what the others ask of the profile, which has these facts of that name."""
        rows, places = asks.of(others)
        if not len(rows):
            return
        holding = [
            one for one in facts if one.until is None or one.until.toordinal() >= self._today
        ]
        met: Flags = np.zeros(len(rows), np.bool_)
        for fact in holding:
            named = self._share(asks.sets[rows], fact.values, or_empty=True)
            met |= named & _spans_meet(asks, rows, fact.low, fact.high)
        force = asks.extra[rows]
        failed = ~met & (force != _EVIDENCE) if holding else np.zeros_like(met)
        worth = np.where(met, WORTH[Verdict.FOR], WORTH[Verdict.MISSING])
        worth[failed] = WORTH[Verdict.AGAINST]
        self._worth += np.bincount(places, worth, minlength=len(others))
        self._questions += np.bincount(places, minlength=len(others)).astype(np.int32)
        self.ruled_out[places[failed & (force == _GATE)]] = True

    def _share(self, numbers: Ints, values: frozenset[str], *, or_empty: bool = False) -> Flags:
        """Return for each number of a set whether it has one of the values, or is empty."""
        different = distinct(numbers)
        known = [self._sets[number] for number in different]
        passing = [bool(one & values) or (or_empty and not one) for one in known]
        return np.array(passing, np.bool_)[np.searchsorted(different, numbers)]


def _spans_meet(rows: Rows, chosen: Ints, low: float | None, high: float | None) -> Flags:
    """Return whether each span shares a number with that from `low` to `high`."""
    meet: Flags = np.ones(len(chosen), np.bool_)
    # a comparison with NaN is false, so an open end is never past anything
    if low is not None:
        meet &= ~(rows.high[chosen] < low)
    if high is not None:
        meet &= ~(rows.low[chosen] > high)
    return meet


def _end(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
