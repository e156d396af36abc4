"""Tables of what people ask about their own data, and of what was deleted when its time was up."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, Json, UtcDateTime


class Export(Base):
    """Everything about one person as one file, asked for by them; the file is kept briefly."""

    __tablename__ = "exports"
    __table_args__ = (Index("ix_exports_kept", "gone_at", "expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    """Names the file in the folder of exports too."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    size: Mapped[int] = mapped_column(default=0)
    """Bytes."""
    sha256: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken for the first time."""
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Why(StrEnum):
    ASKED = "asked"
    """The person wants it."""
    IDLE = "idle"
    """Nobody has signed in for the time that the operator set."""
    OFFICE = "office"
    """The person asked the operator, who had it done from the shell."""


class Erasure(Base):
    """That a person's data are to be erased at `due_at`, unless it is taken back before."""

    __tablename__ = "erasures"
    __table_args__ = (
        Index("ix_erasures_due", "done_at", "taken_back_at", "due_at"),
        Index(
            "uq_erasures_open",
            "person_id",
            unique=True,
            sqlite_where=text("done_at IS NULL AND taken_back_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    why: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kept: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    """[{kind, until}]: what had to be kept when it was done, and until which day, where known."""


class RetentionRun(Base):
    """One kind of data whose time was up was deleted; how much, and by whom if not by the clock."""

    __tablename__ = "retention_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    kind: Mapped[str]
    number: Mapped[int]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
