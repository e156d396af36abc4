"""Counts of firms that tell how many there are and nothing of a single one.

A count is shown as the band that it lies in, and everything below five is one band: nothing, one
and four read alike. What is shown together is looked at together, as somebody who subtracts would:
where that leaves a small count fewer than three possible values, a part is not shown.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from govmatch.kit.records import dataclass

FEW = 5
EDGES = (0, FEW, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
"""Where bands begin. They are wide, so that few changes of a draft move a count into another."""
MOST = 10**9
LEAST_WIDTH = 3
"""How many values a small count must still be able to have for whoever reads all of a page."""


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """A count lies from `low` to `high`, both included."""

    low: int
    high: int

    @classmethod
    def of(cls, count: int) -> "Band":
        """Return the band of a count."""
        place = bisect_right(EDGES, count)
        return cls(EDGES[place - 1], EDGES[place] - 1 if place < len(EDGES) else MOST)

    @property
    def is_few(self) -> bool:
        return self.low == 0

    @property
    def is_open(self) -> bool:
        """True for the last one, which has no end."""
        return self.high == MOST


@dataclass(frozen=True, slots=True)
class Split:
    """A total in parts: each firm is in exactly one of `parts` or among the `rest`."""

    parts: Mapping[str, Band]
    rest: Band | None

    @property
    def bands(self) -> list[Band]:
        return [*self.parts.values(), *([self.rest] if self.rest else [])]


@dataclass(frozen=True, slots=True)
class Without:
    """A requirement: how many it alone rules out, and how many fit without it (None: not shown)."""

    excluded: Band
    remaining: Band | None


@dataclass(frozen=True, slots=True)
class Counted:
    """All that one page says of a number of firms; a split that is None is not shown."""

    total: Band
    countries: Split | None
    sizes: Split | None
    gates: Mapping[str, Without]
    lacking: Mapping[str, Band]
    """Of the firms that fit, how many do not show something."""


def counted(
    total: int,
    *,
    countries: Mapping[str, int],
    sizes: Mapping[str, int],
    gates: Mapping[str, int],
    lacking: Mapping[str, int],
) -> Counted:
    """Return what may be shown of these counts; `sizes` names every size, also those of nobody.

    Countries with a few firms stand together, and so that no country is told by standing there the
    rest always stands, be it of none.
    """
    many = {code: n for code, n in countries.items() if n >= FEW}
    rest = total - sum(many.values())
    parts = dict(sorted(many.items(), key=lambda one: (-one[1], one[0])))
    found = Counted(
        total=Band.of(total),
        countries=Split({code: Band.of(n) for code, n in parts.items()}, Band.of(rest)),
        sizes=Split({size: Band.of(n) for size, n in sizes.items()}, None),
        gates={name: Without(Band.of(n), Band.of(total + n)) for name, n in gates.items()},
        lacking={name: Band.of(n) for name, n in lacking.items()},
    )
    return _safe(found)


def _safe(found: Counted) -> Counted:
    """Return it without what would tell a small count too closely; the total always stays."""
    if found.total.is_few:
        found = replace(found, countries=None, sizes=None)
    for less in (
        found,
        replace(found, sizes=None),
        replace(found, countries=None),
        replace(found, countries=None, sizes=None),
    ):
        if not tells_too_much(less):
            return less
    bare = replace(found, countries=None, sizes=None)
    gates = {name: replace(one, remaining=None) for name, one in bare.gates.items()}
    return replace(bare, gates=gates)


def tells_too_much(found: Counted) -> bool:
    """Return whether a small count can be worked out from what is shown beside it."""
    total = reach_of_total(found)
    if found.total.is_few and _width(total) < LEAST_WIDTH:
        return True
    splits = [one for one in (found.countries, found.sizes) if one]
    if any(_width(cell) < LEAST_WIDTH for one in splits for cell in _few_cells(one, total)):
        return True
    return any(_width(cell) < LEAST_WIDTH for cell in _few_gates(found.gates.values(), total))


def reach_of_total(found: Counted) -> Band:
    """Return between which values the total lies, by everything that is shown."""
    low, high = found.total.low, found.total.high
    for split in (found.countries, found.sizes):
        if split:
            low = max(low, sum(band.low for band in split.bands))
            high = min(high, sum(band.high for band in split.bands))
    for one in found.gates.values():
        if one.remaining:
            low = max(low, one.remaining.low - one.excluded.high)
            high = min(high, one.remaining.high - one.excluded.low)
    low = max(low, *(band.low for band in found.lacking.values()), 0) if found.lacking else low
    return Band(low, high)


def _few_cells(split: Split, total: Band) -> Iterable[Band]:
    """Yield between which values each small part lies, by the others and the total."""
    bands: Sequence[Band] = split.bands
    lows, highs = sum(band.low for band in bands), sum(band.high for band in bands)
    for band in bands:
        if band.is_few:
            low = max(band.low, total.low - (highs - band.high))
            yield Band(low, min(band.high, total.high - (lows - band.low)))


def _few_gates(gates: Iterable[Without], total: Band) -> Iterable[Band]:
    for one in gates:
        if one.remaining and one.excluded.is_few:
            low = max(one.excluded.low, one.remaining.low - total.high)
            yield Band(low, min(one.excluded.high, one.remaining.high - total.low))


def _width(band: Band) -> int:
    return band.high - band.low + 1
