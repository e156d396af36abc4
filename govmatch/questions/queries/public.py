"""What everybody reads of a challenge's questions, newest first."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.questions.models import PublicAnswer, Question, State
from govmatch.questions.queries.visible import shown_at

MOST = 500
"""Answers on one page; the calls that are known have had up to some dozens."""

ANSWERS: tuple[ExecutableOption, ...] = (
    joinedload(Question.challenge).joinedload(Challenge.authority),
    joinedload(Question.answer),
)


@dataclass(frozen=True)
class Shown:
    """What is public of one challenge: answers with their questions, and what was declined."""

    answers: Sequence[PublicAnswer]
    declined: Sequence[Question]


def published(session: ReadSession, challenge: Challenge) -> list[PublicAnswer]:
    """Return the public answers with their questions, newest first.

    Several published together stand in an order that says nothing of who was first to ask.
    """
    found = (
        select(PublicAnswer)
        .options(selectinload(PublicAnswer.questions))
        .where(PublicAnswer.challenge_id == challenge.id, PublicAnswer.published_at.is_not(None))
        .order_by(PublicAnswer.published_at.desc(), PublicAnswer.public_id)
        .limit(MOST)
    )
    return list(session.scalars(found))


def declined_openly(session: ReadSession, challenge: Challenge) -> list[Question]:
    """Return what was declined with a reason that everybody reads, newest first."""
    found = (
        select(Question)
        .where(
            Question.challenge_id == challenge.id,
            Question.state == State.DECLINED,
            Question.shows_reason,
        )
        .order_by(Question.decided_at.desc(), Question.public_id)
        .limit(MOST)
    )
    return list(session.scalars(found))


def of_challenge(session: ReadSession, challenge: Challenge) -> Shown:
    """Return everything public of a challenge that the reader may see; three statements."""
    return Shown(published(session, challenge), declined_openly(session, challenge))


def count_shown(session: ReadSession, challenge: Challenge, now: datetime) -> int:
    """Return how many questions of a challenge everybody reads with their answer."""
    found = select(func.count()).where(
        Question.challenge_id == challenge.id,
        Question.state == State.PUBLISHED,
        shown_at(now),
    )
    return session.execute(found).scalar_one()


def with_answer(session: ReadSession, question_id: int) -> Question | None:
    """Return a question with its challenge and answer, for work in the background."""
    found = select(Question).options(*ANSWERS).where(Question.id == question_id)
    return session.scalars(found).first()


def indexed_ids(session: ReadSession) -> list[int]:
    return list(session.scalars(select(Question.id).order_by(Question.id)))
