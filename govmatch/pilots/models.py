"""Tables of pilots, and which state may follow which. Amounts are whole units of the currency."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import Base, Json, UtcDateTime
from govmatch.organisations.models import Firm


class State(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    COMPLETED = "completed"
    STOPPED = "stopped"


NEXT_STATES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.RUNNING, State.STOPPED}),
    State.RUNNING: frozenset({State.COMPLETED, State.STOPPED}),
    State.COMPLETED: frozenset(),
    State.STOPPED: frozenset(),
}


class MilestoneState(StrEnum):
    PLANNED = "planned"
    DELIVERED = "delivered"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    INVOICED = "invoiced"
    PAID = "paid"


NEXT_MILESTONE_STATES: dict[MilestoneState, frozenset[MilestoneState]] = {
    MilestoneState.PLANNED: frozenset({MilestoneState.DELIVERED}),
    MilestoneState.DELIVERED: frozenset({MilestoneState.RETURNED, MilestoneState.ACCEPTED}),
    MilestoneState.RETURNED: frozenset({MilestoneState.DELIVERED}),
    MilestoneState.ACCEPTED: frozenset({MilestoneState.INVOICED}),
    MilestoneState.INVOICED: frozenset({MilestoneState.PAID}),
    MilestoneState.PAID: frozenset(),
}

SETTLED = frozenset({MilestoneState.ACCEPTED, MilestoneState.INVOICED, MilestoneState.PAID})
"""What was accepted, whatever became of its invoice; nothing of it changes any more."""


class Side(StrEnum):
    """Who a pilot is agreed between."""

    FIRM = "firm"
    AUTHORITY = "authority"

    @property
    def other(self) -> "Side":
        return Side.AUTHORITY if self is Side.FIRM else Side.FIRM


class ChangeState(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


NEXT_CHANGE_STATES: dict[ChangeState, frozenset[ChangeState]] = {
    ChangeState.OPEN: frozenset({ChangeState.AGREED, ChangeState.DECLINED, ChangeState.WITHDRAWN}),
    ChangeState.AGREED: frozenset(),
    ChangeState.DECLINED: frozenset(),
    ChangeState.WITHDRAWN: frozenset(),
}


class Outcome(StrEnum):
    SCALE = "scale"
    EXTEND = "extend"
    PROCURE = "procure"
    HAND_OVER = "hand_over"
    STOP = "stop"


class Pilot(Base):
    """A short trial of a confirmed application. `agreed` columns are emptied by a changed plan."""

    __tablename__ = "pilots"
    __table_args__ = (Index("ix_pilots_challenge", "challenge_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), index=True)
    state: Mapped[str] = mapped_column(default=State.PLANNED.value)
    title: Mapped[str]
    summary: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """What is tried, by language, for everybody to read."""
    budget: Mapped[int]
    """What the milestones' amounts add up to at most."""
    currency: Mapped[str]
    starts: Mapped[date]
    ends: Mapped[date]
    revision: Mapped[int] = mapped_column(default=1)
    """Of the plan; both sides agree to one revision."""
    firm_agreed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    firm_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    authority_agreed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    authority_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    remarks: Mapped[str] = mapped_column(default="")
    """Why the firm last returned the plan; emptied when the plan is offered again."""
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When both sides had agreed for the first time: from then on a part of it is public."""
    presentation_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    presentation_place: Mapped[str] = mapped_column(default="")
    presented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    stopped_side: Mapped[str | None]
    """A `Side`."""
    stop_reasons: Mapped[str] = mapped_column(default="")
    """Why it was stopped, for both sides; what is published is the outcome's reasons."""
    outcome: Mapped[str | None]
    outcome_reasons: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Why, by language, for everybody to read."""
    outcome_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cost: Mapped[int | None]
    """What it cost in the end."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    application: Mapped[Application] = relationship()
    challenge: Mapped[Challenge] = relationship()
    firm: Mapped[Firm] = relationship()


class Milestone(Base):
    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("pilot_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"))
    number: Mapped[int]
    title: Mapped[str]
    acceptance: Mapped[str]
    """By what it is accepted."""
    amount: Mapped[int]
    due: Mapped[date]
    state: Mapped[str] = mapped_column(default=MilestoneState.PLANNED.value)
    reminded: Mapped[int | None]
    """The last reminder that went out: 7 or 1 days before the day, -1 once it is past."""
    pilot: Mapped[Pilot] = relationship()


class Delivery(Base):
    """What a firm handed in for a milestone, and what the authority found; files are its own."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("milestone_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"))
    number: Mapped[int]
    text: Mapped[str]
    html: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_accepted: Mapped[bool | None]
    reasons: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded: Mapped[int | None]
    """As in milestones, about the day by which the authority decides."""
    milestone: Mapped[Milestone] = relationship()


class Kpi(Base):
    """A key figure: where it stood, where it is to go, in which unit."""

    __tablename__ = "kpis"
    __table_args__ = (UniqueConstraint("pilot_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"))
    number: Mapped[int]
    name: Mapped[dict[str, str]] = mapped_column(Json)
    unit: Mapped[str]
    """A code of `pilots.units`."""
    baseline: Mapped[Decimal] = mapped_column(Numeric(16, 4))
    target: Mapped[Decimal] = mapped_column(Numeric(16, 4))


class KpiValue(Base):
    """A measured value."""

    __tablename__ = "kpi_values"
    __table_args__ = (Index("ix_kpi_values_kpi", "kpi_id", "measured"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kpi_id: Mapped[int] = mapped_column(ForeignKey("kpis.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    measured: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Numeric(16, 4))
    note: Mapped[str] = mapped_column(default="")
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Change(Base):
    """A wish of one side to change dates or amounts of a running pilot, and the other's answer."""

    __tablename__ = "pilot_changes"
    __table_args__ = (UniqueConstraint("pilot_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"))
    number: Mapped[int]
    revision: Mapped[int]
    """Of the plan that it was made for."""
    side: Mapped[str]
    """A `Side`: whose wish it is."""
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str]
    ends: Mapped[date]
    milestones: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """[{number, due, amount, was_due, was_amount}] of those that change."""
    was_ends: Mapped[date]
    state: Mapped[str] = mapped_column(default=ChangeState.OPEN.value)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(default="")
    """Why it was declined."""
    pilot: Mapped[Pilot] = relationship()


class LogEntry(Base):
    """What somebody noted about the course of a pilot, for both sides and its mentors."""

    __tablename__ = "pilot_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id"), index=True)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str]
    html: Mapped[str]
