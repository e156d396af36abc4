"""Which questions it is time to tell somebody about."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person, Role
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.questions.models import OPEN_STATES, Question, State

MOST = 100


def waiting_challenges(
    session: ReadSession, now: datetime
) -> list[tuple[Challenge, list[Question]]]:
    """Return challenges with questions of which nobody has been told, and these questions."""
    waits = (Question.state == State.ASKED, Question.told_at.is_(None))
    return _by_challenge(session, now, waits)


def overdue_challenges(
    session: ReadSession, now: datetime, *, reminded_before: datetime
) -> list[tuple[Challenge, list[Question]]]:
    """Return challenges past their last day for questions with open ones, and these.

    Without those of which somebody was reminded at or after `reminded_before`. Whether the answers
    are due the caller asks of `answers_by`.
    """
    waits = (
        Question.state.in_(OPEN_STATES),
        or_(Question.reminded_at.is_(None), Question.reminded_at < reminded_before),
        Question.challenge_id.in_(select(Challenge.id).where(Challenge.questions_until <= now)),
    )
    return _by_challenge(session, now, waits)


def _by_challenge(
    session: ReadSession, now: datetime, waits: Sequence[ColumnElement[bool]]
) -> list[tuple[Challenge, list[Question]]]:
    public = select(Challenge.id).where(challenges.public_at(now))
    some = select(Question.challenge_id).where(*waits, Question.challenge_id.in_(public))
    ids = session.scalars(some.distinct().order_by(Question.challenge_id).limit(MOST)).all()
    if not ids:
        return []
    found = (
        select(Question)
        .options(joinedload(Question.challenge).joinedload(Challenge.programme))
        .where(*waits, Question.challenge_id.in_(ids))
        .order_by(Question.challenge_id, Question.public_id)
    )
    grouped: dict[int, tuple[Challenge, list[Question]]] = {}
    for one in session.scalars(found):
        grouped.setdefault(one.challenge_id, (one.challenge, []))[1].append(one)
    return list(grouped.values())


def tells(
    session: ReadSession, challenge: Challenge, *, now: datetime, with_managers: bool
) -> Collection[Person]:
    """Return who is told that questions wait: staff of the authority, and the programme's managers
    where asked for or where the authority has no staff.
    """
    staff = challenges.staff(session, challenge, now=now)
    if staff and not with_managers:
        return staff
    rows = accounts.holders(
        session, "programme", challenge.programme_id, now=now, roles=[Role.MANAGER]
    )
    people = {row.person_id: row.person for row in rows if row.person.disabled_at is None}
    return list({person.id: person for person in [*staff, *people.values()]}.values())
