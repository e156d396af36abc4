"""Tables of reviews, and which state may follow which."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.applications.models import Application
from govmatch.kit.db import Base, UtcDateTime


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
    State.DRAFT: frozenset(
        {State.DRAFT, State.SUBMITTED, State.RECUSED, State.ABSTAINED, State.WITHDRAWN}
    ),
    State.SUBMITTED: frozenset({State.DRAFT, State.WITHDRAWN}),
    State.RECUSED: frozenset(),
    State.ABSTAINED: frozenset({State.ASSIGNED}),
    State.WITHDRAWN: frozenset(),
}
"""A submitted review may be taken up again until the decision is proposed."""


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


class Tie(Base):
    """A firm that a reviewer named as one they have ties to, whether it applied or not."""

    __tablename__ = "conflict_ties"
    __table_args__ = (UniqueConstraint("declaration_id", "firm_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("conflict_declarations.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))


class Conflict(Base):
    """A conflict of interest between a person and an application."""

    __tablename__ = "conflicts"
    __table_args__ = (UniqueConstraint("application_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str]
    """declared (by the person), member (of the firm) or found (by staff)."""
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Review(Base):
    """One person's review of one application, from its assignment on."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("application_id", "person_id"),
        Index("ix_reviews_person", "person_id", "state"),
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
    revision: Mapped[int] = mapped_column(default=1)
    comment: Mapped[str] = mapped_column(default="")
    """About the whole application; may be used in the letter's reasons."""
    private_note: Mapped[str] = mapped_column(default="")
    """For those who decide; never for the firm."""
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mean: Mapped[float | None]
    """Weighted mean from 0 to 5, set with the submission."""
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    set_aside_reason: Mapped[str] = mapped_column(default="")
    application: Mapped[Application] = relationship()


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
