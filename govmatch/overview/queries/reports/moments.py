"""How long challenges took from their deadline to the release of the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median as middle
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import load_only, selectinload

from govmatch.challenges.models import Challenge, ChallengeText
from govmatch.decisions.models import Decision, Kind, State
from govmatch.kit.db import ReadSession
from govmatch.overview.queries.reports.scope import Scope


@dataclass(frozen=True)
class Decided:
    """A challenge whose selection was released, and how many days after its deadline."""

    challenge: Challenge
    closes: datetime
    released_at: datetime

    @property
    def days(self) -> int:
        """Midnights on the clocks of the challenge."""
        place = ZoneInfo(self.challenge.zone)
        first, last = (at.astimezone(place).date() for at in (self.closes, self.released_at))
        return (last - first).days


def decided(session: ReadSession, scope: Scope) -> list[Decided]:
    """Return every decided challenge of the scope, the latest decision first; two statements."""
    found = (
        select(Challenge, Decision.released_at)
        .join(Decision, Decision.challenge_id == Challenge.id)
        .options(
            load_only(
                Challenge.slug, Challenge.zone, Challenge.closes, Challenge.main_lang,
                Challenge.state,
            ),
            selectinload(Challenge.texts).load_only(
                ChallengeText.challenge_id, ChallengeText.lang, ChallengeText.title
            ),
        )
        .where(
            scope.cases,
            Decision.kind == Kind.SELECTION,
            Decision.state == State.RELEASED,
            Challenge.closes.is_not(None),
        )
        .order_by(Decision.released_at.desc(), Challenge.id.desc())
    )  # fmt: skip
    return [
        Decided(challenge, challenge.closes, released_at)
        for challenge, released_at in session.execute(found)
        if challenge.closes is not None and released_at is not None
    ]


def median(found: Sequence[Decided]) -> float | None:
    """Return the median of their days; None where nothing was decided."""
    return float(middle(one.days for one in found)) if found else None
