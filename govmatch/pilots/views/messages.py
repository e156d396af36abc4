"""/pilots/{id}/messages: what both sides write to each other."""

from govmatch.correspondence import queries as correspondence
from govmatch.correspondence.queries import Line
from govmatch.correspondence.rules import Side
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.pilots import rules
from govmatch.pilots.actions.writing import SUBJECT, write
from govmatch.pilots.models import Pilot
from govmatch.pilots.showing import path_of
from govmatch.pilots.views.frame import Head, head_of, pilot_of
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, clean_text, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}/messages"


@dataclass(frozen=True)
class MessagesPage:
    head: Head
    lines: list[Line]
    own: str
    names: dict[Side, str]
    can_write: bool
    action: str
    form: Form


def show(visit: Visit) -> Answer:
    return _page(visit, pilot_of(visit), Form())


def save(visit: WritingVisit) -> Answer:
    """Send a message to the other side."""
    pilot = pilot_of(visit)
    if visit.switching:
        return _page(visit, pilot, typed(visit.form))
    text = clean_text(visit.form.one("text"), lines=True)
    try:
        write(visit.session, pilot, text, actor=visit.actor, now=visit.now, real_now=visit.real_now)
    except Invalid as error:
        return _page(visit, pilot, typed(visit.form, error.errors), status=422)
    visit.flash("success", msg("Your message is sent."))
    return redirect(f"{path_of(pilot)}/messages")


def _page(visit: Visit, pilot: Pilot, form: Form, *, status: int = 200) -> Answer:
    head, can_write = head_of(visit, pilot), bool(rules.may_write(visit.actor, pilot))
    values = MessagesPage(
        head=head,
        lines=correspondence.lines(visit.db, SUBJECT, pilot.id),
        own=str(rules.side_of(visit.actor, pilot) or Side.AUTHORITY),
        names={Side.FIRM: head.firm, Side.AUTHORITY: head.authority},
        can_write=can_write,
        action=visit.url(f"{path_of(pilot)}/messages"),
        form=form,
    )
    return page(visit, "pilots/messages.html", values, status=status, main_form=can_write)


routes = [get(PATH, show, signed_in), post(PATH, save, signed_in, once=True)]
