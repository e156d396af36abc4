"""/reviews/{id}: the application and the points side by side, saved as typed."""

from dataclasses import replace

from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.reviews import actions, events, queries
from govmatch.reviews.actions import Sheet
from govmatch.reviews.forms import read_sheet, sheet_form
from govmatch.reviews.models import Review, State
from govmatch.reviews.rubric import rubric_of
from govmatch.reviews.showing import CONFIDENCES, criteria_of, given_rows
from govmatch.reviews.views.access import jury, whole_number
from govmatch.reviews.views.one_page import path_of, shown
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


def show(visit: Visit) -> Answer:
    """Show a review, or the declaration that comes before it."""
    waiting = queries.get_undeclared(visit.db, visit.actor, visit.params["id"])
    if waiting is not None:
        return redirect(f"/reviews/challenges/{waiting.slug}/declaration")
    review = queries.get_own(visit.db, visit.actor, visit.params["id"])
    if review.state != State.ABSTAINED:
        read = events.ApplicationShown(
            review.application_id, review_id=review.id, person_id=review.person_id
        )
        visit.note(read)
    return shown(visit, review, sheet_form(actions.sheet_of(review)))


def save(visit: WritingVisit) -> Answer:
    """Keep what was typed, and stay; by itself, say when it was saved."""
    review, reader, sheet = _sent(visit)
    if visit.switching:
        return shown(visit, review, replace(reader.form, errors={}), revision=_revision(visit))
    if not reader.ok:
        return shown(visit, review, reader.form, revision=_revision(visit), status=422)
    try:
        _save(visit, review, sheet)
    except Conflict as conflict:
        return _conflict(visit, review, reader, sheet, conflict)
    if visit.fragment:
        return shown(visit, review, reader.form)
    visit.flash("success", msg("Saved. You can go on at any time."))
    return redirect(path_of(review))


def submit(visit: WritingVisit) -> Answer:
    """Keep what was typed and hand it in, or say what is missing; pressed twice it is done once."""
    review, reader, sheet = _sent(visit)
    if review.state == State.SUBMITTED:
        return redirect(path_of(review))
    if visit.switching or not reader.ok:
        form = replace(reader.form, errors={}) if visit.switching else reader.form
        status = 200 if visit.switching else 422
        return shown(visit, review, form, revision=_revision(visit), status=status)
    try:
        _save(visit, review, sheet)
        actions.submit(visit.session, review, actor=visit.actor, now=visit.now)
    except Conflict as conflict:
        return _conflict(visit, review, reader, sheet, conflict)
    except Invalid as error:
        # What was typed is kept, although it cannot be handed in like this.
        form = replace(reader.form, errors=error.errors)
        return replace(shown(visit, review, form, status=422), keeps=True)
    visit.flash("success", msg("Submitted. What others submitted stands below."))
    return redirect(path_of(review))


def _sent(visit: WritingVisit) -> tuple[Review, Reader, Sheet]:
    review = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    reader = Reader(visit.form)
    sheet = read_sheet(reader, rubric_of(review.application.challenge).by_hand)
    return review, reader, sheet


def _revision(visit: WritingVisit) -> int:
    return whole_number(visit.form.one("revision"))


def _save(visit: WritingVisit, review: Review, sheet: Sheet) -> None:
    actions.save(
        visit.session, review, sheet,
        revision=_revision(visit), actor=visit.actor, now=visit.now,
    )  # fmt: skip


def _conflict(
    visit: WritingVisit, review: Review, reader: Reader, sheet: Sheet, conflict: Conflict
) -> Answer:
    """Show what is kept beside what was typed; nothing was overwritten, nothing typed is gone."""
    form = replace(reader.form, errors={"": conflict.reason})
    differing = _differing(visit, review, sheet)
    # Whoever has only been warned has not seen the other text, so the next save asks again.
    revision = _revision(visit) if visit.fragment else None
    return shown(visit, review, form, differing=differing, revision=revision, status=409)


def _differing(visit: Visit, review: Review, sheet: Sheet) -> list[tuple[str, str]]:
    kept = actions.sheet_of(review)
    found: list[tuple[str, str]] = []
    criteria = criteria_of(review.application.challenge, visit.lang)
    theirs = given_rows(criteria, sheet, visit.lang)
    for own, other in zip(given_rows(criteria, kept, visit.lang), theirs, strict=True):
        if own != other:
            label, shown, words = own
            found.append((label, f"{shown}\n{words}" if words else shown))
    if kept.confidence != sheet.confidence:
        said = visit.say(CONFIDENCES[kept.confidence]) if kept.confidence else "–"
        found.append((visit.say(msg("How sure you are")), said))
    if kept.comment != sheet.comment:
        found.append((visit.say(msg("Comment on the whole")), kept.comment or "–"))
    if kept.private_note != sheet.private_note:
        found.append((visit.say(msg("Private note")), kept.private_note or "–"))
    return found


def abstain(visit: WritingVisit) -> Answer:
    """Leave it to the others, with a reason."""
    return _with_reason(visit, "abstain", msg("You left this one to the others."))


def conflict(visit: WritingVisit) -> Answer:
    """Declare a conflict with this application: it is closed at once."""
    return _with_reason(visit, "conflict", msg("Thank you. It is closed to you from now on."))


def _with_reason(visit: WritingVisit, act: str, thanks: Message) -> Answer:
    review = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    reader = Reader(visit.form)
    field = f"{act}_reason"
    reason = reader.text(field, limit=1000, lines=True)
    if visit.switching or not reader.ok:
        kept = sheet_form(actions.sheet_of(review))
        errors = {} if visit.switching else reader.errors
        form = Form({**kept.values, field: reason}, errors)
        return shown(visit, review, form, status=200 if visit.switching else 422)
    verb = actions.abstain if act == "abstain" else actions.declare_conflict
    verb(visit.session, review, reason, actor=visit.actor, now=visit.now)
    visit.flash("success", thanks)
    return redirect("/reviews")


def take_up(visit: WritingVisit) -> Answer:
    """Open a submitted review, or one that was left, to be changed."""
    review = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    actions.take_up(visit.session, review, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("You can change it now. It counts again once you submit it."))
    return redirect(path_of(review))


def to_review(visit: Visit) -> Answer:
    """Lead whoever loads the address of a button to the page that it stands on."""
    review = queries.get_own(visit.db, visit.actor, visit.params["id"])
    return redirect(path_of(review))


routes = [
    get("/reviews/{id}", show, jury, records=True),
    post("/reviews/{id}", save, jury),
    get("/reviews/{id}/submit", to_review, jury),
    post("/reviews/{id}/submit", submit, jury),
    post("/reviews/{id}/abstain", abstain, jury, once=True),
    post("/reviews/{id}/conflict", conflict, jury, once=True),
    post("/reviews/{id}/take-up", take_up, jury, once=True),
]
