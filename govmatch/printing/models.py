"""The table of prints; the page and its PDF lie in the data folder for a day."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, UtcDateTime


class Print(Base):
    """One page as one person was shown it at one moment, to be had as a PDF by them alone."""

    __tablename__ = "prints"
    __table_args__ = (Index("ix_prints_kept", "gone_at", "expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    """Names the files in their folder too."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    lang: Mapped[str]
    """The language of the page."""
    title: Mapped[str]
    """Of the page; empty once the print is gone."""
    page: Mapped[str]
    """Path and query of the page on this site; empty once the print is gone."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
