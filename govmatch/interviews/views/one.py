"""One interview: its time and room, who listened, what was heard, and the points since."""

from dataclasses import replace

from govmatch.applications.models import How
from govmatch.interviews import actions, rules
from govmatch.interviews.calendar import as_file
from govmatch.interviews.forms import MOST_NOTES, read_held, read_revision, read_words
from govmatch.interviews.models import Interview
from govmatch.interviews.views.frame import PATH, case_of, comers, found, managers, path_of, workers
from govmatch.interviews.views.one_page import jury_ids, shown
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

HERE = f"{PATH}/{{interview}}"


def show(visit: Visit) -> Answer:
    challenge = case_of(visit)
    interview, how = found(visit, challenge)
    return shown(visit, challenge, interview, how, kept(interview))


def kept(interview: Interview) -> Form:
    return filled({"notes": interview.notes})


def _here(interview: Interview) -> str:
    return f"{path_of(interview.application.challenge)}/{interview.public_id}"


def _again(visit: Visit, form: Form, *, other_notes: str = "", status: int = 422) -> Answer:
    """Show the page again with what was typed in one of its forms."""
    challenge = case_of(visit)
    interview, how = found(visit, challenge)
    values = {**kept(interview).values, **form.values}
    return shown(
        visit, challenge, interview, how, Form(values, form.errors),
        other_notes=other_notes, status=status,
    )  # fmt: skip


def call_off(visit: WritingVisit) -> Answer:
    challenge = case_of(visit)
    interview, _ = found(visit, challenge)
    reason, form = read_words(visit.form, "reason")
    if visit.switching or form.errors:
        return _again(visit, _unless_switching(visit, form), status=_status(visit))
    actions.call_off(
        visit.session, interview, reason,
        revision=read_revision(visit.form), actor=visit.actor, now=visit.now,
    )  # fmt: skip
    visit.flash("success", msg("Called off. The firm is told, and the time is free again."))
    return redirect(_here(interview))


def _unless_switching(visit: WritingVisit, form: Form) -> Form:
    return replace(form, errors={}) if visit.switching else form


def _status(visit: WritingVisit) -> int:
    return 200 if visit.switching else 422


def hold(visit: WritingVisit) -> Answer:
    challenge = case_of(visit)
    interview, _ = found(visit, challenge)
    people, firm_people, form = read_held(visit.form, jury_ids(visit, challenge))
    if visit.switching or form.errors:
        return _again(visit, _unless_switching(visit, form), status=_status(visit))
    try:
        actions.hold(
            visit.session, interview, people, firm_people,
            revision=read_revision(visit.form), actor=visit.actor,
            now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return _again(visit, replace(form, errors=error.errors))
    visit.flash(
        "success", msg("Written down. Points so far are kept beside those after the interview.")
    )
    return redirect(_here(interview))


def note(visit: WritingVisit) -> Answer:
    """Keep the notes; what somebody else wrote meanwhile is shown beside what was typed."""
    challenge = case_of(visit)
    interview, how = found(visit, challenge)
    notes, form = read_words(visit.form, "notes", limit=MOST_NOTES, required=False)
    if visit.switching or form.errors:
        return _again(visit, _unless_switching(visit, form), status=_status(visit))
    require(rules.may_write_named(is_named=how is How.FULL))
    try:
        actions.note(
            visit.session, interview, notes,
            revision=read_revision(visit.form), actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Conflict as error:
        form = replace(form, errors={"notes": error.reason})
        return _again(visit, form, other_notes=interview.notes, status=409)
    visit.flash("success", msg("The notes are kept."))
    return redirect(_here(interview))


def calendar(visit: Visit) -> Answer:
    challenge = case_of(visit)
    interview, _ = found(visit, challenge)
    return as_file(visit, interview, _here(interview))


routes = [
    get(HERE, show, comers),
    get(f"{HERE}/calendar.ics", calendar, comers),
    post(f"{HERE}/call-off", call_off, managers, once=True),
    post(f"{HERE}/held", hold, workers, once=True),
    post(f"{HERE}/notes", note, workers, once=True),
]
