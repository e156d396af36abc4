"""/pilots/{id}: where a pilot stands and its one next step, as everybody in it sees them."""

from datetime import date, datetime

from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.pilots import plan, queries, rules
from govmatch.pilots.models import SETTLED, State
from govmatch.pilots.queries.visible import Seen
from govmatch.pilots.rules import Sight
from govmatch.pilots.showing import Course, Step, next_step
from govmatch.pilots.views.frame import Head, Trouble, head_of, texts_by_lang
from govmatch.pilots.views.overview.lines import (
    Ending,
    KpiLine,
    MilestoneLine,
    ending_of,
    kpi_lines,
    milestone_line,
    waiting_among,
)
from govmatch.pilots.views.overview.past import Past, past_of
from govmatch.web.answers import Answer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class OverviewPage:
    head: Head
    step: Step
    is_full: bool
    summary: list[tuple[str, str]]
    starts: date
    ends: date
    budget: int
    planned: int
    accepted: int
    currency: str
    revision: int
    remarks: str
    missing: list[Message]
    side: str
    can_write: bool
    can_agree: bool
    can_return: bool
    can_change: bool
    can_stop: bool
    can_state: bool
    presentation_at: datetime | None
    presented_at: datetime | None
    milestones: list[MilestoneLine]
    kpis: list[KpiLine]
    ending: Ending
    past: Past
    form: Form
    alert: Message | None


def overview_page(visit: Visit, seen: Seen, trouble: Trouble) -> Answer:
    pilot, is_full = seen.pilot, seen.sight is Sight.FULL
    milestones = queries.milestones(visit.db, pilot)
    kpis = queries.kpis(visit.db, pilot)
    waiting = waiting_among(queries.deliveries(visit.db, milestones))
    change = queries.open_change(visit.db, pilot)
    missing = plan.missing(pilot, pilot.challenge, milestones, kpis)
    side = rules.side_of(visit.actor, pilot)
    course = Course(pilot, milestones, waiting, change, missing)
    unsettled = sum(one.state not in SETTLED for one in milestones)
    can_agree = bool(rules.may_agree(visit.actor, pilot)) and not missing
    values = OverviewPage(
        head=head_of(visit, pilot, seen.sight),
        step=next_step(course, side, visit.now),
        is_full=is_full,
        summary=texts_by_lang(pilot.summary, visit.lang),
        starts=pilot.starts,
        ends=pilot.ends,
        budget=pilot.budget,
        planned=plan.sum_of_amounts(milestones),
        accepted=plan.sum_of_amounts(one for one in milestones if one.state in SETTLED),
        currency=pilot.currency,
        revision=pilot.revision,
        remarks=pilot.remarks if is_full and pilot.state == State.PLANNED else "",
        missing=missing if side and pilot.state == State.PLANNED else [],
        side=side or "",
        can_write=bool(rules.may_write_plan(visit.actor, pilot)),
        can_agree=can_agree,
        can_return=can_agree and bool(rules.may_return_plan(visit.actor, pilot)),
        can_change=side is not None and pilot.state == State.RUNNING,
        can_stop=bool(rules.may_stop(visit.actor, pilot)),
        can_state=bool(rules.may_state_outcome(visit.actor, pilot, unsettled=unsettled)),
        presentation_at=pilot.presentation_at if is_full else None,
        presented_at=pilot.presented_at if is_full else None,
        milestones=[milestone_line(visit, pilot, one, waiting.get(one.id)) for one in milestones],
        kpis=kpi_lines(visit, pilot, kpis) if is_full else [],
        ending=ending_of(visit, pilot, is_full=is_full),
        past=past_of(visit, pilot, is_full=is_full),
        form=trouble.form,
        alert=trouble.alert,
    )
    return page(visit, "pilots/overview.html", values, status=trouble.status)
