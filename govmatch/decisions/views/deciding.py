"""/decisions/{decision}: the outbox of a decision, its confirmation, return and release."""

from dataclasses import replace

from govmatch.decisions import actions, queries
from govmatch.decisions.forms import revision_of
from govmatch.decisions.models import Decision, Kind, State
from govmatch.decisions.queries.letters import LetterCounts
from govmatch.decisions.views.access import (
    case_path,
    deciders,
    decision_of,
    decision_path,
    preparers,
)
from govmatch.decisions.views.bundle import bundle_path, first_unread
from govmatch.decisions.views.decision_page import decision_view
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, clean_text, filled, typed
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


def show(visit: Visit) -> Answer:
    """Show it with everything that it rests on and all its letters."""
    return decision_view(visit, decision_of(visit), filled({}))


def confirm(visit: WritingVisit) -> Answer:
    """Confirm it as the page showed it."""
    decision = decision_of(visit)
    actions.confirm(
        visit.session,
        decision,
        revision=revision_of(visit.form),
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash(
        "success",
        msgn(
            "Confirmed. A manager can release the letter once it is read.",
            "Confirmed. A manager can release the letters once all are read.",
            n=_letters(visit, decision) or 0,
        ),
    )
    return redirect(decision_path(decision))


def return_(visit: WritingVisit) -> Answer:
    """Send it back with remarks, which its authors read."""
    decision = decision_of(visit)
    try:
        actions.return_(
            visit.session,
            decision,
            remarks=clean_text(visit.form.one("remarks"), lines=True),
            revision=revision_of(visit.form),
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Invalid as error:
        form = replace(typed(visit.form), errors=error.errors)
        return decision_view(visit, decision, form, status=422)
    visit.flash("success", msg("It is back with its authors."))
    return redirect(decision_path(decision))


def take_back(visit: WritingVisit) -> Answer:
    """Make it a draft again."""
    decision = decision_of(visit)
    actions.take_back(
        visit.session,
        decision,
        revision=revision_of(visit.form),
        actor=visit.actor,
        now=visit.now,
    )
    visit.flash("success", msg("Taken back. It can be changed and proposed again."))
    return redirect(change_path(decision))


def change_path(decision: Decision) -> str:
    """Return where a decision that came back is changed."""
    here = case_path(decision.challenge)
    ends = {Kind.SELECTION: "", Kind.SUCCESSION: "/successor", Kind.ENDING: "/ending"}
    return here + ends[Kind(decision.kind)]


def check(visit: WritingVisit) -> Answer:
    """Note that the chosen letters were read and found right."""
    decision = decision_of(visit)
    chosen = [one.partition(":") for one in visit.form.all("read")]
    revisions = [(key, int(n)) for key, _, n in chosen if n.isascii() and n.isdigit()]
    if not revisions:
        error = {"read": msg("Please choose at least one letter.")}
        return decision_view(visit, decision, Form({}, error), status=422)
    left = actions.check_several(
        visit.session, decision, revisions, actor=visit.actor, now=visit.now
    )
    if left:
        visit.flash(
            "warning",
            msgn(
                "{n} letter was changed meanwhile and is still to be read.",
                "{n} letters were changed meanwhile and are still to be read.",
                n=left,
            ),
        )
    else:
        visit.flash("success", msg("Marked as read."))
    return redirect(_after_reading(visit, decision))


def _after_reading(visit: WritingVisit, decision: Decision) -> str:
    """Return the next letters to read for whoever reads them one after the other."""
    if not visit.form.one("bundle"):
        return decision_path(decision)
    visit.session.flush()
    unread = first_unread(queries.letters_of(visit.db, decision))
    return f"{bundle_path(decision)}?page={unread}" if unread else decision_path(decision)


def release(visit: WritingVisit) -> Answer:
    """Release everything at once; pressed a second time it changes nothing."""
    decision = decision_of(visit)
    try:
        is_new = actions.release(
            visit.session,
            decision,
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Conflict as error:
        if decision.state != State.CONFIRMED:
            raise
        form = Form({}, {"": error.reason})
        return decision_view(visit, decision, form, status=409)
    if is_new:
        visit.flash("success", _released(_letters(visit, decision)))
    else:
        visit.flash("info", msg("It was released already. Nothing has changed."))
    return redirect(decision_path(decision))


def _letters(visit: Visit, decision: Decision) -> int | None:
    """Return how many letters it has; None where the challenge is sealed and nobody may know."""
    if decision.challenge.opened_at is None:
        return None
    return queries.letter_counts(visit.db, [decision.id]).get(decision.id, LetterCounts()).total


def _released(letters: int | None) -> Message:
    if letters is None:
        return msg("Released. Whoever had submitted is being told by mail that there is a letter.")
    if not letters:
        return msg("Released. The decision is public now.")
    return msgn(
        "Released. The firm is being told by mail that it has a letter.",
        "Released. {n} letters are out. Every firm is being told by mail that it has one.",
        n=letters,
    )


ONE = "/decisions/{decision}"

routes = [
    get(ONE, show, deciders),
    post(f"{ONE}/confirm", confirm, deciders),
    post(f"{ONE}/return", return_, deciders, once=True),
    post(f"{ONE}/take-back", take_back, preparers),
    post(f"{ONE}/read", check, deciders),
    post(f"{ONE}/release", release, preparers),
]
