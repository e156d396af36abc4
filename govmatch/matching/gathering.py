"""Profiles that come one after another, laid out in columns; no object of theirs is kept."""

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from govmatch.matching.columns import FORCES, FOREVER, Columns, Rows
from govmatch.matching.profile import Ask, Fact, Profile


class GatheredFacts:
    """The facts and asks of some profiles."""

    def __init__(self) -> None:
        self._sets: dict[frozenset[str], int] = {}
        self._has: dict[str, _GatheredRows] = {}
        self._asks: dict[str, _GatheredRows] = {}
        self._size = 0

    def add(self, profile: Profile) -> None:
        """Take the next profile."""
        for order, fact in enumerate(profile.has):
            until = FOREVER if fact.until is None else fact.until.toordinal()
            rows = self._has.setdefault(fact.name, _GatheredRows())
            rows.add(self._size, self._number(fact.values), fact, until, order)
        for order, ask in enumerate(profile.asks):
            rows = self._asks.setdefault(ask.name, _GatheredRows())
            rows.add(self._size, self._number(ask.any_of), ask, FORCES.index(ask.force), order)
        self._size += 1

    def laid_out(self) -> Columns:
        """Return the columns of all that were taken."""
        return Columns(
            tuple(self._sets),
            {name: rows.laid_out(self._size) for name, rows in self._has.items()},
            {name: rows.laid_out(self._size) for name, rows in self._asks.items()},
        )

    def _number(self, values: frozenset[str]) -> int:
        return self._sets.setdefault(values, len(self._sets))


def columns_of(profiles: Iterable[Profile]) -> Columns:
    """Lay out the facts and asks of these profiles."""
    gathered = GatheredFacts()
    for profile in profiles:
        gathered.add(profile)
    return gathered.laid_out()


class _GatheredRows:
    def __init__(self) -> None:
        self._owners, self._sets, self._extra = array("i"), array("i"), array("i")
        self._order, self._low, self._high = array("i"), array("d"), array("d")

    def add(self, owner: int, values: int, span: Fact | Ask, extra: int, order: int) -> None:
        self._owners.append(owner)
        self._sets.append(values)
        self._low.append(np.nan if span.low is None else span.low)
        self._high.append(np.nan if span.high is None else span.high)
        self._extra.append(extra)
        self._order.append(order)

    def laid_out(self, size: int) -> Rows:
        starts: NDArray[np.int32] = np.zeros(size + 1, np.int32)
        np.cumsum(np.bincount(_ints(self._owners), minlength=size), out=starts[1:])
        return Rows(
            starts,
            _ints(self._sets),
            np.array(self._low, np.float64),
            np.array(self._high, np.float64),
            _ints(self._extra),
            _ints(self._order),
        )


def _ints(values: "array[int]") -> NDArray[np.int32]:
    return np.array(values, np.int32)
