"""/applications/{id}/messages: what the firm and the authority write to each other."""

from govmatch.applications import queries, rules
from govmatch.applications.actions import messaging
from govmatch.applications.models import Application
from govmatch.applications.showing import title_in
from govmatch.applications.views.reading import site_time
from govmatch.correspondence.queries import Line, lines
from govmatch.correspondence.rules import Side
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import pick
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class MessagesPage:
    title: str
    title_lang: str | None
    overview_url: str
    action: str
    lines: list[Line]
    own: str
    names: dict[str, str]
    zone: str
    may_write: bool
    form: Form


def show(visit: Visit) -> Answer:
    """Show the thread of an application of the reader's firm."""
    return _page(visit, _own(visit), filled({}))


def write(visit: WritingVisit) -> Answer:
    """Send a message to the authority."""
    application = _own(visit)
    if visit.switching:
        return _page(visit, application, typed(visit.form))
    try:
        messaging.write(
            visit.session, application, visit.form.one("text"),
            actor=visit.actor, now=site_time(visit), real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return _page(visit, application, typed(visit.form, error.errors), status=422)
    return redirect(f"/applications/{application.public_id}/messages")


def _own(visit: Visit) -> Application:
    return queries.get_own(visit.db, visit.actor, visit.params["id"])


def _page(visit: Visit, application: Application, form: Form, *, status: int = 200) -> Answer:
    challenge, lang = application.challenge, visit.lang
    title = title_in(challenge, lang)
    here = f"/applications/{application.public_id}"
    may_write = rules.side_of(visit.actor, application) is Side.FIRM
    values = MessagesPage(
        title=title.text,
        title_lang=title.lang if title.lang != lang else None,
        overview_url=visit.url(here),
        action=visit.url(f"{here}/messages"),
        lines=lines(visit.db, messaging.SUBJECT, application.id),
        own=Side.FIRM,
        names={
            Side.FIRM: application.firm.name,
            Side.AUTHORITY: pick(challenge.authority.names, lang)[0],
        },
        zone=challenge.zone,
        may_write=may_write,
        form=form,
    )
    return page(visit, "applications/messages.html", values, status=status, main_form=may_write)


routes = [
    get("/applications/{id}/messages", show, signed_in),
    post("/applications/{id}/messages", write, signed_in, once=True),
]
