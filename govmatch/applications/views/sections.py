"""/applications/{id}/sections/{section}: one section of the form, saved as it is typed."""

from dataclasses import replace

from govmatch.applications import actions, call, queries, rules
from govmatch.applications.actions import Saved, SectionConflict
from govmatch.applications.models import Application
from govmatch.applications.views.applying import UPLOAD_MB
from govmatch.applications.views.changed_form import save_as_seen, seen_form
from govmatch.applications.views.clashes import clashes_of
from govmatch.applications.views.offers import offers_of
from govmatch.applications.views.reading import late_code, require_in_time, sent, site_time
from govmatch.applications.views.section_pages import (
    SavedPage,
    SavedPart,
    Shown,
    name_of,
    saved_fragment,
    section_of,
    section_page,
    warning_fragment,
    writers_of,
)
from govmatch.kit.errors import NotAllowed
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.questionnaires import Answers, Section, errors_of, gaps_in, parse_draft
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


def show(visit: Visit) -> Answer:
    """Show a section to be filled, or where nothing can be changed any more, all answers."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    section = section_of(visit, application)
    held = queries.every_role(visit.db, visit.actor, real_now=visit.real_now)
    late = late_code(visit, application.challenge)
    if not rules.may_save(visit.actor, application, held=held, now=visit.now, late=late):
        return redirect(f"/applications/{application.public_id}/check")
    wanted = visit.query.one("show")
    gaps = gaps_in(section, application.answers, visit.lang) if wanted else []
    errors = errors_of([gap for gap in gaps if wanted == "gaps" or not gap.is_missing])
    return section_page(
        visit, application, section, Shown(answers=application.answers, errors=errors)
    )


def save(visit: WritingVisit) -> Answer:
    """Keep what was typed; go on to the next section, or say what needs another look."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    now = site_time(visit)
    require_in_time(visit, application.challenge, now)
    seen = None if visit.switching else seen_form(visit, application)
    if seen is not None:
        return save_as_seen(visit, application, seen, now)
    section = section_of(visit, application)
    if visit.switching or visit.form.one("take"):
        return _again(visit, application, section)
    held = queries.every_role(visit.session, visit.actor, real_now=visit.real_now)
    saver = application.saved.get(section.id, {}).get("by", 0)
    try:
        saved = actions.save_section(
            visit.session, application, section, sent(visit),
            settings=visit.settings, held=held, actor=visit.actor, now=now,
            real_now=visit.real_now,
        )  # fmt: skip
    except SectionConflict as conflict:
        return _conflict(visit, application, section, conflict)
    if visit.fragment:
        _note_writing(visit, application, section)
        return saved_fragment(visit, application, section, saved, saver)
    if saved.joined:
        visit.flash("info", _joined(name_of(visit, saver)))
    if saved.errors:
        return _saved_with_errors(visit, application, section, saved)
    actions.stop_writing(visit.session, application, section.id, actor=visit.actor)
    return redirect(_next(visit, application, section))


def here(visit: WritingVisit) -> Answer:
    """Note that the reader has the section open, and answer who else has."""
    application = queries.get_own(visit.session, visit.actor, visit.params["id"])
    section = section_of(visit, application)
    if not rules.is_writer(visit.actor, application):
        raise NotAllowed(rules.not_writing(visit.actor, application).reason)
    _note_writing(visit, application, section)
    if not visit.fragment:
        return redirect(f"/applications/{application.public_id}/sections/{section.id}")
    nothing = SavedPart(revision=0, base="", when="")
    values = SavedPage(saved=nothing, writers=writers_of(visit, application, section))
    return page(visit, "applications/section.html", values, block="writing")


def to_section(visit: Visit) -> Answer:
    """Lead whoever loads that address to the section."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    section = section_of(visit, application)
    return redirect(f"/applications/{application.public_id}/sections/{section.id}")


def _note_writing(visit: WritingVisit, application: Application, section: Section) -> None:
    actions.note_writing(
        visit.session, application, section.id, actor=visit.actor, real_now=visit.real_now
    )


def _joined(name: str) -> Message:
    return msg(
        "{name} had saved this section meanwhile. Your text and theirs are both in it.", name=name
    )


def _next(visit: WritingVisit, application: Application, section: Section) -> str:
    """Return where the pressed button leads: the list, the next section, or the check."""
    start = f"/applications/{application.public_id}"
    then, _, field = visit.form.one("then").partition(":")
    if then == "list":
        return start
    if then == "here":  # a table of this section shows more rows after it was saved
        anchor = f"#f-{field}" if section.question(field.removeprefix("q-")) else ""
        return f"{start}/sections/{section.id}{anchor}"
    sections = call.form(application.challenge).sections
    following = sections[sections.index(section) + 1 :]
    return f"{start}/sections/{following[0].id}" if following else f"{start}/check"


def _saved_with_errors(
    visit: WritingVisit, application: Application, section: Section, saved: Saved
) -> Answer:
    """Show the section again: everything that could be kept is kept, also with this status."""
    title = msgn(
        "Saved. {n} answer needs another look",
        "Saved. {n} answers need another look",
        n=len(saved.errors),
    )
    shown = Shown(
        answers=saved.answers, errors=saved.errors, summary_title=title, status=422, state="saved"
    )
    return replace(section_page(visit, application, section, shown), keeps=True)


def _again(visit: WritingVisit, application: Application, section: Section) -> Answer:
    """Show what was typed again and save nothing: in another language, or with an old answer."""
    what = sent(visit)
    draft = parse_draft(section, what.fields, lang=what.lang, before=application.answers)
    answers = _with_earlier(visit, application, section, draft.answers)
    builds_on = what.revision, visit.form.one("base")
    shown = Shown(answers=answers, builds_on=builds_on, state="unsaved")
    return section_page(visit, application, section, shown)


def _with_earlier(
    visit: WritingVisit, application: Application, section: Section, answers: Answers
) -> Answers:
    """Return the answers with one of before below what is typed, where its button was pressed."""
    wanted = visit.form.one("take")
    offers = offers_of(visit, application, section, {}) if wanted else {}
    one = next((one for found in offers.values() for one in found if one.id == wanted), None)
    if one is None:
        return answers
    question_id = wanted.partition(":")[0]
    there = answers.get(question_id)
    text = f"{there.rstrip()}\n\n{one.text}" if isinstance(there, str) and there else one.text
    return {**answers, question_id: text}


def _conflict(
    visit: WritingVisit, application: Application, section: Section, conflict: SectionConflict
) -> Answer:
    """Show both texts; nothing was overwritten, and nothing that was typed is gone."""
    if visit.fragment:
        return warning_fragment(visit, application, section)
    shown = Shown(
        answers=conflict.answers,
        errors={"": msg("Somebody else saved this section while you were writing.")},
        summary_title=msg("Two texts of the same section"),
        clashes=clashes_of(visit, application, section, conflict),
        status=409,
        state="unsaved",
    )
    return section_page(visit, application, section, shown)


routes = [
    get("/applications/{id}/sections/{section}", show, signed_in),
    post("/applications/{id}/sections/{section}", save, signed_in, upload_mb=UPLOAD_MB),
    get("/applications/{id}/sections/{section}/here", to_section, signed_in),
    post("/applications/{id}/sections/{section}/here", here, signed_in),
]
