"""Tables of decisions and letters, and which state may follow which."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import Base, Json, UtcDateTime


class State(StrEnum):
    DRAFT = "draft"
    """Being prepared; nobody is asked to confirm it yet."""
    PROPOSED = "proposed"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    RELEASED = "released"
    OVERTAKEN = "overtaken"
    """Never released, since the challenge ended before."""


NEXT_STATES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.DRAFT, State.PROPOSED, State.OVERTAKEN}),
    State.PROPOSED: frozenset({State.DRAFT, State.RETURNED, State.CONFIRMED, State.OVERTAKEN}),
    State.RETURNED: frozenset({State.RETURNED, State.PROPOSED, State.OVERTAKEN}),
    State.CONFIRMED: frozenset({State.RELEASED, State.RETURNED, State.OVERTAKEN}),
    State.RELEASED: frozenset(),
    State.OVERTAKEN: frozenset(),
}

EDITABLE = frozenset({State.DRAFT, State.RETURNED})
WITH_LETTERS = frozenset({State.PROPOSED, State.CONFIRMED})
"""States in which the outbox holds letters that are read, corrected and not yet released."""
OPEN = EDITABLE | WITH_LETTERS


class Kind(StrEnum):
    SELECTION = "selection"
    """About every application of a challenge."""
    SUCCESSION = "succession"
    """The first reserve moves up, since a selected firm declined or missed its date."""
    ENDING = "ending"
    """The challenge does not proceed; everybody who has no letter yet gets one."""


class Outcome(StrEnum):
    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"
    """The firm withdrew after the opening: nothing is decided, and it is told what was found."""
    ENDED = "ended"
    """The challenge does not proceed."""


RANKED = frozenset({Outcome.SELECTED, Outcome.RESERVE, Outcome.NOT_SELECTED})
"""What the people who decide choose between; the others follow from what happened before."""


class Reply(StrEnum):
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    MISSED = "missed"


class Decision(Base):
    """What is decided about applications of one challenge, by two people."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("challenge_id", "number"),
        Index("ix_decisions_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    number: Mapped[int]
    """1 is the selection; later ones follow within the same challenge."""
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.DRAFT.value)
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each save and each step, so that an act on an old page is noticed."""
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    editors: Mapped[list[int]] = mapped_column(Json, default=list)
    """Ids of everybody who wrote in it; none of them confirms it."""
    weights: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """[{id, weight, minimum}] as they stood when it was proposed."""
    reasons: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Why, by language, for everybody to read."""
    deviation: Mapped[str] = mapped_column(default="")
    """Why the ranking was not followed, or how a tie was decided; for the case, not for firms."""
    confirm_days: Mapped[int] = mapped_column(default=14)
    """How many days after the release selected firms have to answer."""
    confirm_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when selected firms answer; set by the release."""
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    remarks: Mapped[str] = mapped_column(default="")
    """Why it was last returned."""
    released_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    challenge: Mapped[Challenge] = relationship()


class Determination(Base):
    """What a decision says about one application."""

    __tablename__ = "determinations"
    __table_args__ = (
        UniqueConstraint("decision_id", "application_id"),
        Index("ix_determinations_application", "application_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    outcome: Mapped[str]
    rank: Mapped[int | None]
    """Place in the ranking by weighted mean when it was proposed; equal means share one."""
    reserve_place: Mapped[int | None]
    """1 moves up first."""
    revision: Mapped[int] = mapped_column(default=1)
    """Of the reasons."""
    is_written: Mapped[bool] = mapped_column(default=False)
    """True once a person saved the reasons; until then they follow the reviewers' comments."""
    mean: Mapped[float | None]
    """Weighted mean over the reviews that count, 0 to 5; None where there are none."""
    criterion_means: Mapped[dict[str, float]] = mapped_column(Json, default=dict)
    reviews: Mapped[int] = mapped_column(default=0)
    """How many reviews counted."""
    reasons: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """By criterion, in the letter's language; "" is the summary."""
    reminded_days: Mapped[int | None]
    """Of the last reminder to answer: 7, 3 or 1 days before."""
    decision: Mapped[Decision] = relationship()
    application: Mapped[Application] = relationship()


class Letter(Base):
    """What one firm is told: the legal copy, read on the site."""

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    determination_id: Mapped[int] = mapped_column(ForeignKey("determinations.id"), unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    lang: Mapped[str]
    """The language of the application."""
    subject: Mapped[str]
    body: Mapped[str]
    html: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    made_digest: Mapped[str] = mapped_column(default="")
    """SHA-256 of the text as it was last made from the proposal."""
    is_corrected: Mapped[bool] = mapped_column(default=False)
    """True once a person changed its text: it is then never made anew by itself."""
    is_stale: Mapped[bool] = mapped_column(default=False)
    """The proposal has changed since the text was corrected."""
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who read it in the outbox and found it right; every one is before the release."""
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    determination: Mapped[Determination] = relationship()
    question_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when the firm's question is answered, as it was promised when it was asked."""
    question_reminded_days: Mapped[int | None]
    """How many days before that date those who answer were last reminded; 0 once it is over."""
    application: Mapped[Application] = relationship()


class Receipt(Base):
    """When a letter reached a member of the firm, and when they first opened it."""

    __tablename__ = "letter_receipts"
    __table_args__ = (
        UniqueConstraint("letter_id", "person_id"),
        Index("ix_letter_receipts_delivered", "delivered_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Answer(Base):
    """What a selected firm answered, or that its date passed without an answer."""

    __tablename__ = "decision_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    answer: Mapped[str]
    """confirmed, declined or missed."""
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
