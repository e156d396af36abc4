"""/pilots/{id}/presentation: when and where the firm shows what came of it."""

from datetime import datetime

from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, rules
from govmatch.pilots.forms import read_presentation
from govmatch.pilots.models import Pilot
from govmatch.pilots.showing import path_of
from govmatch.pilots.views.frame import Head, Trouble, head_of, pilot_of, trouble_with
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled, local_text
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}/presentation"


@dataclass(frozen=True)
class PresentationPage:
    head: Head
    at: datetime | None
    place: str
    presented_at: datetime | None
    can_plan: bool
    can_note: bool
    action: str
    form: Form


def show(visit: Visit) -> Answer:
    pilot = pilot_of(visit)
    at = pilot.presentation_at
    form = filled(
        {
            "at": local_text(at, pilot.challenge.zone),
            "place": pilot.presentation_place,
        }
    )
    return _page(visit, pilot, Trouble(form, 200))


def act(visit: WritingVisit) -> Answer:
    """Set time and place, or note that it took place."""
    pilot = pilot_of(visit)
    if visit.form.one("act") == "held":
        actions.hold_presentation(visit.session, pilot, actor=visit.actor, now=visit.now)
        visit.flash("success", msg("Noted: the final presentation has taken place."))
        return redirect(f"{path_of(pilot)}/presentation")
    at, place, form = read_presentation(visit.form, pilot.challenge.zone)
    if visit.switching:
        return _page(visit, pilot, Trouble(Form(form.values), 200))
    if (form.errors or at is None) and rules.may_plan_presentation(visit.actor, pilot):
        return _page(visit, pilot, Trouble(form, 422))
    try:
        actions.plan_presentation(
            visit.session, pilot, at=at or visit.now, place=place,
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        return _page(visit, pilot, trouble_with(form, error))
    visit.flash("success", msg("Saved. The firm and the mentors are told."))
    return redirect(f"{path_of(pilot)}/presentation")


def _page(visit: Visit, pilot: Pilot, trouble: Trouble) -> Answer:
    can_plan = bool(rules.may_plan_presentation(visit.actor, pilot))
    values = PresentationPage(
        head=head_of(visit, pilot),
        at=pilot.presentation_at,
        place=pilot.presentation_place,
        presented_at=pilot.presented_at,
        can_plan=can_plan,
        can_note=bool(rules.may_note_presentation(visit.actor, pilot, visit.now)),
        action=visit.url(f"{path_of(pilot)}/presentation"),
        form=trouble.form,
    )
    template = "pilots/presentation.html"
    return page(visit, template, values, status=trouble.status, main_form=can_plan)


routes = [get(PATH, show, signed_in), post(PATH, act, signed_in, once=True)]
