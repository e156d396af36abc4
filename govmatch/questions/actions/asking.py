"""Asking a question, taking it back, and what is left when its asker goes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Lang, msg
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.questions.actions.holding import count_open, day_of, hold, move, read_anew
from govmatch.questions.events import QuestionAsked, QuestionWithdrawn
from govmatch.questions.models import OPEN_STATES, Asking, PublicAnswer, Question, State
from govmatch.questions.queries import asked_by
from govmatch.questions.rules import may_ask, may_withdraw
from govmatch.questions.wording import MAX_QUESTION

QUESTIONS = Limit("questions", 30, timedelta(days=1))
"""By one person, about whatever; about one challenge `rules.MOST_BY_ONE` in all."""


def ask(
    session: Session,
    challenge: Challenge,
    text: str,
    *,
    lang: Lang,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Question:
    """Lay a question before those who answer, who never learn who asked.

    Allowed to anyone who has signed in, until the challenge's last moment for questions. The
    journal says neither who nor when, but the day.
    """
    hold(session, challenge)
    require(may_ask(actor, challenge, now, asked=asked_by(session, actor, challenge), lang=lang))
    assert actor.person_id is not None
    words = text.strip()
    if not words or len(words) > MAX_QUESTION:
        raise Invalid({"text": msg("Please use at most {limit} characters.", limit=MAX_QUESTION)})
    spend(session, QUESTIONS, str(actor.person_id), now=real_now)
    question = Question(
        public_id=public_id(),
        challenge_id=challenge.id,
        lang=lang,
        original=words,
        asked_on=now.astimezone(ZoneInfo(challenge.zone)).date(),
    )
    session.add(question)
    session.flush()
    session.add(Asking(question_id=question.id, person_id=actor.person_id, at=now))
    count_open(session, challenge)
    _record(session, challenge, QuestionAsked, question, now)
    return question


def withdraw(session: Session, question: Question, *, now: datetime) -> None:
    """Take an open question back, with its words; the caller has found it as the asker's own."""
    challenge = question.challenge
    hold(session, challenge)
    read_anew(session, [question])
    require(may_withdraw(question))
    _empty(session, question)
    count_open(session, challenge)
    _record(session, challenge, QuestionWithdrawn, question, now)


def _record(
    session: Session,
    challenge: Challenge,
    event: type[QuestionAsked] | type[QuestionWithdrawn],
    question: Question,
    now: datetime,
) -> None:
    # Not the actor, and not the moment: both would name who asked to whoever reads the journal.
    day = day_of(challenge, now).astimezone(UTC)
    happened = event(subject_id=question.id, challenge_id=challenge.id)
    journal.record(session, happened, actor=VISITOR, now=day)


def _empty(session: Session, question: Question) -> None:
    """Delete the words of a question that is taken back; a draft that answers it alone goes too."""
    draft = question.answer_id
    move(question, State.WITHDRAWN)
    question.original, question.wordings, question.answer = "", {}, None
    session.flush()
    if draft is not None:
        drop_empty_draft(session, draft)


def drop_empty_draft(session: Session, answer_id: int) -> None:
    """Delete a draft that answers no question any more."""
    others = select(Question.id).where(Question.answer_id == answer_id)
    if session.execute(others.limit(1)).first() is None:
        session.execute(
            delete(PublicAnswer).where(
                PublicAnswer.id == answer_id, PublicAnswer.published_at.is_(None)
            )
        )


def forget_asker(session: Session, person_id: int, *, now: datetime) -> None:
    """Take back what this person asked and nobody answered; of the rest only what is public stays.

    A published question keeps its public words and its answer. The words as they were sent, and who
    sent them, are deleted.
    """
    found = select(Question).join(Asking, Asking.question_id == Question.id)
    for question in session.scalars(found.where(Asking.person_id == person_id)).all():
        if question.state in OPEN_STATES:
            withdraw(session, question, now=now)
        elif question.state == State.DECLINED and not question.shows_reason:
            question.original, question.wordings = "", {}
        elif question.state != State.WITHDRAWN:
            question.original = ""
    session.flush()
    session.execute(delete(Asking).where(Asking.person_id == person_id))
