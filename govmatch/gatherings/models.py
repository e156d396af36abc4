"""Tables of gatherings, and which state may follow which.

Planned, open, full and past are no stored states: they follow from the dates of a published
gathering, its places and the clock (`gatherings.rules.phase`).
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.accounts.models import Person
from govmatch.challenges.models import Challenge
from govmatch.kit.db import Base, Json, UtcDateTime
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme


class Kind(StrEnum):
    SEMINAR = "seminar"
    MARKET_DIALOGUE = "market_dialogue"
    WORKSHOP = "workshop"
    COURSE = "course"
    HACKATHON = "hackathon"


class Mode(StrEnum):
    """Where people meet."""

    ON_SITE = "on_site"
    ONLINE = "online"
    BOTH = "both"


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


NEXT_STATES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.CANCELLED}),
    State.CANCELLED: frozenset(),
}
"""A draft that is not wanted any more is deleted; what was published is cancelled."""


class Seat(StrEnum):
    """What somebody who registered has."""

    TAKEN = "taken"
    WAITING = "waiting"
    GIVEN_UP = "given_up"


NEXT_SEATS: dict[Seat, frozenset[Seat]] = {
    Seat.WAITING: frozenset({Seat.TAKEN, Seat.GIVEN_UP}),
    Seat.TAKEN: frozenset({Seat.GIVEN_UP}),
    Seat.GIVEN_UP: frozenset(),
}
"""Who comes back after giving up registers anew, at the end of the line."""


class Shows(StrEnum):
    """What the holder of a certificate lets everybody read who has its code."""

    NOTHING = "nothing"
    COURSE = "course"
    NAME = "name"


class Gathering(Base):
    """One event of an authority, or of a programme; at least one of both is its host."""

    __tablename__ = "gatherings"
    __table_args__ = (
        Index("ix_gatherings_listed", "state", "starts"),
        Index("ix_gatherings_authority", "authority_id"),
        Index("ix_gatherings_programme", "programme_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.DRAFT.value)
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("authorities.id"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"))
    zone: Mapped[str]
    starts: Mapped[datetime] = mapped_column(UtcDateTime)
    ends: Mapped[datetime] = mapped_column(UtcDateTime)
    mode: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    """Where it is joined online: for those who have a place, and for nobody else."""
    registers: Mapped[bool] = mapped_column(default=True)
    """False where everybody may just come."""
    places: Mapped[int | None]
    """How many have room; None where there is no limit."""
    closes: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When registration closes; None for its beginning."""
    question: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """What the host asks everybody who registers, by language; may be empty."""
    themes: Mapped[list[str]] = mapped_column(Json, default=list)
    contact: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """name (of an office), email."""
    main_lang: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each change; the SEQUENCE of its calendar file."""
    asked: Mapped[int] = mapped_column(default=0)
    """How many have registered so far: the last number that was given out in the line."""
    is_full: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reasons: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Why, by language, for everybody to read."""
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When those registered were reminded; emptied when it moves to another day."""
    notes: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """What came of it, by language (Markdown), for everybody to read."""
    notes_html: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    recordings: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    """[{title, url}] of recordings and slides that lie elsewhere."""
    notes_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    needs_erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When what people wrote about their access needs was deleted, after the event."""
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    authority: Mapped[Authority | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    texts: Mapped[list["GatheringText"]] = relationship(
        back_populates="gathering", order_by="GatheringText.lang", cascade="all, delete-orphan"
    )
    links: Mapped[list["GatheringChallenge"]] = relationship(
        back_populates="gathering", cascade="all, delete-orphan"
    )


class GatheringText(Base):
    """The words of a gathering in one language; `html` is made from `body` on save."""

    __tablename__ = "gathering_texts"
    __table_args__ = (UniqueConstraint("gathering_id", "lang"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id"))
    lang: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    body: Mapped[str] = mapped_column(default="")
    html: Mapped[str] = mapped_column(default="")
    gathering: Mapped[Gathering] = relationship(back_populates="texts")


class GatheringChallenge(Base):
    """A challenge that a gathering is about."""

    __tablename__ = "gathering_challenges"
    __table_args__ = (UniqueConstraint("gathering_id", "challenge_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id"))
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    gathering: Mapped[Gathering] = relationship(back_populates="links")
    challenge: Mapped[Challenge] = relationship()


class Registration(Base):
    """One person's place, or turn in the waiting list; without an account an address stands for it.

    Names and addresses of a registration that has ended its use are emptied, the row stays.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        Index("ix_registrations_line", "gathering_id", "seat", "number"),
        Index(
            "uq_registrations_live",
            "gathering_id",
            "email",
            unique=True,
            sqlite_where=text("seat != 'given_up' AND email != ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    seat: Mapped[str]
    number: Mapped[int]
    """Its turn: smaller came first."""
    name: Mapped[str]
    email: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    """To the host's question."""
    needs: Mapped[str] = mapped_column(default="")
    """What this person needs to take part, for the host alone; deleted 30 days afterwards."""
    lang: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the host ticked that this person was there."""
    certificate: Mapped[str | None] = mapped_column(unique=True)
    """The code of the certificate of a course."""
    shows: Mapped[str] = mapped_column(default=Shows.NOTHING.value)
    gathering: Mapped[Gathering] = relationship()
    person: Mapped[Person | None] = relationship()


class SeatRequest(Base):
    """Somebody without an account wants to register; it counts once the mailed link is used."""

    __tablename__ = "seat_requests"
    __table_args__ = ({"sqlite_autoincrement": True},)  # rows are deleted; the journal names ids

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id"))
    name: Mapped[str]
    email: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    needs: Mapped[str] = mapped_column(default="")
    lang: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """By the machine's clock, as all links."""
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gathering: Mapped[Gathering] = relationship()
