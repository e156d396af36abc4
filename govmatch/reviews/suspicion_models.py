"""What may be a conflict of interest, found in what the site knows, until somebody decides."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, Json, UtcDateTime


class SuspicionKind(StrEnum):
    """Why a conflict is suspected between somebody of the jury and a firm of an application."""

    ORGANISATION = "organisation"
    """They belonged to the firm before; whoever belongs to it now has a conflict at once."""
    MAIL_DOMAIN = "mail_domain"
    """Their address and one of the firm's are of one domain that is not everybody's."""
    CONSORTIUM = "consortium"
    """A firm of theirs and this one apply, or have applied, together."""
    FAMILY = "family"
    """Somebody of the firm has their family name, and both are of one town."""
    EARLIER = "earlier"
    """They had a conflict with this firm in another selection."""


class SuspicionState(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"


class Suspicion(Base):
    """Between a person and an application; open until a manager confirms or clears it."""

    __tablename__ = "conflict_suspicions"
    __table_args__ = (
        UniqueConstraint("application_id", "person_id"),
        Index("ix_conflict_suspicions_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kinds: Mapped[list[str]] = mapped_column(Json)
    """Each one of `SuspicionKind`; of a settled one those that were known then."""
    state: Mapped[str] = mapped_column(default=SuspicionState.OPEN.value)
    """One of `SuspicionState`. A cleared one opens again when another kind is found."""
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(default="")
    """Why it was confirmed or cleared, the latest last."""
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SuspectedUpTo(Base):
    """Up to which row of the journal the facts of a challenge were looked through."""

    __tablename__ = "conflict_suspected"

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), primary_key=True)
    journal_id: Mapped[int]
