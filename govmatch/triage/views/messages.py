"""/triage/{id}/messages: what the firm and the authority write to each other."""

from govmatch.applications.actions import messaging
from govmatch.applications.models import Application
from govmatch.challenges.showing import text_of
from govmatch.correspondence import queries as correspondence
from govmatch.correspondence.queries import Line
from govmatch.correspondence.rules import Side
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg, pick
from govmatch.kit.records import dataclass
from govmatch.triage import queries, rules
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, clean_text, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class MessagesPage:
    """`names` says how each side is called."""

    title: str
    title_lang: str | None
    reference: str
    here: str
    back: str
    lines: list[Line]
    own: Side
    names: dict[Side, str]
    zone: str
    form: Form
    may_write: bool


def show(visit: Visit) -> Answer:
    """Show the thread to those who run, own or audit the challenge."""
    return _page(visit, _application(visit), Form())


def save(visit: WritingVisit) -> Answer:
    """Send a message to the firm."""
    application = _application(visit)
    if visit.switching:
        return _page(visit, application, typed(visit.form))
    try:
        messaging.write(
            visit.session,
            application,
            clean_text(visit.form.one("text"), lines=True),
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Invalid as error:
        return _page(visit, application, typed(visit.form, error.errors), status=422)
    visit.flash("success", msg("Your message is sent."))
    return redirect(f"/triage/{application.public_id}/messages")


def _application(visit: Visit) -> Application:
    return queries.get_readable(visit.db, visit.actor, visit.params["id"])


def _page(visit: Visit, application: Application, form: Form, *, status: int = 200) -> Answer:
    challenge, words = application.challenge, text_of(application.challenge, visit.lang)
    here = f"/triage/{application.public_id}"
    may_write = bool(rules.may_remark(visit.actor, application))
    values = MessagesPage(
        title=words.title,
        title_lang=words.lang if words.lang != visit.lang else None,
        reference=application.reference,
        here=visit.url(f"{here}/messages"),
        back=visit.url(here),
        lines=correspondence.lines(visit.db, messaging.SUBJECT, application.id),
        own=Side.AUTHORITY,
        names={
            Side.FIRM: application.firm.name,
            Side.AUTHORITY: pick(challenge.authority.names, visit.lang)[0],
        },
        zone=visit.zone,
        form=form,
        may_write=may_write,
    )
    return page(visit, "triage/messages.html", values, status=status, main_form=may_write)


PATH = "/triage/{id}/messages"

routes = [get(PATH, show, settled), post(PATH, save, settled, once=True)]
