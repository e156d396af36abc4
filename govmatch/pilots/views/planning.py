"""/pilots/{id}/plan: what is tried, milestones and key figures, until both sides have agreed."""

from dataclasses import dataclass
from datetime import date

from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.formats import date_text, money_text
from govmatch.kit.i18n import Message, msg
from govmatch.pilots import actions, plan, queries, rules, units
from govmatch.pilots.forms import (
    kpi_form,
    milestone_form,
    plan_form,
    read_kpi,
    read_milestone,
    read_plan,
    read_revision,
)
from govmatch.pilots.models import Kpi, Milestone, Pilot
from govmatch.pilots.showing import path_of, value_text
from govmatch.pilots.views.frame import (
    LANGUAGE_NAMES,
    Head,
    Trouble,
    head_of,
    pilot_of,
    texts_by_lang,
    trouble_with,
)
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}/plan"
MILESTONES = f"{PATH}/milestones"
KPIS = f"{PATH}/kpis"
CONFLICT = 409


@dataclass(frozen=True)
class PlannedMilestone:
    number: int
    title: str
    url: str
    due: date
    amount: int


@dataclass(frozen=True)
class PlannedKpi:
    name: str
    url: str
    baseline: str
    target: str


@dataclass(frozen=True)
class PlanPage:
    head: Head
    revision: int
    remarks: str
    is_offered: bool
    missing: list[Message]
    currency: str
    budget: int
    budget_max: int | None
    planned: int
    milestones: list[PlannedMilestone]
    kpis: list[PlannedKpi]
    languages: list[tuple[str, str]]
    saved: list[tuple[Message, str]]
    """What is kept now, where it changed while somebody typed."""
    form: Form
    alert: Message | None


@dataclass(frozen=True)
class PartPage:
    """One milestone or key figure; `is_new` for one that is to be added."""

    head: Head
    action: str
    revision: int
    is_new: bool
    currency: str
    rest: int
    """What is left of the budget for this milestone."""
    starts: date
    ends: date
    units: list[tuple[str, Message]]
    languages: list[tuple[str, str]]
    saved: list[tuple[Message, str]]
    """What is kept now, where it changed while somebody typed."""
    form: Form
    alert: Message | None


def _plan(visit: Visit) -> Pilot:
    """Return the pilot of the address for those who may write its plan now."""
    pilot = pilot_of(visit)
    require(rules.may_write_plan(visit.actor, pilot))
    return pilot


def show(visit: Visit) -> Answer:
    pilot = _plan(visit)
    form = plan_form(
        title=pilot.title,
        summary=pilot.summary,
        budget=pilot.budget,
        starts=pilot.starts,
        ends=pilot.ends,
    )
    return _page(visit, pilot, Trouble(form, 200))


def save(visit: WritingVisit) -> Answer:
    pilot = _plan(visit)
    data, form = read_plan(visit.form, pilot.currency, visit.lang)
    if visit.switching:
        return _page(visit, pilot, Trouble(Form(form.values), 200))
    if data is None:
        return _page(visit, pilot, Trouble(form, 422))
    try:
        actions.change_plan(
            visit.session, pilot, data, revision=read_revision(visit.form),
            lang=visit.lang, actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        return _page(visit, pilot, trouble_with(form, error))
    return _saved(visit, pilot)


def _saved(visit: WritingVisit, pilot: Pilot) -> Answer:
    visit.flash("success", msg("Saved. Both sides agree to the plan as it is now."))
    return redirect(f"{path_of(pilot)}/plan")


def _page(visit: Visit, pilot: Pilot, trouble: Trouble) -> Answer:
    milestones, kpis = queries.milestones(visit.db, pilot), queries.kpis(visit.db, pilot)
    base = f"{path_of(pilot)}/plan"
    values = PlanPage(
        head=head_of(visit, pilot),
        revision=pilot.revision,
        remarks=pilot.remarks,
        is_offered=pilot.authority_agreed_at is not None,
        missing=plan.missing(pilot, pilot.challenge, milestones, kpis),
        currency=pilot.currency,
        budget=pilot.budget,
        budget_max=pilot.challenge.budget_max,
        planned=plan.sum_of_amounts(milestones),
        milestones=[
            PlannedMilestone(
                one.number,
                one.title,
                visit.url(f"{base}/milestones/{one.public_id}"),
                one.due,
                one.amount,
            )
            for one in milestones
        ],
        kpis=[
            PlannedKpi(
                texts_by_lang(one.name, visit.lang)[0][1],
                visit.url(f"{base}/kpis/{one.public_id}"),
                value_text(one, one.baseline, visit.lang),
                value_text(one, one.target, visit.lang),
            )
            for one in kpis
        ],
        languages=LANGUAGE_NAMES,
        saved=_saved_plan(visit, pilot) if trouble.status == CONFLICT else [],
        form=trouble.form,
        alert=trouble.alert,
    )
    return page(visit, "pilots/plan.html", values, status=trouble.status, main_form=True)


def _saved_plan(visit: Visit, pilot: Pilot) -> list[tuple[Message, str]]:
    return [
        (msg("Title"), pilot.title),
        *((msg("Public summary"), text) for _, text in texts_by_lang(pilot.summary, visit.lang)),
        (msg("Budget"), money_text(pilot.budget, pilot.currency, visit.lang)),
        (msg("Begins"), _day(visit, pilot.starts)),
        (msg("Ends"), _day(visit, pilot.ends)),
    ]


def _day(visit: Visit, day: date) -> str:
    return date_text(day, visit.lang, visit.zone)


def new_milestone(visit: Visit) -> Answer:
    pilot = _plan(visit)
    return _milestone_page(visit, pilot, None, Trouble(filled({}), 200))


def one_milestone(visit: Visit) -> Answer:
    pilot = _plan(visit)
    milestone = queries.get_milestone(visit.db, pilot, visit.params["milestone"])
    return _milestone_page(visit, pilot, milestone, Trouble(milestone_form(milestone), 200))


def add_milestone(visit: WritingVisit) -> Answer:
    return _save_milestone(visit, _plan(visit), None)


def change_milestone(visit: WritingVisit) -> Answer:
    """Keep what was typed, or take the milestone out of the plan."""
    pilot = _plan(visit)
    milestone = queries.get_milestone(visit.db, pilot, visit.params["milestone"])
    if visit.form.one("act") != "remove":
        return _save_milestone(visit, pilot, milestone)
    try:
        actions.remove_milestone(
            visit.session, pilot, milestone, revision=read_revision(visit.form),
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Conflict as error:
        shown = trouble_with(milestone_form(milestone), error)
        return _milestone_page(visit, pilot, milestone, shown)
    return _saved(visit, pilot)


def _save_milestone(visit: WritingVisit, pilot: Pilot, milestone: Milestone | None) -> Answer:
    data, form = read_milestone(visit.form, pilot.currency, visit.lang)
    if visit.switching:
        return _milestone_page(visit, pilot, milestone, Trouble(Form(form.values), 200))
    if data is None:
        return _milestone_page(visit, pilot, milestone, Trouble(form, 422))
    revision = read_revision(visit.form)
    try:
        if milestone is None:
            actions.add_milestone(
                visit.session, pilot, data, revision=revision,
                lang=visit.lang, actor=visit.actor, now=visit.now,
            )  # fmt: skip
        else:
            actions.change_milestone(
                visit.session, pilot, milestone, data, revision=revision,
                lang=visit.lang, actor=visit.actor, now=visit.now,
            )  # fmt: skip
    except (Invalid, Conflict) as error:
        return _milestone_page(visit, pilot, milestone, trouble_with(form, error))
    return _saved(visit, pilot)


def _milestone_page(
    visit: Visit, pilot: Pilot, milestone: Milestone | None, trouble: Trouble
) -> Answer:
    others = [one for one in queries.milestones(visit.db, pilot) if one is not milestone]
    rest = pilot.budget - plan.sum_of_amounts(others)
    key = milestone.public_id if milestone else "new"
    saved: list[tuple[Message, str]] = []
    if milestone is not None and trouble.status == CONFLICT:
        saved = [
            (msg("Title"), milestone.title),
            (msg("Accepted when"), milestone.acceptance),
            (msg("Amount"), money_text(milestone.amount, pilot.currency, visit.lang)),
            (msg("Due"), _day(visit, milestone.due)),
        ]
    values = _part(visit, pilot, f"milestones/{key}", trouble, saved=saved, rest=rest)
    template = "pilots/plan_milestone.html"
    return page(visit, template, values, status=trouble.status, main_form=True)


def new_kpi(visit: Visit) -> Answer:
    return _kpi_page(visit, _plan(visit), None, Trouble(filled({}), 200))


def one_kpi(visit: Visit) -> Answer:
    pilot = _plan(visit)
    kpi = queries.get_kpi(visit.db, pilot, visit.params["kpi"])
    return _kpi_page(visit, pilot, kpi, Trouble(kpi_form(kpi, visit.lang), 200))


def add_kpi(visit: WritingVisit) -> Answer:
    return _save_kpi(visit, _plan(visit), None)


def change_kpi(visit: WritingVisit) -> Answer:
    """Keep what was typed, or take the key figure out of the plan."""
    pilot = _plan(visit)
    kpi = queries.get_kpi(visit.db, pilot, visit.params["kpi"])
    if visit.form.one("act") != "remove":
        return _save_kpi(visit, pilot, kpi)
    try:
        actions.remove_kpi(
            visit.session, pilot, kpi, revision=read_revision(visit.form),
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Conflict as error:
        return _kpi_page(visit, pilot, kpi, trouble_with(kpi_form(kpi, visit.lang), error))
    return _saved(visit, pilot)


def _save_kpi(visit: WritingVisit, pilot: Pilot, kpi: Kpi | None) -> Answer:
    data, form = read_kpi(visit.form, visit.lang)
    if visit.switching:
        return _kpi_page(visit, pilot, kpi, Trouble(Form(form.values), 200))
    if data is None:
        return _kpi_page(visit, pilot, kpi, Trouble(form, 422))
    revision = read_revision(visit.form)
    try:
        if kpi is None:
            actions.add_kpi(
                visit.session, pilot, data, revision=revision,
                lang=visit.lang, actor=visit.actor, now=visit.now,
            )  # fmt: skip
        else:
            actions.change_kpi(
                visit.session, pilot, kpi, data, revision=revision,
                lang=visit.lang, actor=visit.actor, now=visit.now,
            )  # fmt: skip
    except (Invalid, Conflict) as error:
        return _kpi_page(visit, pilot, kpi, trouble_with(form, error))
    return _saved(visit, pilot)


def _kpi_page(visit: Visit, pilot: Pilot, kpi: Kpi | None, trouble: Trouble) -> Answer:
    key = kpi.public_id if kpi else "new"
    saved: list[tuple[Message, str]] = []
    if kpi is not None and trouble.status == CONFLICT:
        saved = [
            *((msg("Name"), text) for _, text in texts_by_lang(kpi.name, visit.lang)),
            (msg("Baseline"), value_text(kpi, kpi.baseline, visit.lang)),
            (msg("Target"), value_text(kpi, kpi.target, visit.lang)),
        ]
    values = _part(visit, pilot, f"kpis/{key}", trouble, saved=saved, rest=0)
    return page(visit, "pilots/plan_kpi.html", values, status=trouble.status, main_form=True)


def _part(
    visit: Visit,
    pilot: Pilot,
    end: str,
    trouble: Trouble,
    *,
    saved: list[tuple[Message, str]],
    rest: int,
) -> PartPage:
    return PartPage(
        head=head_of(visit, pilot),
        action=visit.url(f"{path_of(pilot)}/plan/{end}"),
        revision=pilot.revision,
        is_new=end.endswith("/new"),
        currency=pilot.currency,
        rest=rest,
        starts=pilot.starts,
        ends=pilot.ends,
        units=[(unit.code, unit.label) for unit in units.UNITS.values()],
        languages=LANGUAGE_NAMES,
        saved=saved,
        form=trouble.form,
        alert=trouble.alert,
    )


routes = [
    get(PATH, show, signed_in),
    post(PATH, save, signed_in, once=True),
    get(f"{MILESTONES}/new", new_milestone, signed_in),
    post(f"{MILESTONES}/new", add_milestone, signed_in, once=True),
    get(f"{MILESTONES}/{{milestone}}", one_milestone, signed_in),
    post(f"{MILESTONES}/{{milestone}}", change_milestone, signed_in, once=True),
    get(f"{KPIS}/new", new_kpi, signed_in),
    post(f"{KPIS}/new", add_kpi, signed_in, once=True),
    get(f"{KPIS}/{{kpi}}", one_kpi, signed_in),
    post(f"{KPIS}/{{kpi}}", change_kpi, signed_in, once=True),
]
