"""/desk/challenges/{slug}/remarks: reading it section by section, remarking, answering remarks."""

from govmatch.challenges import actions, queries
from govmatch.challenges.actions.remarks import Answered
from govmatch.challenges.models import Challenge, Remark
from govmatch.challenges.sections import Section
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.challenges.views.desk.remarks_page import (
    DONE,
    NEW,
    NOTE,
    ON_WHOLE,
    SAVED,
    read_written,
    remarks_page,
)
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import clean_text, typed
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PLACES = frozenset({ON_WHOLE, *Section})


def show(visit: Visit) -> Answer:
    return remarks_page(visit, challenge_of(visit))


def keep(visit: WritingVisit) -> Answer:
    """Keep all remarks of the page for their writer alone, and lead back to where that was."""
    challenge = challenge_of(visit)
    if visit.switching:
        return remarks_page(visit, challenge, typed(visit.form))
    drafts = _drafts(visit, challenge)
    try:
        actions.keep_remarks(
            visit.session,
            challenge,
            read_written(visit.form, drafts),
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Invalid as error:
        return _refused(visit, challenge, error)
    place = visit.form.one("at")
    if place in PLACES:  # there it is said, so that nobody loses the place where they read
        return redirect(f"{path_of(challenge)}/remarks?saved={place}#{place}")
    visit.flash("success", SAVED)
    return redirect(f"{path_of(challenge)}/remarks")


def return_(visit: WritingVisit) -> Answer:
    """Send it back with the remarks of the page, which its authors read."""
    challenge = challenge_of(visit)
    drafts = _drafts(visit, challenge)
    try:
        actions.return_(
            visit.session,
            challenge,
            written=read_written(visit.form, drafts),
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Invalid as error:
        return _refused(visit, challenge, error)
    visit.flash("success", msg("It is back with its authors."))
    return redirect(path_of(challenge))


def answer(visit: WritingVisit) -> Answer:
    """Keep what was done about remarks; a section's own page is led back to."""
    challenge = challenge_of(visit)
    if visit.switching:
        return remarks_page(visit, challenge, typed(visit.form))
    answers = [
        Answered(
            id=one.public_id,
            is_done=bool(visit.form.one(f"{DONE}{one.public_id}")),
            note=clean_text(visit.form.one(f"{NOTE}{one.public_id}"), lines=True),
        )
        for one in queries.remarks_of(visit.db, challenge)
        if f"{NOTE}{one.public_id}" in visit.form.fields
    ]
    try:
        actions.answer_remarks(visit.session, challenge, answers, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _refused(visit, challenge, error)
    visit.flash("success", msg("Your answers are saved."))
    section = visit.form.one("section")
    back = f"edit/{section}" if section in set(Section) else "remarks"
    return redirect(f"{path_of(challenge)}/{back}")


def _drafts(visit: Visit, challenge: Challenge) -> list[Remark]:
    person_id = visit.actor.person_id
    return [] if person_id is None else queries.own_drafts(visit.db, challenge, person_id)


def _refused(visit: WritingVisit, challenge: Challenge, error: Invalid) -> Answer:
    """Show the page again with everything that was typed."""
    whole = f"{NEW}{ON_WHOLE}"
    errors = {whole if name == "remarks" else name: text for name, text in error.errors.items()}
    return remarks_page(visit, challenge, typed(visit.form, errors), status=422)


ONE = "/desk/challenges/{slug}"

routes = [
    get(f"{ONE}/remarks", show, desk),
    post(f"{ONE}/remarks", keep, desk, once=True),
    post(f"{ONE}/remarks/answer", answer, desk, once=True),
    post(f"{ONE}/return", return_, desk, once=True),
]
