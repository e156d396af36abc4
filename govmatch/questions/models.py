"""Tables of questions, and which state may follow which.

Who asked stands in a table of its own, which nothing reads but the asker's own pages and mails. The
other tables name nobody, and of the time of asking they keep the day alone.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.challenges.models import Challenge
from govmatch.kit.db import Base, Json, UtcDateTime


class State(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


NEXT_STATES: dict[State, frozenset[State]] = {
    State.ASKED: frozenset({State.ANSWERED, State.PUBLISHED, State.DECLINED, State.WITHDRAWN}),
    State.ANSWERED: frozenset({State.ASKED, State.PUBLISHED, State.DECLINED, State.WITHDRAWN}),
    State.PUBLISHED: frozenset(),
    State.DECLINED: frozenset({State.ANSWERED, State.PUBLISHED}),
    State.WITHDRAWN: frozenset(),
}
"""Answered means that an answer is written and not public yet. What was declined may be answered
after all; what is published stays, and its answer is corrected."""

OPEN = frozenset({State.ASKED, State.ANSWERED})
"""What the authority still owes an answer."""

OPEN_STATES = tuple(sorted(state.value for state in OPEN))


class PublicAnswer(Base):
    """One answer, to one question or to several of the same challenge."""

    __tablename__ = "question_answers"
    __table_args__ = (Index("ix_question_answers_challenge", "challenge_id", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    texts: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """The answer by language, as Markdown; at least in one once it is public."""
    html: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Made from `texts` on save."""
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_late: Mapped[bool] = mapped_column(default=False)
    """True where it was published after the day by which answers are due."""
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """[{texts, html, until}]: what it said before each correction, the oldest first."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each save, so that a save on an old page is noticed."""
    challenge: Mapped[Challenge] = relationship()
    questions: Mapped[list["Question"]] = relationship(
        back_populates="answer", order_by="Question.public_id"
    )


class Question(Base):
    """What somebody asked about a challenge, and the words in which it is published."""

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_challenge", "challenge_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    """Random, so that addresses tell neither order nor number."""
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    state: Mapped[str] = mapped_column(default=State.ASKED.value)
    lang: Mapped[str]
    original: Mapped[str]
    """The words as they were sent, for who answers, who asked and who audits."""
    asked_on: Mapped[date]
    """On the calendar of the challenge's zone."""
    wordings: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """The words that everybody reads, by language; empty until somebody edits them."""
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("question_answers.id"), index=True)
    reasons: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Why it was declined, by language."""
    shows_reason: Mapped[bool] = mapped_column(default=False)
    """True where everybody reads that it was declined, and why; else its asker alone."""
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was published or declined."""
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When those who answer were told that it waits."""
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they were last reminded that its answer is overdue."""
    challenge: Mapped[Challenge] = relationship()
    answer: Mapped[PublicAnswer | None] = relationship(back_populates="questions")


class Asking(Base):
    """Who asked a question, and exactly when: for the asker, and for nobody else."""

    __tablename__ = "question_askings"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    question: Mapped[Question] = relationship()
