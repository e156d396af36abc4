"""Tables of reviews, and which state may follow which."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.applications.models import Application
from govmatch.kit.db import Base, UtcDateTime
from govmatch.reviews import (  # so that the metadata knows their tables
    proposal_models,  # noqa: F401
    reveal_models,  # noqa: F401
    suspicion_models,  # noqa: F401
)


class State(StrEnum):
    ASSIGNED = "assigned"
    RECUSED = "recused"
    """A conflict of interest, before anything was scored."""
    ABSTAINED = "abstained"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    """Set aside after scoring: kept, shown as such, and not counted."""


NEXT_STATES: dict[State, frozenset[State]] = {
    State.ASSIGNED: frozenset({State.DRAFT, State.SUBMITTED, State.RECUSED, State.ABSTAINED}),
    State.DRAFT: frozenset({State.DRAFT, State.SUBMITTED, State.ABSTAINED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.DRAFT, State.WITHDRAWN}),
    State.RECUSED: frozenset({State.ASSIGNED, State.ABSTAINED}),
    State.ABSTAINED: frozenset({State.ASSIGNED, State.DRAFT, State.RECUSED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.DRAFT, State.ABSTAINED}),
}
"""A submitted or abstained review may be taken up again until the decision is proposed. What was
never scored is recused by a conflict of interest, what was scored is set aside; both return to
their reviewer if the conflict is cleared, but what was submitted only as a draft."""


SCORING = frozenset({State.ASSIGNED, State.DRAFT})
"""States in which points may be given."""

ENDED = frozenset({State.RECUSED, State.WITHDRAWN})
"""Whoever reviewed sees neither the application nor that it is there."""


class Confidence(StrEnum):
    """How sure a reviewer says to be of a whole review."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ConflictKind(StrEnum):
    DECLARED = "declared"
    """By the person: a firm they named, or this application."""
    MEMBER = "member"
    """They belong to the firm that applied."""
    FOUND = "found"
    """By those who run the selection."""
    CLEARED = "cleared"
    """It was noted wrongly and closes nothing any more. What it was, the journal says."""


class Declaration(Base):
    """What a reviewer declared about a challenge before anything of it was shown."""

    __tablename__ = "conflict_declarations"
    __table_args__ = (UniqueConstraint("challenge_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    other_ties: Mapped[str] = mapped_column(default="")
    """Ties to people or firms that are not in the directory, in the reviewer's words."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each addition."""
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was last said to be whole, before names were shown; None where never since `at`."""


class Tie(Base):
    """A firm that a reviewer named as one they have ties to, whether it applied or not."""

    __tablename__ = "conflict_ties"
    __table_args__ = (UniqueConstraint("declaration_id", "firm_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("conflict_declarations.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))


class Conflict(Base):
    """A conflict of interest between a person and an application, until it is cleared."""

    __tablename__ = "conflicts"
    __table_args__ = (UniqueConstraint("application_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str]
    """One of `ConflictKind`."""
    reason: Mapped[str] = mapped_column(default="")
    """Everything that was said about it, the latest last; also why it was cleared."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was noted, or cleared."""
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Review(Base):
    """One person's review of one application, from its assignment on."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("application_id", "person_id"),
        Index("ix_reviews_person", "person_id", "state", "due_at"),
        # Means and counts of many applications are read from the index alone.
        Index("ix_reviews_summary", "application_id", "state", "frozen_at", "mean"),
        # Not by state: SQLite would take it for the selective way to everything submitted.
        Index(
            "ix_reviews_due",
            "due_at",
            sqlite_where=text("submitted_at IS NULL"),
        ),
        # An unassigned review is deleted, and the journal must never name another by the same id.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(default=State.ASSIGNED.value)
    is_blind: Mapped[bool]
    assigned_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the reminder before the date went out; forgotten when the date is moved."""
    overdue_reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Pushed down when the decision is proposed: from then on nothing is scored."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each save, so that a save on an old page is noticed."""
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    comment: Mapped[str] = mapped_column(default="")
    """About the whole application; may be used in the letter's reasons."""
    private_note: Mapped[str] = mapped_column(default="")
    """For those who decide; never for the firm."""
    confidence: Mapped[str] = mapped_column(default="", server_default="")
    """One of `Confidence`; empty where the reviewer did not say."""
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mean: Mapped[float | None]
    """Weighted mean from 0 to 5 of what this reviewer gave points for, set with the submission."""
    salt: Mapped[str]
    """Hashed with what was submitted, so that the journal's digest tells nothing of the points."""
    abstain_reason: Mapped[str] = mapped_column(default="")
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    set_aside_reason: Mapped[str] = mapped_column(default="")
    application: Mapped[Application] = relationship()
    scores: Mapped[list["Score"]] = relationship(
        back_populates="review", order_by="Score.id", cascade="all, delete-orphan"
    )


class Score(Base):
    """Points for one criterion, saved as typed."""

    __tablename__ = "scores"
    __table_args__ = (UniqueConstraint("review_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"))
    criterion: Mapped[str]
    points: Mapped[int | None]
    """0 to 5."""
    comment: Mapped[str] = mapped_column(default="")
    abstain_reason: Mapped[str] = mapped_column(default="", server_default="")
    """Why the reviewer gives no points for this one; then `points` is None."""
    review: Mapped[Review] = relationship(back_populates="scores")
