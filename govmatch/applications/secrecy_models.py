"""What firms call a trade secret of theirs, as it stands now and as it stood at each time, and what
the authority asked about it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, Json, UtcDateTime


class SecretMarks(Base):
    """What the firm has marked, as its page shows it; the firm's own until it is stated."""

    __tablename__ = "secret_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Question id -> {whole, passages, reason}."""
    files: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Public id of a file -> reason."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each save, so that a save on an old page is noticed."""
    saved_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SecrecyStatement(Base):
    """What was marked in one submitted version, frozen, with a hash of its own.

    It stands beside the version and not in it: the hash that a receipt shows stays what it was.
    """

    __tablename__ = "secrecy_statements"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    number: Mapped[int]
    """Counts the statements of an application; the last one counts."""
    version: Mapped[int]
    """Number of the version that it is about."""
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    files: Mapped[dict[str, str]] = mapped_column(Json)
    salt: Mapped[str]
    sha256: Mapped[str]
    """SHA-256 of salt and canonical statement (`secrecy.canonical`); the journal keeps it too."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))


class SecrecyInquiry(Base):
    """That a firm was asked what of its application is a trade secret, and what came of it."""

    __tablename__ = "secrecy_inquiries"
    __table_args__ = (
        Index("ix_secrecy_inquiries_application", "application_id", "id"),
        Index("ix_secrecy_inquiries_due", "answered_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    text: Mapped[str]
    doubted: Mapped[list[str]] = mapped_column(Json, default=list)
    """Keys of marks (`secrecy.Mark.key`) that the authority thinks of lifting; empty where the firm
    is asked in general."""
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reminded_days: Mapped[int | None]
    """How many days before its date the firm was last reminded."""
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted: Mapped[list[str]] = mapped_column(Json, default=list)
    """Those of `doubted` that do not hold any more, from a month after the decision on."""
    reason: Mapped[str] = mapped_column(default="")
    """Why it was decided so, as the firm reads it."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
