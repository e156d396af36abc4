"""Tables of programmes. The shapes of the JSON columns are those of content/programmes/*.yaml."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.kit.db import Base, Json, UtcDateTime
from govmatch.organisations.models import Authority


class Programme(Base):
    __tablename__ = "programmes"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    template: Mapped[str | None]
    """Slug of the programme this one was made from."""
    names: Mapped[dict[str, str]] = mapped_column(Json)
    summaries: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    phases: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    rules: Mapped[dict[str, Any]] = mapped_column(Json)
    """Rule id -> {value, reason {lang}}; read through `programmes.queries.rule_value`."""
    limits: Mapped[dict[str, Any]] = mapped_column(Json)
    form: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    """The questionnaire of every application, before a challenge's own questions; read when asked
    for, since it is long."""
    letters: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    """Letter -> language -> {subject, body}; read through `programmes.letters.letter_text`."""
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What else the file says, such as languages, data_controller, pilots_max, retention,
    criteria_sets, voices."""
    source_path: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProgrammeVersion(Base):
    """What a programme asked and judged by at some time; never changed once it is there.

    A challenge is bound to one when it is submitted for approval, so that a later change of the
    programme alters neither form nor criteria nor rules nor letters of what was published.
    """

    __tablename__ = "programme_versions"
    __table_args__ = (UniqueConstraint("programme_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    digest: Mapped[str]
    """SHA-256 of form, criteria, rules, limits and letters."""
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    rules: Mapped[dict[str, Any]] = mapped_column(Json)
    limits: Mapped[dict[str, Any]] = mapped_column(Json)
    form: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    letters: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Round(Base):
    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    names: Mapped[dict[str, str]] = mapped_column(Json)
    starts: Mapped[date]
    ends: Mapped[date]
    authorities: Mapped[list[str]] = mapped_column(Json, default=list)
    """Slugs of those whose challenges it is for; they take part in the programme."""
    fixed: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Phase -> its first day (ISO 8601), where that does not follow from the one before."""
    source_path: Mapped[str | None]
    programme: Mapped[Programme] = relationship()


class ProgrammeAuthority(Base):
    """An authority that takes part in a programme."""

    __tablename__ = "programme_authorities"
    __table_args__ = (UniqueConstraint("programme_id", "authority_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"))
    programme: Mapped[Programme] = relationship()
    authority: Mapped[Authority] = relationship()
