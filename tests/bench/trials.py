"""Pilots with milestones, deliveries, key figures and their values; in bulk."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, update

from govmatch.applications.models import Application
from govmatch.challenges.models import State as Stage
from govmatch.kit.db import Session
from govmatch.pilots.models import Delivery, Kpi, KpiValue, LogEntry, Milestone, Pilot
from tests.bench.cases import Case, Desk, Entry, key, next_id
from tests.bench.texts import Texts

Rows = dict[Any, list[dict[str, Any]]]
MILESTONES, FIGURES, VALUES = 4, 3, 8
AMOUNT = 2_000


def add_pilots(
    session: Session, case: Case, each: int, desk: Desk, texts: Texts, *, now: datetime
) -> None:
    """Add a pilot for each of the first applications of a case, all of them confirmed."""
    first = next_id(session, Pilot)
    numbers = {model: next_id(session, model) for model in (Milestone, Delivery, Kpi)}
    kept: Rows = {one: [] for one in (Pilot, Milestone, Delivery, Kpi, KpiValue, LogEntry)}
    chosen = case.entries[:each]
    for place, entry in enumerate(chosen):
        entry.pilot = first + place
        kept[Pilot].append(_pilot(case, entry, desk, texts))
        _add_milestones(kept, case, entry, numbers, desk, texts, now.date())
        _add_figures(kept, case, entry, numbers, texts)
        at = case.closes + timedelta(days=45)
        words = texts.words("en", 200)
        note = {"by": desk.manager, "at": at, "text": words, "html": f"<p>{words}</p>"}
        kept[LogEntry].append({"pilot_id": entry.pilot, **note})
    for model, rows in kept.items():
        if rows:
            session.execute(insert(model), rows)
    agreed = [{"id": one.id, "is_pilot_agreed": True} for one in chosen]
    session.execute(update(Application), agreed)


def _pilot(case: Case, entry: Entry, desk: Desk, texts: Texts) -> dict[str, Any]:
    agreed = case.closes + timedelta(days=40)
    ended = agreed + timedelta(days=100) if case.stage is Stage.COMPLETED else None
    return {
        "id": entry.pilot,
        "public_id": key(texts),
        "application_id": entry.id,
        "challenge_id": case.id,
        "firm_id": entry.firm_id,
        "state": "completed" if ended else "running",
        "title": texts.words("en", 70),
        "summary": {"en": texts.words("en", 300)},
        "budget": AMOUNT * MILESTONES,
        "currency": case.currency,
        "starts": agreed.date(),
        "ends": (agreed + timedelta(days=90)).date(),
        "firm_agreed_by": entry.by,
        "firm_agreed_at": agreed,
        "authority_agreed_by": desk.manager,
        "authority_agreed_at": agreed,
        "agreed_at": agreed,
        "presented_at": ended,
        "outcome": ("scale", "extend", "stop")[entry.pilot % 3] if ended else None,
        "outcome_reasons": {"en": texts.words("en", 300)} if ended else {},
        "outcome_by": desk.manager if ended else None,
        "outcome_at": ended,
        "cost": AMOUNT * MILESTONES if ended else None,
        "created_at": agreed - timedelta(days=5),
    }


def _add_milestones(
    kept: Rows, case: Case, entry: Entry, numbers: dict[Any, int], desk: Desk, texts: Texts,
    today: date,
) -> None:  # fmt: skip
    """Four milestones, a month apart; those that are due were delivered, all but the last paid."""
    for number in range(1, MILESTONES + 1):
        due = (case.closes + timedelta(days=40 + 25 * number)).date()
        is_over = due < today or case.stage is Stage.COMPLETED
        milestone, delivery = numbers[Milestone], numbers[Delivery]
        numbers[Milestone] += 1
        is_found = is_over and (number < MILESTONES or case.stage is Stage.COMPLETED)
        kept[Milestone].append(
            {
                "id": milestone,
                "public_id": key(texts),
                "pilot_id": entry.pilot,
                "number": number,
                "title": texts.words("en", 60),
                "acceptance": texts.words("en", 200),
                "amount": AMOUNT,
                "due": due,
                "state": "paid" if is_found else "delivered" if is_over else "planned",
                "reminded": -1,
            }
        )
        if not is_over:
            continue
        numbers[Delivery] += 1
        words = texts.words("en", 300)
        at = case.closes + timedelta(days=38 + 25 * number)
        kept[Delivery].append(
            {
                "id": delivery,
                "public_id": key(texts),
                "milestone_id": milestone,
                "number": 1,
                "text": words,
                "html": f"<p>{words}</p>",
                "by": entry.by,
                "at": at,
                "is_accepted": True if is_found else None,
                "decided_by": desk.manager if is_found else None,
                "decided_at": at + timedelta(days=2) if is_found else None,
                "reminded": -1,
            }
        )


def _add_figures(
    kept: Rows, case: Case, entry: Entry, numbers: dict[Any, int], texts: Texts
) -> None:
    for number in range(1, FIGURES + 1):
        kpi = numbers[Kpi]
        numbers[Kpi] += 1
        kept[Kpi].append(
            {
                "id": kpi,
                "public_id": key(texts),
                "pilot_id": entry.pilot,
                "number": number,
                "name": {"en": texts.words("en", 50)},
                "unit": ("count", "percent", "minutes")[number - 1],
                "baseline": Decimal(30),
                "target": Decimal(12),
            }
        )
        for turn in range(VALUES):
            at = case.closes + timedelta(days=45 + 7 * turn)
            value = Decimal(30 - 2 * turn)
            kept[KpiValue].append(
                {"kpi_id": kpi, "measured": at.date(), "value": value, "by": entry.by, "at": at}
            )
