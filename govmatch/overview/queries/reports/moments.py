"""How long challenges take from their deadline to the decision, and what was promised."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from statistics import median as middle
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, or_, select

from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Phase
from govmatch.decisions.models import Decision, Kind, State
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.overview.queries.reports.scope import Scope
from govmatch.overview.queries.reports.titles import challenges_by_id
from govmatch.programmes.models import Programme
from govmatch.programmes.promise import days_promised


@dataclass(frozen=True)
class Decided:
    """A challenge whose selection was released, or is waited for since its deadline.

    `released_at` is None while it is waited for; `days` then count up to now. `is_kept` is None
    where nothing was promised, and while the promise can still be kept. `is_of_today` is true where
    none was recorded at the publication, so that it is held against what is promised now.
    """

    challenge_id: int
    zone: str
    closes: datetime
    released_at: datetime | None
    days: int
    promised: int | None
    is_of_today: bool = False
    challenge: Challenge | None = None

    @property
    def is_kept(self) -> bool | None:
        if self.promised is None:
            return None
        if self.days > self.promised:
            return False
        return None if self.released_at is None else True


def decided(session: ReadSession, scope: Scope, *, now: datetime) -> list[Decided]:
    """Return every challenge past its deadline, undecided first, then the latest decision.

    Two statements. Those that were cancelled or do not proceed without a selection are left out.
    """
    released = and_(
        Decision.challenge_id == Challenge.id,
        Decision.kind == Kind.SELECTION,
        Decision.state == State.RELEASED,
    )
    waits = Challenge.state.in_([Phase.PUBLISHED.value, Phase.IN_SELECTION.value])
    found = (
        select(
            Challenge.id,
            Challenge.zone,
            Challenge.closes,
            Decision.released_at,
            Challenge.programme_id,
            Challenge.promised_days,
        )
        .outerjoin(Decision, released)
        .where(scope.cases, Challenge.closes <= now, or_(Decision.id.is_not(None), waits))
        .order_by(
            case((Decision.released_at.is_(None), 0), else_=1),
            Decision.released_at.desc(),
            Challenge.closes,
            Challenge.id.desc(),
        )
    )
    rows = session.execute(found).all()
    promises = _promises(session, {row.programme_id for row in rows})
    return [_decided(row, promises.get(row.programme_id), now) for row in rows]


def _promises(session: ReadSession, programmes: set[int]) -> dict[int, int | None]:
    found = select(Programme.id, Programme.facts).where(Programme.id.in_(sorted(programmes)))
    return {number: days_promised(facts) for number, facts in session.execute(found)}


def _decided(row: Any, promised_now: int | None, now: datetime) -> Decided:
    is_of_today = row.promised_days is None and promised_now is not None
    return Decided(
        row.id,
        row.zone,
        row.closes,
        row.released_at,
        _midnights(row.closes, row.released_at or now, row.zone),
        promised_now if row.promised_days is None else row.promised_days or None,
        is_of_today,
    )


def _midnights(first: datetime, last: datetime, zone: str) -> int:
    """Return how many midnights lie between, on the clocks of the challenge."""
    place = ZoneInfo(zone)
    return (last.astimezone(place).date() - first.astimezone(place).date()).days


def with_titles(session: ReadSession, found: Sequence[Decided]) -> list[Decided]:
    """Return the same with their challenges and the titles of these; two statements."""
    known = challenges_by_id(session, {one.challenge_id for one in found})
    return [replace(one, challenge=known[one.challenge_id]) for one in found]


@dataclass(frozen=True)
class Pace:
    """What all of them say together; days are of released decisions, None where there is none.

    `kept` of `judged` promises were kept: those of released decisions, and those that are broken
    already although the decision is still waited for.
    """

    released: int
    waiting: int
    median: float | None
    ninetieth: int | None
    kept: int
    judged: int
    of_today: int = 0
    """Cases held against what is promised now, since nothing was recorded at their publication."""


def pace(found: Sequence[Decided]) -> Pace:
    days = sorted(one.days for one in found if one.released_at is not None)
    judged = [one.is_kept for one in found if one.is_kept is not None]
    return Pace(
        released=len(days),
        waiting=len(found) - len(days),
        median=float(middle(days)) if days else None,
        # The smallest number of days in which nine of ten decisions were there (nearest rank).
        ninetieth=days[math.ceil(0.9 * len(days)) - 1] if days else None,
        kept=sum(judged),
        judged=len(judged),
        of_today=sum(one.is_of_today for one in found),
    )
