"""Tables of what staff do with applications; nothing here is ever shown to an applicant, except
what a request for missing things asks.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.applications.models import Application
from govmatch.kit.db import Base, Json, UtcDateTime
from govmatch.triage import likeness_models  # noqa: F401 - so that the metadata knows its tables


class Opening(Base):
    """The opening of a challenge's applications: begun by one person, completed by another."""

    __tablename__ = "openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), unique=True)
    begun_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    completed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entries: Mapped[int | None]
    """How many submitted applications were found; the list itself stands in the journal."""


class Handling(Base):
    """How far staff are with an application; made for each one at the opening."""

    __tablename__ = "handlings"
    __table_args__ = (Index("ix_handlings_handler", "handler_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who looks after it."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each move, assignment and tag, so that an act on an old page is noticed."""
    state_since: Mapped[datetime] = mapped_column(UtcDateTime)
    application: Mapped[Application] = relationship()


class Tag(Base):
    """An internal word on an application."""

    __tablename__ = "triage_tags"
    __table_args__ = (
        UniqueConstraint("application_id", "word"),
        Index("ix_triage_tags_word", "word", "application_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    word: Mapped[str]


class Note(Base):
    """An internal note on an application; a deleted one keeps its row without its text."""

    __tablename__ = "triage_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str]
    html: Mapped[str]
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GateRuling(Base):
    """What staff found about one published requirement, and on what evidence."""

    __tablename__ = "gate_rulings"
    __table_args__ = (UniqueConstraint("application_id", "kind", "wanted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    kind: Mapped[str]
    """country, size, language or a kind of evidence, as in `applications.eligibility.Gate`."""
    wanted: Mapped[str]
    """What the challenge asks, as codes in its order with spaces between."""
    is_met: Mapped[bool]
    evidence: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Deficiency(Base):
    """A formal thing that is missing, asked of the firm until a date, with what it answered."""

    __tablename__ = "deficiencies"
    __table_args__ = (Index("ix_deficiencies_due_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    text: Mapped[str]
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_mended: Mapped[bool | None]
    """What the answer was found to be, once settled."""
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the firm was reminded of the date last."""
    application: Mapped[Application] = relationship()


class Move(Base):
    """One act on one or many applications, kept so that it can be undone."""

    __tablename__ = "triage_moves"
    __table_args__ = (Index("ix_triage_moves_by", "by", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str]
    """state, handler or tag."""
    items: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """[{application, before, after, revision}]: the revision is that of after the act."""
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class View(Base):
    """A list of triage under a name: its maker's own, or shared with those of a programme."""

    __tablename__ = "triage_views"
    __table_args__ = (Index("ix_triage_views_programme_id", "programme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str]
    query: Mapped[str]
    """What stands in the address after the question mark."""
    is_board: Mapped[bool]
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"))
    """With whose people it is shared; None for the maker's own."""


class Preference(Base):
    """How one person wants the triage table; no row for whoever has chosen nothing."""

    __tablename__ = "triage_preferences"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    columns: Mapped[list[str] | None] = mapped_column(Json)
    """None for the usual ones."""
    has_keys: Mapped[bool] = mapped_column(default=True)
    """Single letters act on the table (WCAG 2.1.4: they can be switched off)."""
