"""Asking a firm about its trade secrets, and deciding which of its marks hold."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from govmatch.applications import queries as applications
from govmatch.applications.actions import secrecy
from govmatch.dossiers.views.reading import ONE, readers
from govmatch.dossiers.views.reading_page import path_of, reading_page, the_application
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Reader, clean_text, typed
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

_END = time(23, 59)


def ask(visit: WritingVisit) -> Answer:
    """Ask the firm what of its application is a trade secret, or why what it marked should be."""
    application = the_application(visit)
    if visit.switching:
        return reading_page(visit, application, typed(visit.form))
    reader = Reader(visit.form)
    day = reader.day("due")
    if day is None:
        return reading_page(visit, application, reader.form, status=422)
    zone = ZoneInfo(application.challenge.zone)
    try:
        secrecy.ask(
            visit.session, application, clean_text(visit.form.one("text"), lines=True),
            doubted=visit.form.all("doubted"), due_at=datetime.combine(day, _END, zone),
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        form = typed(visit.form, error.errors)
        return reading_page(visit, application, form, status=422)
    visit.flash("success", msg("The firm is asked. Nothing of its application goes out meanwhile."))
    return redirect(path_of(application.challenge, application))


def decide(visit: WritingVisit) -> Answer:
    """Note which of the doubted marks hold."""
    application = the_application(visit)
    inquiry = applications.get_inquiry(visit.session, application, visit.params["inquiry"])
    if visit.switching:
        return reading_page(visit, application, typed(visit.form))
    try:
        secrecy.decide(
            visit.session, application, inquiry,
            lifted=visit.form.all("lifted"),
            reason=clean_text(visit.form.one("decision"), lines=True),
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        form = typed(visit.form, error.errors)
        return reading_page(visit, application, form, status=422)
    visit.flash("success", msg("Decided. The firm is told, with your reason."))
    return redirect(path_of(application.challenge, application))


def to_page(visit: Visit) -> Answer:
    """Lead whoever loads the address of a button to the page that it stands on."""
    application = the_application(visit)
    return redirect(path_of(application.challenge, application))


routes = [
    get(f"{ONE}/ask", to_page, readers),
    post(f"{ONE}/ask", ask, readers, once=True),
    get(f"{ONE}/decide/{{inquiry}}", to_page, readers),
    post(f"{ONE}/decide/{{inquiry}}", decide, readers, once=True),
]
