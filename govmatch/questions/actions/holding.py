"""What every action on questions begins and ends with."""

from collections.abc import Collection
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from govmatch.challenges.models import Challenge
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg
from govmatch.questions.models import NEXT_STATES, OPEN_STATES, Question, State


def hold(session: Session, challenge: Challenge) -> None:
    """Keep others from deciding on questions of this challenge until the transaction ends."""
    session.execute(
        select(Challenge.id).where(Challenge.id == challenge.id).with_for_update()
    ).scalars().all()


def read_anew(session: Session, questions: Collection[Question]) -> None:
    """Read these rows as they are now that the challenge is held."""
    for one in sorted(questions, key=lambda one: one.id):
        session.refresh(one)


def move(question: Question, to: State) -> None:
    """Put a question into a state that may follow its own.

    Raises `Conflict` where somebody else was faster, such as by publishing it.
    """
    was = State(question.state)
    if to != was and to not in NEXT_STATES[was]:
        raise Conflict(
            msg("Somebody else has decided on this question in the meantime. Nothing was changed.")
        )
    question.state = to.value


def count_open(session: Session, challenge: Challenge) -> None:
    """Note with the challenge how many of its questions are open, for its desk."""
    session.flush()
    number = session.execute(
        select(func.count()).where(
            Question.challenge_id == challenge.id, Question.state.in_(OPEN_STATES)
        )
    ).scalar_one()
    session.execute(
        update(Challenge).where(Challenge.id == challenge.id).values(open_questions=number)
    )


def day_of(challenge: Challenge, now: datetime) -> datetime:
    """Return the beginning of the day on the challenge's clocks: what the journal says of when
    somebody asked.
    """
    zone = ZoneInfo(challenge.zone)
    return datetime.combine(now.astimezone(zone).date(), time(), zone)
