"""Until when the file of a case is kept, and which are over."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, exists, func, select

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge, State
from govmatch.decisions.models import Decision
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.pilots.models import Pilot
from govmatch.privacy.periods import award_file_years, years_after
from govmatch.programmes.models import Programme

ENDED = (State.COMPLETED, State.DID_NOT_PROCEED, State.CANCELLED, State.ARCHIVED)
"""A case that goes on is kept, however long ago its award was: a contract may still run."""


@dataclass(frozen=True)
class Case:
    """`until` is the last day on which the file is kept; None while nothing is awarded."""

    challenge_id: int
    slug: str
    until: date | None
    years: int
    source: str
    is_ended: bool


def cases(session: ReadSession, challenge_ids: Collection[int] | None = None) -> list[Case]:
    """Return until when the files of cases are kept: of these challenges, or of all.

    Counted from the last release of a decision, or the end of the last pilot where that is later;
    a case that ended without either counts from its last change.
    """
    decided = (
        select(func.max(Decision.released_at))
        .where(Decision.challenge_id == Challenge.id)
        .scalar_subquery()
    )
    stopped = (
        select(func.max(Pilot.stopped_at)).where(Pilot.challenge_id == Challenge.id)
    ).scalar_subquery()
    ended = (
        select(func.max(Pilot.outcome_at)).where(Pilot.challenge_id == Challenge.id)
    ).scalar_subquery()
    found = (
        select(
            Challenge.id,
            Challenge.slug,
            Challenge.state,
            Challenge.updated_at,
            decided.label("decided"),
            stopped.label("stopped"),
            ended.label("outcome"),
            Programme.facts,
        )
        .join(Programme, Programme.id == Challenge.programme_id)
        .order_by(Challenge.id)
    )
    if challenge_ids is not None:
        found = found.where(Challenge.id.in_(sorted(challenge_ids)))
    return [_case(row) for row in session.execute(found)]


def _case(row: Row[Any]) -> Case:
    is_ended = row.state in ENDED
    ends = [instant for instant in (row.decided, row.stopped, row.outcome) if instant is not None]
    if not ends and is_ended:
        ends = [row.updated_at]
    if not ends:
        years, source = award_file_years(row.facts, row.updated_at.date())
        return Case(row.id, row.slug, None, years, source, is_ended)
    counted = max(ends).date()
    years, source = award_file_years(row.facts, counted)
    return Case(row.id, row.slug, years_after(counted, years), years, source, is_ended)


def over(session: ReadSession, *, now: datetime) -> list[Case]:
    """Return the cases that have ended, whose time is over, and whose file is still there."""
    there = exists().where(
        Application.challenge_id == Challenge.id, Application.emptied_at.is_(None)
    )
    full = select(Challenge.id).where(Challenge.state.in_(ENDED), there)
    ids = list(session.scalars(full))
    if not ids:
        return []
    return [
        case
        for case in cases(session, ids)
        if case.is_ended and case.until is not None and case.until < now.date()
    ]
