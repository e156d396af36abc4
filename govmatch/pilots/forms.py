"""What is typed about pilots: plan, milestones, key figures, deliveries, changes, endings."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg
from govmatch.pilots import units
from govmatch.pilots.actions import KpiData, MilestoneData, PlanData, Reported, Wish
from govmatch.pilots.actions.delivering import MAX_NOTE, MAX_TEXT, wrong_unit
from govmatch.pilots.models import Kpi, Milestone, Outcome, Pilot
from govmatch.pilots.plan import HIGHEST_BUDGET
from govmatch.questionnaires.numbers import number_typed, plain_number, read_money
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.visit import Values

TITLE = 140
SUMMARY = 1_500
ACCEPTANCE = 4_000
KPI_NAME = 120
REVISION = re.compile(r"[0-9]{1,9}")


def read_revision(values: Values, name: str = "revision") -> int:
    """Return the number that the form was made for; 0, which is never right, where it is none."""
    typed = values.one(name)
    return int(typed) if REVISION.fullmatch(typed) else 0


def read_plan(values: Values, currency: str, lang: Lang) -> tuple[PlanData | None, Form]:
    reader = Reader(values)
    title = reader.text("title", limit=TITLE)
    summary = _texts(reader, "summary", SUMMARY)
    budget = _amount(reader, values, "budget", currency, lang, low=1)
    starts, ends = reader.day("starts"), reader.day("ends")
    if not reader.ok or budget is None or starts is None or ends is None:
        return None, reader.form
    data = PlanData(title=title, summary=summary, budget=budget, starts=starts, ends=ends)
    return data, reader.form


def plan_form(
    *, title: str, summary: Mapping[str, str], budget: int | None, starts: date, ends: date
) -> Form:
    """Return the form of a plan as it is."""
    return filled(
        {
            "title": title,
            **{f"summary-{lang}": summary.get(lang, "") for lang in LANGUAGES},
            "budget": "" if budget is None else str(budget),
            "starts": starts.isoformat(),
            "ends": ends.isoformat(),
        }
    )


def read_milestone(values: Values, currency: str, lang: Lang) -> tuple[MilestoneData | None, Form]:
    reader = Reader(values)
    title = reader.text("title", limit=TITLE)
    acceptance = reader.text("acceptance", limit=ACCEPTANCE, lines=True)
    amount = _amount(reader, values, "amount", currency, lang, low=0)
    due = reader.day("due")
    if not reader.ok or amount is None or due is None:
        return None, reader.form
    return MilestoneData(title=title, acceptance=acceptance, amount=amount, due=due), reader.form


def milestone_form(milestone: Milestone) -> Form:
    return filled(
        {
            "title": milestone.title,
            "acceptance": milestone.acceptance,
            "amount": str(milestone.amount),
            "due": milestone.due.isoformat(),
        }
    )


def read_kpi(values: Values, lang: Lang) -> tuple[KpiData | None, Form]:
    """Return a key figure; numbers as the reader's language writes them, the unit may follow."""
    reader = Reader(values)
    name = _texts(reader, "name", KPI_NAME)
    if not name and reader.ok:
        reader.wrong("name", msg("Please give a name in at least one language."))
    unit = reader.choice("unit", units.UNITS)
    baseline = _value(reader, values, "baseline", unit, lang)
    target = _value(reader, values, "target", unit, lang)
    if not reader.ok or baseline is None or target is None:
        return None, reader.form
    return KpiData(name=name, unit=unit, baseline=baseline, target=target), reader.form


def kpi_form(kpi: Kpi, lang: Lang) -> Form:
    return filled(
        {
            **{f"name-{code}": kpi.name.get(code, "") for code in LANGUAGES},
            "unit": kpi.unit,
            "baseline": number_typed(plain_number(kpi.baseline), lang),
            "target": number_typed(plain_number(kpi.target), lang),
        }
    )


def read_reported(
    values: Values, kpis: Sequence[Kpi], today: date, lang: Lang, *, required: bool
) -> tuple[list[Reported], dict[str, Message]]:
    """Return the values that were typed, and what is wrong, by field.

    Each key figure has `value-<id>`, `unit-<id>` (which the form carries), `measured-<id>` and
    `note-<id>`. An empty value is none, unless it is `required`.
    """
    reader = Reader(values)
    found: list[Reported] = []
    for kpi in kpis:
        key = kpi.public_id
        if not values.one(f"value-{key}"):
            if required:
                reader.wrong(f"value-{key}", msg("Please fill in this field."))
            continue
        if values.one(f"unit-{key}") != kpi.unit:
            reader.wrong(f"value-{key}", wrong_unit(kpi))
        value = _value(reader, values, f"value-{key}", kpi.unit, lang)
        measured = reader.day(f"measured-{key}", required=False) or today
        note = reader.text(f"note-{key}", limit=MAX_NOTE, required=False)
        if value is not None:
            found.append(
                Reported(kpi=kpi, unit=kpi.unit, value=value, measured=measured, note=note)
            )
    return found, reader.errors


def read_text(values: Values, name: str, limit: int = MAX_TEXT) -> tuple[str, dict[str, Message]]:
    reader = Reader(values)
    return reader.text(name, limit=limit, lines=True), reader.errors


def read_change(
    values: Values, pilot: Pilot, milestones: Sequence[Milestone], lang: Lang
) -> tuple[list[Wish], date | None, str, Form]:
    """Return what is wished for each open milestone, the new end, and why."""
    reader = Reader(values)
    wishes: list[Wish] = []
    for one in milestones:
        due = reader.day(f"due-{one.number}")
        amount = _amount(reader, values, f"amount-{one.number}", pilot.currency, lang, low=0)
        if due is not None and amount is not None:
            wishes.append(Wish(milestone=one, due=due, amount=amount))
    ends = reader.day("ends")
    reason = reader.text("reason", limit=2_000, lines=True)
    return wishes, ends, reason, reader.form


def change_form(pilot: Pilot, milestones: Sequence[Milestone]) -> Form:
    shown: dict[str, str | list[str]] = {"ends": pilot.ends.isoformat()}
    for one in milestones:
        shown[f"due-{one.number}"] = one.due.isoformat()
        shown[f"amount-{one.number}"] = str(one.amount)
    return filled(shown)


def read_outcome(
    values: Values, currency: str, lang: Lang
) -> tuple[Outcome | None, dict[str, str], int | None, Form]:
    reader = Reader(values)
    outcome = reader.choice("outcome", list(Outcome))
    reasons = _texts(reader, "reasons", 4_000)
    if not reasons and not any(name.startswith("reasons") for name in reader.errors):
        reader.wrong("reasons", msg("Please give the reason; it is published."))
    cost = _amount(reader, values, "cost", currency, lang, low=0)
    return (Outcome(outcome) if outcome else None), reasons, cost, reader.form


def read_presentation(values: Values, zone: str) -> tuple[datetime | None, str, Form]:
    reader = Reader(values)
    at = reader.local_time("at", zone)
    place = reader.text("place", limit=300)
    return at, place, reader.form


def _texts(reader: Reader, name: str, limit: int) -> dict[str, str]:
    """Return a text by language, of those that have one; the fields are `name-<lang>`."""
    given = {
        lang: reader.text(f"{name}-{lang}", limit=limit, required=False, lines=True)
        for lang in LANGUAGES
    }
    return {lang: text for lang, text in given.items() if text}


def _amount(
    reader: Reader, values: Values, name: str, currency: str, lang: Lang, *, low: int
) -> int | None:
    """Return an amount in whole units of the currency, as the reader's language writes it."""
    typed = values.one(name)
    if not typed:
        reader.wrong(name, msg("Please fill in this field."))
        return None
    amount = read_money(typed, currency, lang)
    if amount is None:
        reader.wrong(name, msg("Please enter an amount in {currency}.", currency=currency))
    elif amount != int(amount):
        reader.wrong(name, msg("Please enter a whole amount, without cents."))
    elif not low <= amount <= HIGHEST_BUDGET:
        text = msg("Please enter a number from {low} to {high}.", low=low, high=HIGHEST_BUDGET)
        reader.wrong(name, text)
    else:
        return int(amount)
    return None


def _value(reader: Reader, values: Values, name: str, unit: str, lang: Lang) -> Decimal | None:
    """Return a number for this unit; without a unit there is nothing to say about it yet."""
    typed = values.one(name)
    if not typed:
        reader.wrong(name, msg("Please fill in this field."))
        return None
    if unit not in units.UNITS:
        return None
    found = units.read_value(typed, unit, lang)
    if isinstance(found, Message):
        reader.wrong(name, found)
        return None
    return found
