"""Reminding reviewers of what is open: those who are behind, one by one or all at once."""

from govmatch.accounts.queries import by_public_id
from govmatch.kit.errors import Conflict, NotFound
from govmatch.kit.i18n import msgn
from govmatch.reviews import actions
from govmatch.reviews.views.access import assigning, overseeing, overseen
from govmatch.web.answers import Answer, redirect
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/desk/challenges/{slug}/reviewing/remind"


def remind(visit: WritingVisit) -> Answer:
    """Send a mail to the person that the form names; where it names nobody, to all who are late."""
    challenge = overseen(visit)
    key = visit.form.one("person")
    person = by_public_id(visit.db, key) if key else None
    if key and person is None:
        raise NotFound
    try:
        number = actions.remind_now(
            visit.session,
            challenge,
            None if person is None else [person.id],
            actor=visit.actor,
            now=visit.now,
        )
    except Conflict as error:
        visit.flash("warning", error.reason)
    else:
        said = msgn("{n} person is reminded by mail.", "{n} people are reminded by mail.", n=number)
        visit.flash("success", said)
    return redirect(f"/desk/challenges/{challenge.slug}/reviewing")


def to_desk(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    return redirect(f"/desk/challenges/{overseen(visit).slug}/reviewing")


routes = [get(PATH, to_desk, overseeing), post(PATH, remind, assigning, once=True)]
