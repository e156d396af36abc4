"""Whose questions these are: the only statements that read who asked.

They answer the asker's own pages and mails, and one person's export. Nothing that an authority, a
programme or an auditor reads may ask them; a test looks for that.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from govmatch.accounts.models import Person
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.questions.models import Asking, PublicAnswer, Question, State


def asked_by(session: ReadSession, actor: Actor, challenge: Challenge) -> int:
    """Return how many questions the actor has asked about a challenge, without those taken back."""
    found = (
        select(func.count())
        .select_from(Asking)
        .join(Question, Question.id == Asking.question_id)
        .where(
            Asking.person_id == actor.person_id,
            Question.challenge_id == challenge.id,
            Question.state != State.WITHDRAWN,
        )
    )
    return session.execute(found).scalar_one()


def own_questions(
    session: ReadSession, actor: Actor, challenge: Challenge
) -> list[tuple[datetime, Question]]:
    """Return the actor's own questions about a challenge and when, the last asked first."""
    if actor.person_id is None:
        return []
    found = (
        select(Asking.at, Question)
        .join(Question, Question.id == Asking.question_id)
        .options(joinedload(Question.answer))
        .where(
            Asking.person_id == actor.person_id,
            Question.challenge_id == challenge.id,
            Question.state != State.WITHDRAWN,
        )
        .order_by(Asking.at.desc(), Question.id.desc())
    )
    return [(at, question) for at, question in session.execute(found)]


def get_own(session: ReadSession, actor: Actor, challenge: Challenge, public_id: str) -> Question:
    """Return one of the actor's own questions; raises `NotFound` for anybody else's."""
    found = (
        select(Question)
        .join(Asking, Asking.question_id == Question.id)
        .where(
            Asking.person_id == actor.person_id,
            Question.challenge_id == challenge.id,
            Question.public_id == public_id,
        )
    )
    one = session.scalars(found).first()
    if one is None:
        raise NotFound
    return one


def asker_of(session: ReadSession, question_id: int) -> Person | None:
    """Return who is mailed what became of a question; None once they are gone."""
    found = (
        select(Person)
        .join(Asking, Asking.person_id == Person.id)
        .where(Asking.question_id == question_id, Person.disabled_at.is_(None))
    )
    return session.scalars(found).first()


def exports_of(session: ReadSession, person_id: int) -> list[tuple[datetime, Question]]:
    """Return everything that a person asked, and when."""
    found = (
        select(Asking.at, Question)
        .join(Question, Question.id == Asking.question_id)
        .options(joinedload(Question.challenge), joinedload(Question.answer))
        .where(Asking.person_id == person_id)
        .order_by(Asking.at, Asking.question_id)
    )
    return [(at, question) for at, question in session.execute(found)]


def words_about(session: ReadSession, challenge: Challenge) -> list[tuple[Question, PublicAnswer]]:
    """Return the public questions of a challenge with their answers, to find those alike."""
    found = (
        select(Question, PublicAnswer)
        .join(PublicAnswer, PublicAnswer.id == Question.answer_id)
        .where(Question.challenge_id == challenge.id, Question.state == State.PUBLISHED)
        .order_by(PublicAnswer.published_at.desc(), Question.public_id)
        .limit(500)
    )
    return [(question, answer) for question, answer in session.execute(found)]
