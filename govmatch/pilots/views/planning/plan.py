"""/pilots/{id}/plan: title, summary, budget and days, and the lists of what is planned."""

from datetime import date

from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.formats import date_text, money_text
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, plan, queries
from govmatch.pilots.forms import plan_form, read_plan, read_revision
from govmatch.pilots.models import Pilot
from govmatch.pilots.showing import path_of, value_text
from govmatch.pilots.views.frame import (
    LANGUAGE_NAMES,
    Head,
    Trouble,
    head_of,
    texts_by_lang,
    trouble_with,
)
from govmatch.pilots.views.planning.part import CONFLICT, PATH, Kept, pilot_to_plan, saved
from govmatch.web.answers import Answer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


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
    saved: Kept
    """What is kept now, where it changed while somebody typed."""
    form: Form
    alert: Message | None


def show(visit: Visit) -> Answer:
    pilot = pilot_to_plan(visit)
    form = plan_form(
        title=pilot.title,
        summary=pilot.summary,
        budget=pilot.budget,
        starts=pilot.starts,
        ends=pilot.ends,
    )
    return _page(visit, pilot, Trouble(form, 200))


def save(visit: WritingVisit) -> Answer:
    pilot = pilot_to_plan(visit)
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
    return saved(visit, pilot)


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


def _saved_plan(visit: Visit, pilot: Pilot) -> Kept:
    return [
        (msg("Title"), pilot.title),
        *((msg("Public summary"), text) for _, text in texts_by_lang(pilot.summary, visit.lang)),
        (msg("Budget"), money_text(pilot.budget, pilot.currency, visit.lang)),
        (msg("Begins"), date_text(pilot.starts, visit.lang, visit.zone)),
        (msg("Ends"), date_text(pilot.ends, visit.lang, visit.zone)),
    ]


routes = [get(PATH, show, signed_in), post(PATH, save, signed_in, once=True)]
