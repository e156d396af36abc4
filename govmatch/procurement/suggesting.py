"""Which routes are open for a value: plain comparison with dated figures, and what to doubt."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from govmatch.kit.records import dataclass
from govmatch.procurement.table import Buyer, Table, Threshold, folded

OLD_AFTER = timedelta(days=366)
"""A source that speaks of a day longer ago than this is to be looked at again."""


class Doubt(StrEnum):
    """Why a figure may not hold."""

    OVER = "over"
    """Its time has passed, and no newer figure is known."""
    OLD = "old"
    UNCHECKED = "unchecked"


class Reach(StrEnum):
    """The nearest place that figures were found for."""

    REGION = "region"
    COUNTRY = "country"
    GROUP = "group"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Option:
    """A route of a table, and what makes its figure doubtful."""

    table: Table
    threshold: Threshold
    doubts: tuple[Doubt, ...]

    @property
    def id(self) -> str:
        """Names it among all tables: `de-bremen/direct-order`."""
        return f"{self.table.slug}/{self.threshold.procedure}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What was found; nothing in it is advice.

    `foreign` are routes whose limits are in another currency than the value: they are compared with
    nothing, since no rate of exchange is known here. `lacks_region` is set where other regions of
    the country have figures of their own and this one has not.
    """

    open: tuple[Option, ...]
    closed: tuple[Option, ...]
    foreign: tuple[Option, ...]
    reach: Reach
    lacks_region: bool

    @property
    def options(self) -> tuple[Option, ...]:
        return (*self.open, *self.closed, *self.foreign)

    @property
    def is_doubtful(self) -> bool:
        return any(one.doubts for one in self.open)


def suggest(
    tables: Sequence[Table],
    *,
    value: int,
    currency: str,
    country: str,
    region: str,
    buyer: Buyer,
    on: date,
) -> Suggestion:
    """Return the routes of an authority for a contract of this value without VAT.

    Nearest first: those of its region, of its country, of the groups of countries it is in. A
    figure whose time is over counts only where the same place has no newer one for the same route
    and kind of authority; one that is yet to come does not count.
    """
    near = [one for one in tables if one.covers(country, region) and one.has_begun(on)]
    found = [
        _option(table, threshold, on)
        for table in sorted(near, key=_distance)
        for threshold in table.thresholds
        if not threshold.buyers or buyer in threshold.buyers
    ]
    options = _without_superseded(found, on)
    ours = [one for one in options if one.threshold.currency == currency]
    opened = _open(ours, value)
    return Suggestion(
        open=tuple(opened),
        closed=tuple(one for one in ours if one not in opened),
        foreign=tuple(one for one in options if one.threshold.currency != currency),
        reach=_reach(options),
        lacks_region=_lacks_region(tables, country, region),
    )


def _open(options: Iterable[Option], value: int) -> list[Option]:
    """Return those that are open to a value and have not ended where another one is open."""
    reached = [one for one in options if one.threshold.is_open_to(value)]
    procedures = {one.threshold.procedure for one in reached}
    return [one for one in reached if one.threshold.before not in procedures]


def _distance(table: Table) -> tuple[int, int, str]:
    """Return what orders tables: the nearest place first, of one place the newest."""
    place = 2 if table.is_group else 0 if table.regions else 1
    return place, -table.valid_from.toordinal(), table.slug


def _option(table: Table, threshold: Threshold, on: date) -> Option:
    doubts = []
    if table.is_over(on):
        doubts.append(Doubt.OVER)
    if on - threshold.source.as_of > OLD_AFTER:
        doubts.append(Doubt.OLD)
    if not threshold.is_checked:
        doubts.append(Doubt.UNCHECKED)
    return Option(table, threshold, tuple(doubts))


def _without_superseded(options: Iterable[Option], on: date) -> list[Option]:
    """Leave out what a figure replaces that stands before it: one that holds, or a newer one."""
    kept: list[Option] = []
    seen: set[tuple[str, tuple[str, ...], str, str]] = set()
    for one in options:
        place = tuple(sorted(folded(name) for name in one.table.regions))
        key = (one.table.country, place, one.threshold.procedure, one.threshold.currency)
        if key in seen and one.table.is_over(on):
            continue
        seen.add(key)
        kept.append(one)
    return kept


def _reach(options: Iterable[Option]) -> Reach:
    places = {_distance(one.table)[0] for one in options}
    order = (Reach.REGION, Reach.COUNTRY, Reach.GROUP)
    return next((order[place] for place in sorted(places)), Reach.NOWHERE)


def _lacks_region(tables: Iterable[Table], country: str, region: str) -> bool:
    regional = [one for one in tables if one.country == country and one.regions]
    return bool(regional) and not any(one.covers(country, region) for one in regional)
