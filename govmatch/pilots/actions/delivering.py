"""Milestones delivered, accepted or returned, and key figures reported."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select

from govmatch.files import actions as files
from govmatch.files.actions import Owner, Upload
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.ids import public_id
from govmatch.kit.markdown import render
from govmatch.kit.records import dataclass
from govmatch.pilots import queries, rules, units
from govmatch.pilots.actions.holding import hold, hold_milestone
from govmatch.pilots.events import (
    KpiMeasured,
    MilestoneAccepted,
    MilestoneDelivered,
    MilestoneReturned,
)
from govmatch.pilots.models import (
    NEXT_MILESTONE_STATES,
    Delivery,
    Kpi,
    KpiValue,
    Milestone,
    MilestoneState,
    Pilot,
    Side,
)
from govmatch.settings import Settings

MAX_TEXT = 20_000
MAX_REASONS = 4_000
MAX_NOTE = 500
MAX_FILE_MB = 10
DELIVERED_MEANWHILE = msg(
    "Somebody delivered or decided meanwhile. Look at it again; what you typed is kept below."
)


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A value of a key figure as it was measured; `unit` is the one the form was made for."""

    kpi: Kpi
    unit: str
    value: Decimal
    measured: date
    note: str = ""


def deliver(
    session: Session,
    pilot: Pilot,
    milestone: Milestone,
    *,
    text: str,
    uploads: Sequence[Upload],
    reported: Sequence[Reported],
    number: int,
    lang: Lang,
    settings: Settings,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Delivery:
    """Hand a milestone in with its evidence and, where given, values of key figures.

    `number` is the one that this delivery was to have when its form was opened: of two at once one
    gets a `Conflict`. Raises `Invalid` for a text too long or missing, and `files.refused.Refused`
    for a file that is not taken.
    """
    hold_milestone(session, pilot, milestone)
    if rules.side_of(actor, pilot) is Side.FIRM and _last_number(session, milestone) != number - 1:
        raise Conflict(DELIVERED_MEANWHILE)
    require(rules.may_deliver(actor, pilot, milestone))
    if not text.strip():
        raise Invalid({"text": msg("Please describe what was done, and what shows it.")})
    if len(text) > MAX_TEXT:
        raise Invalid({"text": msg("At most {limit} characters fit here.", limit=MAX_TEXT)})
    if len(uploads) > rules.MOST_FILES:
        raise Invalid({"files": msg("At most {n} files can be added.", n=rules.MOST_FILES)})
    delivery = Delivery(
        public_id=public_id(),
        milestone=milestone,
        number=number,
        text=text,
        html=str(render(text)),
        by=actor.person_id,
        at=now,
    )
    session.add(delivery)
    session.flush()
    for upload in uploads:
        files.store(
            session, upload, settings=settings, owner=Owner(queries.DELIVERY, delivery.id),
            slot="evidence", allowed=(), max_mb=MAX_FILE_MB, actor=actor, now=real_now,
        )  # fmt: skip
    _move(milestone, MilestoneState.DELIVERED)
    event = MilestoneDelivered(
        subject_id=pilot.id, milestone_id=milestone.id, delivery_id=delivery.id, number=number
    )
    journal.record(session, event, actor=actor, now=now)
    for one in reported:
        _report(session, pilot, one, milestone=milestone, lang=lang, actor=actor, now=now)
    return delivery


def accept(
    session: Session,
    pilot: Pilot,
    milestone: Milestone,
    *,
    number: int,
    reasons: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Accept the delivery that the reader saw; words to the firm may go with it."""
    delivery = _to_decide(session, pilot, milestone, number, actor=actor)
    _decide(delivery, is_accepted=True, reasons=_reasons(reasons), actor=actor, now=now)
    _move(milestone, MilestoneState.ACCEPTED)
    event = MilestoneAccepted(
        subject_id=pilot.id, milestone_id=milestone.id, delivery_id=delivery.id, number=number
    )
    journal.record(session, event, actor=actor, now=now)


def return_delivery(
    session: Session,
    pilot: Pilot,
    milestone: Milestone,
    *,
    number: int,
    reasons: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Return the delivery that the reader saw, with reasons; the firm delivers again."""
    delivery = _to_decide(session, pilot, milestone, number, actor=actor)
    said = _reasons(reasons)
    if not said:
        raise Invalid({"reasons": msg("Please say what is missing, so that the firm can mend it.")})
    _decide(delivery, is_accepted=False, reasons=said, actor=actor, now=now)
    _move(milestone, MilestoneState.RETURNED)
    event = MilestoneReturned(
        subject_id=pilot.id, milestone_id=milestone.id, delivery_id=delivery.id, number=number
    )
    journal.record(session, event, actor=actor, now=now)


def measure(
    session: Session,
    pilot: Pilot,
    reported: Reported,
    *,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> KpiValue:
    """Keep a value of a key figure; of two for one day the later one counts."""
    hold(session, pilot)
    require(rules.may_measure(actor, pilot))
    return _report(session, pilot, reported, milestone=None, lang=lang, actor=actor, now=now)


def _last_number(session: Session, milestone: Milestone) -> int:
    found = select(func.coalesce(func.max(Delivery.number), 0))
    return session.execute(found.where(Delivery.milestone_id == milestone.id)).scalar_one()


def _to_decide(
    session: Session, pilot: Pilot, milestone: Milestone, number: int, *, actor: Actor
) -> Delivery:
    """Return the delivery that waits, when it is the one the reader saw."""
    hold_milestone(session, pilot, milestone)
    found = select(Delivery).where(Delivery.milestone_id == milestone.id, Delivery.number == number)
    delivery = session.scalars(found.execution_options(populate_existing=True)).first()
    is_last = number == _last_number(session, milestone)
    waits = delivery is not None and delivery.is_accepted is None and is_last
    if rules.side_of(actor, pilot) is Side.AUTHORITY and not waits:
        raise Conflict(DELIVERED_MEANWHILE)
    require(rules.may_decide(actor, pilot, milestone))
    assert delivery is not None
    return delivery


def _decide(
    delivery: Delivery, *, is_accepted: bool, reasons: str, actor: Actor, now: datetime
) -> None:
    delivery.is_accepted, delivery.reasons = is_accepted, reasons
    delivery.decided_by, delivery.decided_at = actor.person_id, now


def _reasons(text: str) -> str:
    said = text.strip()
    if len(said) > MAX_REASONS:
        raise Invalid({"reasons": msg("At most {limit} characters fit here.", limit=MAX_REASONS)})
    return said


def _move(milestone: Milestone, to: MilestoneState) -> None:
    if to not in NEXT_MILESTONE_STATES[MilestoneState(milestone.state)]:
        raise ValueError(f"{to} does not follow {milestone.state}")
    milestone.state = to.value


def _report(
    session: Session,
    pilot: Pilot,
    reported: Reported,
    *,
    milestone: Milestone | None,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> KpiValue:
    """Check a value against its unit and the time of the pilot, and keep it."""
    kpi = reported.kpi
    field = f"value-{kpi.public_id}"
    if kpi.pilot_id != pilot.id:
        raise ValueError("a key figure of another pilot")
    if reported.unit != kpi.unit:
        raise Invalid({field: wrong_unit(kpi)})
    if fault := units.wrong_with(reported.value, kpi.unit, lang):
        raise Invalid({field: fault})
    day_field = f"measured-{kpi.public_id}"
    if reported.measured > rules.today(pilot, now):
        raise Invalid({day_field: msg("This day is still to come.")})
    if reported.measured < pilot.starts:
        raise Invalid({day_field: msg("This day lies before the pilot.")})
    value = KpiValue(
        kpi_id=kpi.id,
        milestone_id=milestone.id if milestone else None,
        measured=reported.measured,
        value=reported.value,
        note=reported.note[:MAX_NOTE],
        by=actor.person_id,
        at=now,
    )
    session.add(value)
    session.flush()
    event = KpiMeasured(subject_id=pilot.id, kpi_id=kpi.id, value_id=value.id)
    journal.record(session, event, actor=actor, now=now)
    return value


def wrong_unit(kpi: Kpi) -> Message:
    return msg("This is measured in another unit: {unit}.", unit=units.UNITS[kpi.unit].label)
