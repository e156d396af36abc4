"""/pilots/{id}: where a pilot stands, the one next step, and agreeing to its plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.pilots import actions, plan, queries, rules
from govmatch.pilots.forms import read_revision
from govmatch.pilots.history import QUIET, happened
from govmatch.pilots.models import (
    SETTLED,
    Delivery,
    Kpi,
    KpiValue,
    Milestone,
    Pilot,
    State,
)
from govmatch.pilots.queries.visible import Seen
from govmatch.pilots.rules import Sight
from govmatch.pilots.showing import (
    OUTCOMES,
    SIDES,
    Badge,
    Course,
    Step,
    due_text,
    milestone_badges,
    next_step,
    path_of,
    value_text,
)
from govmatch.pilots.views.frame import (
    Head,
    Trouble,
    head_of,
    pilot_of,
    seen_of,
    texts_by_lang,
    trouble_with,
)
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}"


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
    agreed_at: datetime | None
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
    events: list[tuple[datetime, Message, str]]
    form: Form
    alert: Message | None


def overview(visit: Visit) -> Answer:
    return _page(visit, seen_of(visit), Trouble(filled({}), 200))


def answer_plan(visit: WritingVisit) -> Answer:
    """Agree to the plan that stands on the page, or return it with remarks."""
    pilot = pilot_of(visit)
    seen = Seen(pilot, Sight.FULL)
    revision = read_revision(visit.form)
    returns = visit.form.one("act") == "return"
    reader = Reader(visit.form)
    remarks = reader.text("remarks", limit=4_000, required=False, lines=True) if returns else ""
    if visit.switching:
        return _page(visit, seen, Trouble(Form(reader.form.values), 200))
    if not reader.ok:
        return _page(visit, seen, Trouble(reader.form, 422))
    try:
        if returns:
            actions.return_plan(
                visit.session, pilot, remarks=remarks, revision=revision,
                actor=visit.actor, now=visit.now,
            )  # fmt: skip
        else:
            actions.agree(visit.session, pilot, revision=revision, actor=visit.actor, now=visit.now)
    except Invalid as error:
        # What a plan lacks belongs to no field here; it is said as one text.
        errors = error.errors if returns else {"": next(iter(error.errors.values()))}
        return _page(visit, seen, Trouble(Form(reader.form.values, dict(errors)), 422))
    except Conflict as error:
        return _page(visit, seen, trouble_with(reader.form, error))
    visit.flash("success", _done(pilot, returns=returns))
    return redirect(path_of(pilot))


def _done(pilot: Pilot, *, returns: bool) -> Message:
    if returns:
        return msg("The plan is returned to the authority.")
    if pilot.state == State.RUNNING:
        return msg("Both sides have agreed. The pilot runs.")
    return msg("The plan is with the firm now.")


def _page(visit: Visit, seen: Seen, trouble: Trouble) -> Answer:
    pilot, is_full = seen.pilot, seen.sight is Sight.FULL
    milestones = queries.milestones(visit.db, pilot)
    kpis = queries.kpis(visit.db, pilot)
    waiting = _waiting(queries.deliveries(visit.db, milestones))
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
        agreed_at=pilot.agreed_at,
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
        milestones=[_milestone(visit, pilot, one, waiting.get(one.id)) for one in milestones],
        kpis=_kpis(visit, pilot, kpis) if is_full else [],
        ending=_ending(visit, pilot, is_full=is_full),
        events=_events(visit, pilot) if is_full else [],
        form=trouble.form,
        alert=trouble.alert,
    )
    return page(visit, "pilots/overview.html", values, status=trouble.status)


def _waiting(deliveries: Sequence[Delivery]) -> dict[int, Delivery]:
    return {one.milestone_id: one for one in deliveries if one.is_accepted is None}


def _milestone(
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


def _kpis(visit: Visit, pilot: Pilot, kpis: Sequence[Kpi]) -> list[KpiLine]:
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


def _ending(visit: Visit, pilot: Pilot, *, is_full: bool) -> Ending:
    return Ending(
        stopped_at=pilot.stopped_at,
        stopped_side=SIDES[pilot.stopped_side] if pilot.stopped_side else None,
        stop_reasons=pilot.stop_reasons if is_full else "",
        outcome=OUTCOMES[pilot.outcome] if pilot.outcome else None,
        outcome_at=pilot.outcome_at,
        reasons=texts_by_lang(pilot.outcome_reasons, visit.lang),
        cost=pilot.cost,
    )


def _events(visit: Visit, pilot: Pilot) -> list[tuple[datetime, Message, str]]:
    rows = [row for row in queries.timeline(visit.db, pilot) if row.event not in QUIET]
    names = names_by_id(visit.db, (row.actor_id for row in rows))
    found = []
    for row in reversed(rows):
        words = happened(row, lang=visit.lang, zone=pilot.challenge.zone)
        if words is not None:
            found.append((row.at, words, names.get(row.actor_id or 0, "")))
    return found


routes = [get(PATH, overview, signed_in), post(PATH, answer_plan, signed_in, once=True)]
