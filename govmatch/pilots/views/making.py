"""/pilots/new: a pilot from a confirmed application, by the authority's side."""

from datetime import timedelta

from govmatch.applications.models import Application
from govmatch.challenges.showing import text_of
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, queries, rules
from govmatch.pilots.forms import plan_form, read_plan
from govmatch.pilots.showing import path_of
from govmatch.pilots.views.frame import LANGUAGE_NAMES, Trouble, trouble_with
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/new"
BEGINS_AFTER = timedelta(days=14)
LASTS = timedelta(weeks=15)
"""The length of a pilot in the default programme (PRODUCT.md, section 4)."""


@dataclass(frozen=True)
class NewPage:
    challenge: str
    firm: str
    application: str
    budget_max: int | None
    currency: str
    refused: Message | None
    form: Form
    alert: Message | None
    languages: list[tuple[str, str]]


def ask(visit: Visit) -> Answer:
    """Show the form, filled with what the application and the challenge say already."""
    application = _application(visit, visit.query.one("application"))
    starts = visit.now.date() + BEGINS_AFTER
    form = plan_form(
        title=application.title,
        summary={},
        budget=application.challenge.budget_max,
        starts=starts,
        ends=starts + LASTS,
    )
    return _page(visit, application, Trouble(form, 200))


def make(visit: WritingVisit) -> Answer:
    """Make the pilot and go on to its plan."""
    application = _application(visit, visit.form.one("application"))
    data, form = read_plan(visit.form, application.challenge.currency, visit.lang)
    if visit.switching:
        return _page(visit, application, Trouble(Form(form.values), 200))
    if data is None:
        return _page(visit, application, Trouble(form, 422))
    try:
        pilot = actions.make(
            visit.session, application, data, lang=visit.lang, actor=visit.actor, now=visit.now
        )
    except (Invalid, Conflict) as error:
        return _page(visit, application, trouble_with(form, error))
    visit.flash("success", msg("The pilot is made. Add milestones and key figures."))
    return redirect(f"{path_of(pilot)}/plan")


def _application(visit: Visit, public_id: str) -> Application:
    return queries.get_confirmed(visit.db, visit.actor, public_id)


def _page(visit: Visit, application: Application, trouble: Trouble) -> Answer:
    made = queries.count_made(visit.db, application.challenge_id)
    ruling = rules.may_make(visit.actor, application, made=made)
    values = NewPage(
        challenge=text_of(application.challenge, visit.lang).title,
        firm=application.firm.name,
        application=application.public_id,
        budget_max=application.challenge.budget_max,
        currency=application.challenge.currency,
        refused=None if ruling else ruling.reason,
        form=trouble.form,
        alert=trouble.alert,
        languages=LANGUAGE_NAMES,
    )
    return page(visit, "pilots/new.html", values, status=trouble.status, main_form=bool(ruling))


routes = [get(PATH, ask, signed_in), post(PATH, make, signed_in, once=True)]
