"""Tables of the site's own part of the glossary: entries, and how each read at what time."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.accounts.models import Person
from govmatch.kit.db import Base, Json, UtcDateTime


class GlossaryEntry(Base):
    """An entry of this site, or what this site says about one that ships."""

    __tablename__ = "glossary_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    of_file: Mapped[str | None] = mapped_column(unique=True)
    """What the shipped entry is named by (`shipped.name_of`); None for an entry of this site."""
    version: Mapped[int]
    """The number of the version that holds."""


class GlossaryVersion(Base):
    """How an entry read from a time on; never changed once it is there."""

    __tablename__ = "glossary_versions"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("glossary_entries.id"))
    number: Mapped[int]
    words: Mapped[list[dict[str, str]]] = mapped_column(Json)
    """In order, each {lang, kind, text}; of a shipped entry those that this site adds."""
    note: Mapped[str]
    is_on: Mapped[bool]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[Person | None] = relationship()
