"""Pilots as the public reads them: milestones, key figures as drawing and table, outcome, cost."""

from datetime import date
from decimal import Decimal

from govmatch.kit.formats import date_text
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.pilots.queries import PublicKpi, PublicPilot
from govmatch.pilots.showing import MILESTONE_STATES, OUTCOMES, STATES
from govmatch.pilots.units import UNITS, shown
from govmatch.web.charts import Level, LineChart, line_chart
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Milestone:
    number: int
    title: str
    due: date
    state: tuple[Message, str]


@dataclass(frozen=True)
class Kpi:
    """A key figure; `chart` is None before the first value."""

    name: str
    name_lang: str | None
    unit: Message
    baseline: str
    target: str
    is_reached: bool
    chart: LineChart | None
    values: list[tuple[date, str]]


@dataclass(frozen=True)
class Trial:
    """One pilot; `outcome` is its word and what that means."""

    title: str
    firm: str
    firm_url: str
    state: tuple[Message, str]
    starts: date
    ends: date
    summary: str
    summary_lang: str | None
    milestones: list[Milestone]
    kpis: list[Kpi]
    outcome: tuple[Message, Message] | None
    reasons: str
    reasons_lang: str | None
    cost: int | None
    currency: str


def trial(visit: Visit, pilot: PublicPilot, *, firm_url: str) -> Trial:
    summary, summary_lang = pick(pilot.summary, visit.lang)
    reasons, reasons_lang = pick(pilot.reasons, visit.lang)
    return Trial(
        title=pilot.title,
        firm=pilot.firm,
        firm_url=firm_url,
        state=STATES[pilot.state],
        starts=pilot.starts,
        ends=pilot.ends,
        summary=summary,
        summary_lang=summary_lang if summary_lang != visit.lang else None,
        milestones=[
            Milestone(one.number, one.title, one.due, MILESTONE_STATES[one.state])
            for one in pilot.milestones
        ],
        kpis=[_kpi(visit, pilot, one) for one in pilot.kpis],
        outcome=OUTCOMES[pilot.outcome] if pilot.outcome is not None else None,
        reasons=reasons,
        reasons_lang=reasons_lang if reasons_lang != visit.lang else None,
        cost=pilot.cost,
        currency=pilot.currency,
    )


def _kpi(visit: Visit, pilot: PublicPilot, kpi: PublicKpi) -> Kpi:
    name, lang = pick(kpi.name, visit.lang)
    last = kpi.values[-1][1] if kpi.values else None
    return Kpi(
        name=name,
        name_lang=lang if lang != visit.lang else None,
        unit=UNITS[kpi.unit].label,
        baseline=shown(kpi.baseline, kpi.unit, visit.lang),
        target=shown(kpi.target, kpi.unit, visit.lang),
        is_reached=last is not None and _is_reached(kpi, last),
        chart=_chart(visit, pilot, kpi, name) if kpi.values else None,
        values=[(day, shown(value, kpi.unit, visit.lang)) for day, value in kpi.values],
    )


def _is_reached(kpi: PublicKpi, value: Decimal) -> bool:
    """True where a value is as good as its target; the direction follows from the baseline."""
    return value >= kpi.target if kpi.target >= kpi.baseline else value <= kpi.target


def _chart(visit: Visit, pilot: PublicPilot, kpi: PublicKpi, name: str) -> LineChart:
    day, last = kpi.values[-1]
    baseline, target, latest = (
        shown(value, kpi.unit, visit.lang) for value in (kpi.baseline, kpi.target, last)
    )
    said = msg(
        "Baseline {baseline}, target {target}, last value {latest} on {day}.",
        baseline=baseline,
        target=target,
        latest=latest,
        day=_day(visit, day),
    )
    return line_chart(
        kpi.values,
        [
            Level("baseline", kpi.baseline, visit.say(msg("Baseline: {value}", value=baseline))),
            Level("target", kpi.target, visit.say(msg("Target: {value}", value=target))),
        ],
        begins=pilot.starts,
        ends=pilot.ends,
        begins_label=_day(visit, pilot.starts),
        ends_label=_day(visit, pilot.ends),
        last_label=latest,
        title=name,
        description=visit.say(said),
    )


def _day(visit: Visit, day: date) -> str:
    return date_text(day, visit.lang, visit.zone)
