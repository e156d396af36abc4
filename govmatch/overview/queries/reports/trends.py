"""How selections change over time: challenges, applications, pilots and days, by quarter."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.overview.queries.reports.keeping import kept
from govmatch.overview.queries.reports.moments import Decided, Pace, pace
from govmatch.overview.queries.reports.scope import Scope, with_opened
from govmatch.overview.queries.reports.stages import selected_ids
from govmatch.pilots.models import Pilot

Quarter = tuple[int, int]
"""(year, 1 to 4)"""


@dataclass(frozen=True)
class Quarterly:
    """What became of the opened challenges whose deadline was in a quarter."""

    quarter: Quarter
    challenges: int
    applications: int
    selected: int
    pilots: int
    pace: Pace
    """Of the decisions on them, whenever they came."""


@dataclass(frozen=True)
class _Case:
    closes: datetime
    applications: int
    selected: int
    pilots: int


def trends(session: ReadSession, scope: Scope, decided: Sequence[Decided]) -> list[Quarterly]:
    """Return every quarter from the first deadline to the last, the latest first.

    A quarter is that of the deadline on the clocks of the site; `decided` are those of the scope.
    """
    cases = kept(session, ("trends", scope), lambda: _cases(session, with_opened(session, scope)))
    place = ZoneInfo(scope.zone)
    by_quarter: dict[Quarter, list[int]] = defaultdict(list)
    for number, one in cases.items():
        by_quarter[_quarter(one.closes, place)].append(number)
    days: dict[Quarter, list[Decided]] = defaultdict(list)
    for each in decided:
        days[_quarter(each.closes, place)].append(each)
    return [
        _quarterly(quarter, [cases[one] for one in by_quarter[quarter]], days[quarter])
        for quarter in _between(by_quarter.keys() | days.keys())
    ]


def _quarterly(quarter: Quarter, cases: Sequence[_Case], decided: Sequence[Decided]) -> Quarterly:
    return Quarterly(
        quarter,
        len(cases),
        sum(one.applications for one in cases),
        sum(one.selected for one in cases),
        sum(one.pilots for one in cases),
        pace(decided),
    )


def _quarter(at: datetime, place: ZoneInfo) -> Quarter:
    local = at.astimezone(place)
    return local.year, (local.month + 2) // 3


def _between(quarters: set[Quarter]) -> list[Quarter]:
    """Return every quarter between the first and the last, the latest first."""
    if not quarters:
        return []
    first, last = (year * 4 + n - 1 for year, n in (min(quarters), max(quarters)))
    return [(number // 4, number % 4 + 1) for number in range(last, first - 1, -1)]


def _cases(session: ReadSession, scope: Scope) -> Mapping[int, _Case]:
    """Return every opened challenge with what came of it; four statements."""
    closes = select(Challenge.id, Challenge.closes).where(
        Challenge.id.in_(scope.opened or ()), Challenge.closes.is_not(None)
    )
    applied = (
        select(Application.challenge_id, func.count())
        .where(scope.applications)
        .group_by(Application.challenge_id)
    )
    selected = applied.where(Application.id.in_(selected_ids))
    agreed = applied.join(Pilot, Pilot.application_id == Application.id).where(
        Pilot.agreed_at.is_not(None)
    )
    n, chosen, tried = (
        Counter(dict(session.execute(one).all())) for one in (applied, selected, agreed)
    )
    return {
        number: _Case(at, n[number], chosen[number], tried[number])
        for number, at in session.execute(closes)
        if at is not None
    }
