"""Tables of the meetings of juries, and which state may follow which."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import Base, UtcDateTime


class State(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    """It goes on: the chair writes down what is said and agreed."""
    SIGNING = "signing"
    """Its minutes wait for the signatures of all who were there."""
    FROZEN = "frozen"


NEXT_STATES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.PLANNED, State.HELD}),
    State.HELD: frozenset({State.HELD, State.SIGNING}),
    State.SIGNING: frozenset({State.HELD, State.FROZEN}),
    State.FROZEN: frozenset(),
}


class Panel(Base):
    """The one meeting of a challenge's jury, at a place, by video, or both."""

    __tablename__ = "panels"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), unique=True)
    state: Mapped[str] = mapped_column(default=State.PLANNED.value)
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each act, so that an act on an old page is noticed; members sign one revision."""
    starts: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(default="")
    """An accessible room, and how to reach it."""
    video: Mapped[str] = mapped_column(default="")
    """The address at which to join."""
    access: Mapped[str] = mapped_column(default="")
    """What makes it possible for everybody to take part: lift, captions, whom to ask."""
    quorum: Mapped[int]
    """How many members have to be there for each thing that is agreed."""
    remarks: Mapped[str] = mapped_column(default="")
    """What the minutes say beside the single applications."""
    salt: Mapped[str]
    """Hashed with the minutes, so that the journal's digest tells nothing of the points."""
    digest: Mapped[str] = mapped_column(default="")
    """Of the minutes as they were signed by all."""
    called_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    called_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    challenge: Mapped[Challenge] = relationship()


class PanelMember(Base):
    """Somebody of the jury who was called, with their signature."""

    __tablename__ = "panel_members"
    __table_args__ = (
        UniqueConstraint("panel_id", "person_id"),
        Index(
            "uq_panel_members_chair",
            "panel_id",
            unique=True,
            sqlite_where=text("is_chair"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panels.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    is_chair: Mapped[bool] = mapped_column(default=False)
    """True of exactly one member of each meeting."""
    is_present: Mapped[bool] = mapped_column(default=False)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()


class PanelItem(Base):
    """One application on the agenda: what was said of it."""

    __tablename__ = "panel_items"
    __table_args__ = (UniqueConstraint("panel_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panels.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    position: Mapped[int]
    """Where reviewers disagree most stands first."""
    note: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    discussed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    application: Mapped[Application] = relationship()


class PanelScore(Base):
    """Points that the meeting agreed on for one criterion, beside those of the reviewers."""

    __tablename__ = "panel_scores"
    __table_args__ = (UniqueConstraint("item_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("panel_items.id"))
    criterion: Mapped[str]
    points: Mapped[int]
    """0 to 5."""
    reason: Mapped[str] = mapped_column(default="")
