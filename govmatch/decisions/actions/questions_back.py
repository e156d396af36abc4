"""One question of a firm about its letter, and the one answer of the authority."""

from datetime import datetime, timedelta

from sqlalchemy import select

from govmatch.correspondence import actions as correspondence
from govmatch.correspondence.models import Message
from govmatch.correspondence.rules import Side
from govmatch.decisions import queries, rules
from govmatch.decisions.events import (
    QuestionBackAnswered,
    QuestionBackAsked,
    QuestionBackReminded,
)
from govmatch.decisions.models import Letter
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.programmes.remedies import days_to_answer


def ask(
    session: Session,
    letter: Letter,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Message:
    """Keep the firm's question and until when it is answered; those who work on the case are told.

    Refused as `rules.may_ask` says. Raises `Invalid` for no text or too much.
    """
    _hold(session, letter)
    said = queries.said_about(session, letter)
    require(rules.may_ask(actor, letter, is_asked=said.is_asked, now=now))
    message = correspondence.write(
        session, queries.ABOUT_LETTER, letter.id, text,
        side=Side.FIRM, actor=actor, now=now, real_now=real_now,
    )  # fmt: skip
    days = days_to_answer(letter.application.challenge.programme.facts)
    letter.question_due_at = now + timedelta(days=days)
    event = QuestionBackAsked(letter.application_id, letter=letter.id)
    journal.record(session, event, actor=actor, now=now)
    return message


def reply(
    session: Session,
    letter: Letter,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Message:
    """Keep the answer to a firm's question, for good; the firm's members are told.

    Refused as `rules.may_reply` says. Raises `Invalid` for no text or too much.
    """
    _hold(session, letter)
    is_closed = queries.is_conflicted(session, actor, letter.application.challenge)
    said = queries.said_about(session, letter)
    require(
        rules.may_reply(
            actor, letter,
            is_asked=said.is_asked, is_answered=said.is_answered, is_closed=is_closed,
        )
    )  # fmt: skip
    message = correspondence.write(
        session, queries.ABOUT_LETTER, letter.id, text,
        side=Side.AUTHORITY, actor=actor, now=now, real_now=real_now,
    )  # fmt: skip
    event = QuestionBackAnswered(letter.application_id, letter=letter.id)
    journal.record(session, event, actor=actor, now=now)
    return message


def remind_of_question(session: Session, letter: Letter, *, days: int, now: datetime) -> None:
    """Note that those who answer are reminded, 0 days once the date has passed; each step once."""
    if letter.question_reminded_days is not None and letter.question_reminded_days <= days:
        return
    letter.question_reminded_days = days
    event = QuestionBackReminded(letter.application_id, letter=letter.id, days=days)
    journal.record(session, event, actor=VISITOR, now=now)


def _hold(session: Session, letter: Letter) -> None:
    """Keep others from asking or answering about this letter until this transaction ends."""
    session.execute(select(Letter.id).where(Letter.id == letter.id).with_for_update()).scalar_one()
