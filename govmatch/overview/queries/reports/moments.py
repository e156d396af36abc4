"""How long challenges took from their deadline to the release of the decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median as middle
from zoneinfo import ZoneInfo

from sqlalchemy import select

from govmatch.challenges.models import Challenge
from govmatch.decisions.models import Decision, Kind, State
from govmatch.kit.db import ReadSession
from govmatch.overview.queries.reports.scope import Scope
from govmatch.overview.queries.reports.titles import challenges_by_id


@dataclass(frozen=True)
class Decided:
    """A challenge whose selection was released, and how many days after its deadline."""

    challenge_id: int
    zone: str
    closes: datetime
    released_at: datetime
    challenge: Challenge | None = None

    @property
    def days(self) -> int:
        """Midnights on the clocks of the challenge."""
        place = ZoneInfo(self.zone)
        first, last = (at.astimezone(place).date() for at in (self.closes, self.released_at))
        return (last - first).days


def decided(session: ReadSession, scope: Scope) -> list[Decided]:
    """Return every decided challenge of the scope, the latest decision first; one statement."""
    found = (
        select(Challenge.id, Challenge.zone, Challenge.closes, Decision.released_at)
        .join(Decision, Decision.challenge_id == Challenge.id)
        .where(
            scope.cases,
            Decision.kind == Kind.SELECTION,
            Decision.state == State.RELEASED,
            Challenge.closes.is_not(None),
        )
        .order_by(Decision.released_at.desc(), Challenge.id.desc())
    )
    return [
        Decided(number, zone, closes, released_at)
        for number, zone, closes, released_at in session.execute(found)
        if closes is not None and released_at is not None
    ]


def with_titles(session: ReadSession, found: Sequence[Decided]) -> list[Decided]:
    """Return the same with their challenges and the titles of these; two statements."""
    known = challenges_by_id(session, {one.challenge_id for one in found})
    return [replace(one, challenge=known[one.challenge_id]) for one in found]


def median(found: Sequence[Decided]) -> float | None:
    """Return the median of their days; None where nothing was decided."""
    return float(middle(one.days for one in found)) if found else None
