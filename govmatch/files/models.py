"""The table of uploaded papers; their bytes lie in the data folder under their SHA-256."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, UtcDateTime


class StoredFile(Base):
    """One upload: who owns it is (owner_kind, owner_id); whose right to see it that owner says."""

    __tablename__ = "files"
    __table_args__ = (Index("ix_files_owner", "owner_kind", "owner_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    owner_kind: Mapped[str]
    owner_id: Mapped[int]
    slot: Mapped[str] = mapped_column(default="")
    """What it was uploaded for, such as the id of a question."""
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    names_left: Mapped[str] = mapped_column(default="", server_default="")
    """Why it may still name people beside what it shows, as `cleaning.left.Left`; else empty."""


class Scan(StrEnum):
    """What is known of viruses in a content."""

    NOT_ASKED = "not_asked"
    """No scanner is set."""
    WAITING = "waiting"
    """In quarantine: it counts as sent in, and nobody gets it."""
    CLEAN = "clean"
    INFECTED = "infected"
    UNCHECKABLE = "uncheckable"
    """The scanner answered several times that it cannot say anything of it."""


class Look(StrEnum):
    """Whether its text and its pictures were taken out."""

    WAITING = "waiting"
    DONE = "done"
    BROKEN = "broken"
    """It cannot be opened, or not within the limits of time and memory."""


class FileContent(Base):
    """One content, however many files it is: what was found when it was looked into."""

    __tablename__ = "file_contents"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str]
    scan: Mapped[str] = mapped_column(index=True)
    scan_tries: Mapped[int] = mapped_column(default=0)
    scanned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    look: Mapped[str] = mapped_column(default=Look.WAITING, index=True)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text, default="")
    """What it says, for search: cut to what the index takes."""
    pages: Mapped[int | None]
    pictures: Mapped[int] = mapped_column(default=0)
    """How many pictures of it lie beside it in the folder of files."""
