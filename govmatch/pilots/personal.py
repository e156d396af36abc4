"""This package's share of one person's data: exported, and erased.

What was delivered, decided and noted in a pilot belongs to its case. A person stands in it by
number alone, and the name goes with the account; the words stay with the case.
"""

from datetime import datetime

from sqlalchemy import or_, select

from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session
from govmatch.pilots.models import Change, Delivery, KpiValue, LogEntry, Milestone, Pilot

KEPT = {
    "pilots.firm_agreed_by": "by number alone: the award file says who did what",
    "pilots.authority_agreed_by": "by number alone: the award file says who did what",
    "pilots.stopped_by": "by number alone: the award file says who did what",
    "pilots.outcome_by": "by number alone: the award file says who did what",
    "pilot_log.by": "by number alone: the award file says who did what",
    "pilot_changes.by": "by number alone: the award file says who did what",
    "pilot_changes.answered_by": "by number alone: the award file says who did what",
    "deliveries.by": "by number alone: the award file says who did what",
    "deliveries.decided_by": "by number alone: the award file says who did what",
    "kpi_values.by": "by number alone: the award file says who did what",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what the person delivered, decided, reported, proposed and noted, as JSON values."""
    return {
        "pilots": _endings(session, person_id),
        "pilot_deliveries": _deliveries(session, person_id),
        "pilot_values": [
            {"measured": value.measured.isoformat(), "value": str(value.value), "note": value.note}
            for value in session.scalars(
                select(KpiValue).where(KpiValue.by == person_id).order_by(KpiValue.id)
            )
        ],
        "pilot_changes": [
            {"at": change.at.isoformat(), "reason": change.reason}
            for change in session.scalars(
                select(Change).where(Change.by == person_id).order_by(Change.id)
            )
        ],
        "pilot_change_answers": acts_of(
            session, person_id, {"answered": (Change.answered_by, Change.answered_at)}
        ),
        "pilot_log": [
            {"at": entry.at.isoformat(), "text": entry.text}
            for entry in session.scalars(
                select(LogEntry).where(LogEntry.by == person_id).order_by(LogEntry.id)
            )
        ],
    }


def _endings(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    parts = {
        "agreed for the firm": Pilot.firm_agreed_by,
        "agreed for the authority": Pilot.authority_agreed_by,
        "stopped": Pilot.stopped_by,
        "stated the outcome": Pilot.outcome_by,
    }
    found = session.execute(
        select(Pilot.title, *parts.values())
        .where(or_(*(column == person_id for column in parts.values())))
        .order_by(Pilot.id)
    )
    return [
        {
            "title": title,
            "part": [n for n, who in zip(parts, people, strict=True) if who == person_id],
        }
        for title, *people in found
    ]


def _deliveries(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    found = (
        select(Delivery, Milestone.title)
        .join(Delivery.milestone)
        .where(or_(Delivery.by == person_id, Delivery.decided_by == person_id))
        .order_by(Delivery.id)
    )
    shown: list[dict[str, object]] = []
    for delivery, title in session.execute(found):
        one: dict[str, object] = {"milestone": title, "delivery": delivery.number}
        if delivery.by == person_id:
            one |= {"delivered_at": delivery.at.isoformat(), "text": delivery.text}
        if delivery.decided_by == person_id and delivery.decided_at is not None:
            one |= {"decided_at": delivery.decided_at.isoformat(), "reasons": delivery.reasons}
        shown.append(one)
    return shown


def erase(_session: Session, _person_id: int, *, now: datetime) -> None:
    """Leave everything: there is only the number of a person who then has no name."""
