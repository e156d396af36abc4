"""Agreeing to the plan of a pilot, or returning it, from its overview."""

from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.pilots import actions
from govmatch.pilots.forms import read_revision
from govmatch.pilots.models import Pilot, State
from govmatch.pilots.queries.visible import Seen
from govmatch.pilots.rules import Sight
from govmatch.pilots.showing import path_of
from govmatch.pilots.views.frame import Trouble, pilot_of, trouble_with
from govmatch.pilots.views.overview.page import overview_page
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader
from govmatch.web.visit import WritingVisit


def answer_plan(visit: WritingVisit) -> Answer:
    """Agree to the plan that stands on the page, or return it with remarks."""
    pilot = pilot_of(visit)
    seen = Seen(pilot, Sight.FULL)
    revision = read_revision(visit.form)
    returns = visit.form.one("act") == "return"
    reader = Reader(visit.form)
    remarks = reader.text("remarks", limit=4_000, required=False, lines=True) if returns else ""
    if visit.switching:
        return overview_page(visit, seen, Trouble(Form(reader.form.values), 200))
    if not reader.ok:
        return overview_page(visit, seen, Trouble(reader.form, 422))
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
        return overview_page(visit, seen, Trouble(Form(reader.form.values, dict(errors)), 422))
    except Conflict as error:
        return overview_page(visit, seen, trouble_with(reader.form, error))
    visit.flash("success", _done(pilot, returns=returns))
    return redirect(path_of(pilot))


def _done(pilot: Pilot, *, returns: bool) -> Message:
    if returns:
        return msg("The plan is returned to the authority.")
    if pilot.state == State.RUNNING:
        return msg("Both sides have agreed. The pilot runs.")
    return msg("The plan is with the firm now.")
