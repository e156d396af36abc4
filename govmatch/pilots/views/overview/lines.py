"""What the overview of a pilot shows of its milestones, its key figures and its end."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.pilots import plan, queries, rules
from govmatch.pilots.models import Delivery, Kpi, KpiValue, Milestone, Pilot, State
from govmatch.pilots.showing import (
    OUTCOMES,
    SIDES,
    Badge,
    due_text,
    milestone_badges,
    path_of,
    value_text,
)
from govmatch.pilots.views.frame import texts_by_lang
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class MilestoneLine:
    number: int
    title: str
    url: str
    due: date
    when: Message | None
    """How far away, while the firm is to deliver."""
    amount: int
    badges: list[Badge]


@dataclass(frozen=True)
class KpiLine:
    name: str
    name_lang: str | None
    url: str
    baseline: str
    target: str
    latest: str
    is_reached: bool


@dataclass(frozen=True)
class Ending:
    """How it ended: stopped by whom and why, and what came of it."""

    stopped_at: datetime | None
    stopped_side: Message | None
    stop_reasons: str
    outcome: tuple[Message, Message] | None
    outcome_at: datetime | None
    reasons: list[tuple[str, str]]
    cost: int | None


def waiting_among(deliveries: Sequence[Delivery]) -> dict[int, Delivery]:
    return {one.milestone_id: one for one in deliveries if one.is_accepted is None}


def milestone_line(
    visit: Visit, pilot: Pilot, milestone: Milestone, waiting: Delivery | None
) -> MilestoneLine:
    days = rules.days_left(milestone.due, pilot, visit.now)
    is_open = milestone.state in {"planned", "returned"} and pilot.state == State.RUNNING
    return MilestoneLine(
        number=milestone.number,
        title=milestone.title,
        url=visit.url(f"{path_of(pilot)}/milestones/{milestone.public_id}"),
        due=milestone.due,
        when=due_text(days) if is_open else None,
        amount=milestone.amount,
        badges=milestone_badges(milestone, pilot, waiting, visit.now),
    )


def kpi_lines(visit: Visit, pilot: Pilot, kpis: Sequence[Kpi]) -> list[KpiLine]:
    latest: Mapping[int, KpiValue] = queries.latest_values(visit.db, pilot)
    lines = []
    for kpi in kpis:
        value = latest.get(kpi.id)
        name_lang, name = texts_by_lang(kpi.name, visit.lang)[0]
        lines.append(
            KpiLine(
                name=name,
                name_lang=name_lang if name_lang != visit.lang else None,
                url=visit.url(f"{path_of(pilot)}/kpis/{kpi.public_id}"),
                baseline=value_text(kpi, kpi.baseline, visit.lang),
                target=value_text(kpi, kpi.target, visit.lang),
                latest=value_text(kpi, value.value, visit.lang) if value else "",
                is_reached=value is not None and plan.reaches_target(kpi, value.value),
            )
        )
    return lines


def ending_of(visit: Visit, pilot: Pilot, *, is_full: bool) -> Ending:
    return Ending(
        stopped_at=pilot.stopped_at,
        stopped_side=SIDES[pilot.stopped_side] if pilot.stopped_side else None,
        stop_reasons=pilot.stop_reasons if is_full else "",
        outcome=OUTCOMES[pilot.outcome] if pilot.outcome else None,
        outcome_at=pilot.outcome_at,
        reasons=texts_by_lang(pilot.outcome_reasons, visit.lang),
        cost=pilot.cost,
    )
