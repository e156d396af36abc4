"""The table of files of cases; the archives lie in the data folder for some days."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.challenges.models import Challenge
from govmatch.dossiers import reading_models  # noqa: F401 -- a table of this package
from govmatch.kit.db import Base, UtcDateTime


class Kind(StrEnum):
    FULL = "full"
    """Everything, for whoever runs, owns or audits the case."""
    PUBLIC = "public"
    """What may be given to anybody who asks by the law on access to information."""


class Dossier(Base):
    """The file of one case as it was at one moment, asked for by somebody who may read it."""

    __tablename__ = "dossiers"
    __table_args__ = (
        Index("ix_dossiers_challenge", "challenge_id", "id"),
        Index("ix_dossiers_kept", "gone_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    """Names the archive in its folder too."""
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    kind: Mapped[str]
    """A `Kind`."""
    lang: Mapped[str]
    """The language of its page."""
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    size: Mapped[int] = mapped_column(default=0)
    """Bytes."""
    sha256: Mapped[str] = mapped_column(default="")
    """Of the archive."""
    manifest: Mapped[str] = mapped_column(default="")
    """SHA-256 of the list of its files."""
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    challenge: Mapped[Challenge] = relationship()
