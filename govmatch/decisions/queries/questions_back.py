"""What was asked about letters, and which questions wait for an answer."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.correspondence.models import Message, Thread
from govmatch.correspondence.queries import Line, lines, states
from govmatch.correspondence.rules import Side
from govmatch.decisions.models import Letter
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass

ABOUT_LETTER = "letter"
"""What threads about letters are called."""


@dataclass(frozen=True)
class SaidAbout:
    """The firm's question about a letter and its answer, as far as they are there."""

    lines: list[Line]

    @property
    def is_asked(self) -> bool:
        return any(one.side is Side.FIRM for one in self.lines)

    @property
    def is_answered(self) -> bool:
        return any(one.side is Side.AUTHORITY for one in self.lines)


def said_about(session: ReadSession, letter: Letter) -> SaidAbout:
    return SaidAbout(lines(session, ABOUT_LETTER, letter.id))


def asked_about(session: ReadSession, challenge: Challenge) -> list[Letter]:
    """Return the letters of a challenge whose question waits for an answer, the oldest first."""
    found = (
        select(Letter)
        .join(Letter.application)
        .options(
            contains_eager(Letter.application).options(
                joinedload(Application.firm),
                defer(Application.answers),
                defer(Application.saved),
            ),
            defer(Letter.body),
            defer(Letter.html),
        )
        .where(Application.challenge_id == challenge.id, Letter.released_at.is_not(None))
    )
    letters = {one.id: one for one in session.scalars(found)}
    threads = states(session, ABOUT_LETTER, sorted(letters)) if letters else {}
    waiting = [number for number, one in threads.items() if one.last_side is Side.FIRM]
    return [letters[number] for number in sorted(waiting, key=lambda one: threads[one].last_at)]


def questions_due(session: ReadSession, *, now: datetime, days: int) -> list[Letter]:
    """Return the letters whose question is not answered and due within so many days, or overdue.

    Those of which people were told that the date has passed are left out.
    """
    is_answered = exists().where(
        Thread.subject_kind == ABOUT_LETTER,
        Thread.subject_id == Letter.id,
        Message.thread_id == Thread.id,
        Message.side == Side.AUTHORITY,
    )
    found = select(Letter).where(
        Letter.question_due_at <= now + timedelta(days=days),
        or_(Letter.question_reminded_days.is_(None), Letter.question_reminded_days > 0),
        ~is_answered,
    )
    return list(session.scalars(found.order_by(Letter.id).limit(500)))


def waiting_questions(session: ReadSession, challenge_ids: Collection[int]) -> Counter[int]:
    """Return by challenge how many questions about letters wait; one statement for any number."""
    found = (
        select(Application.challenge_id)
        .join(Letter, Letter.application_id == Application.id)
        .join(Thread, (Thread.subject_kind == ABOUT_LETTER) & (Thread.subject_id == Letter.id))
        .join(Message, Message.thread_id == Thread.id)
        .where(Application.challenge_id.in_(challenge_ids))
        .group_by(Application.challenge_id, Thread.id)
        .having(func.count(Message.id) == 1)  # a question, and no answer yet
    )
    return Counter(session.scalars(found))
