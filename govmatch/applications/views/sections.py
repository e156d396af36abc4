"""/applications/{id}/sections/{section}: one section of the form, saved as it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import actions, call, queries, rules
from govmatch.applications.actions import Saved, SectionConflict
from govmatch.applications.models import Application
from govmatch.applications.showing import title_in
from govmatch.applications.views.applying import UPLOAD_MB
from govmatch.applications.views.reading import attached, deadline, late_code, sent, site_time
from govmatch.files.queries import of_owner
from govmatch.kit.errors import NotFound
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Message, msg, msgn, pick
from govmatch.kit.ids import token
from govmatch.questionnaires import (
    AnswersForm,
    Attached,
    Row,
    Section,
    answers_form,
    errors_of,
    gaps_in,
    marked,
    parse_draft,
    rows,
    text_for,
)
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class SectionPage:
    """One section as a form. `others` holds what a colleague saved where two texts differ."""

    title: str
    title_lang: str | None
    challenge_title: str
    challenge_lang: str | None
    overview_url: str
    action: str
    closes: datetime | None
    zone: str
    place: int
    count: int
    form: AnswersForm
    summary_title: Message | None
    page_key: str
    revision: int
    saved_when: str
    saved_by: str
    saved_zone: str
    is_last: bool
    written_in: str
    others: list[Row]
    is_warning: bool
    """A save by itself met a colleague's: only the line is answered, and says so."""
    other_name: str
    other_at: datetime | None
    takes_files: bool
    counting: list[tuple[str, int, str]]
    """(criterion, weight of 100, what it asks)"""


def show(visit: Visit) -> Answer:
    """Show a section to be filled, or where nothing can be changed any more, all answers."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    section = _section(visit, application)
    held = queries.every_role(visit.db, visit.actor, real_now=visit.real_now)
    late = late_code(visit, application.challenge)
    if not rules.may_save(visit.actor, application, held=held, now=visit.now, late=late):
        return redirect(f"/applications/{application.public_id}/check")
    wanted = visit.query.one("show")
    gaps = gaps_in(section, application.answers, visit.lang) if wanted else []
    errors = errors_of([gap for gap in gaps if wanted == "gaps" or not gap.is_missing])
    return _page(visit, application, section, application.answers, errors=errors)


def save(visit: WritingVisit) -> Answer:
    """Keep what was typed; go on to the next section, or say what needs another look."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    now = site_time(visit)
    section = _section(visit, application)
    if visit.switching:
        return _in_other_language(visit, application, section)
    held = queries.every_role(visit.session, visit.actor, real_now=visit.real_now)
    try:
        saved = actions.save_section(
            visit.session, application, section, sent(visit),
            settings=visit.settings, held=held, actor=visit.actor, now=now,
            real_now=visit.real_now,
        )  # fmt: skip
    except SectionConflict as conflict:
        return _conflict(visit, application, section, conflict)
    if visit.fragment:
        return _page(visit, application, section, saved.answers)
    if saved.errors:
        return _saved_with_errors(visit, application, section, saved)
    return redirect(_next(visit, application, section))


def _section(visit: Visit, application: Application) -> Section:
    found = call.form(application.challenge).section(visit.params["section"])
    if found is None:
        raise NotFound
    return found


def _next(visit: WritingVisit, application: Application, section: Section) -> str:
    """Return where the pressed button leads: the list, the next section, or the check."""
    here = f"/applications/{application.public_id}"
    if visit.form.one("then") == "list":
        return here
    sections = call.form(application.challenge).sections
    following = sections[sections.index(section) + 1 :]
    return f"{here}/sections/{following[0].id}" if following else f"{here}/check"


def _saved_with_errors(
    visit: WritingVisit, application: Application, section: Section, saved: Saved
) -> Answer:
    """Show the section again: everything that could be kept is kept, also with this status."""
    title = msgn(
        "Saved. {n} answer needs another look",
        "Saved. {n} answers need another look",
        n=len(saved.errors),
    )
    answer = _page(
        visit, application, section, saved.answers,
        errors=saved.errors, summary_title=title, status=422,
    )  # fmt: skip
    return replace(answer, keeps=True)


def _in_other_language(visit: WritingVisit, application: Application, section: Section) -> Answer:
    typed = sent(visit)
    draft = parse_draft(section, typed.fields, lang=typed.lang, before=application.answers)
    return _page(visit, application, section, draft.answers, revision=typed.revision)


def _conflict(
    visit: WritingVisit, application: Application, section: Section, conflict: SectionConflict
) -> Answer:
    """Show both texts; nothing was overwritten, and nothing that was typed is gone."""
    kept = application.answers
    differing = Section(
        id=section.id,
        title=section.title,
        questions=tuple(
            question
            for question in section.questions
            if kept.get(question.id) != conflict.draft.answers.get(question.id)
        ),
    )
    others = rows(differing, kept, visit.lang, files=_files(visit, application))
    return _page(
        visit, application, section, conflict.draft.answers,
        errors={"": msg("Somebody else saved this section while you were writing.")},
        summary_title=msg("Two texts of the same section"), others=others, status=409,
        # Whoever has only been warned has not seen the other text, so the next save asks again.
        revision=sent(visit).revision if visit.fragment else None,
    )  # fmt: skip


def _page(
    visit: Visit,
    application: Application,
    section: Section,
    answers: Mapping[str, object],
    *,
    errors: Mapping[str, Message] | None = None,
    summary_title: Message | None = None,
    others: list[Row] | None = None,
    revision: int | None = None,
    status: int = 200,
) -> Answer:
    challenge, lang = application.challenge, visit.lang
    sections = call.form(challenge).sections
    title, of_challenge = text_for(section.title, lang), title_in(challenge, lang)
    entry: Mapping[str, Any] = application.saved.get(section.id, {})
    saver = entry.get("by")
    here = f"/applications/{application.public_id}"
    form = answers_form(section, answers, lang, errors=errors, files=_files(visit, application))
    values = SectionPage(
        title=marked(title, lang),
        title_lang=title.lang if title.lang != lang else None,
        challenge_title=of_challenge.text,
        challenge_lang=of_challenge.lang if of_challenge.lang != lang else None,
        overview_url=visit.url(here),
        action=visit.url(f"{here}/sections/{section.id}"),
        closes=deadline(challenge, late_code(visit, challenge)),
        zone=challenge.zone,
        place=sections.index(section) + 1,
        count=len(sections),
        form=form,
        summary_title=summary_title,
        page_key=_page_key(visit),
        revision=entry.get("revision", 0) if revision is None else revision,
        saved_when=_when(visit, datetime.fromisoformat(entry["at"])) if entry else "",
        saved_by=_name(visit, saver) if saver != visit.actor.person_id else "",
        saved_zone=visit.zone,
        is_last=section == sections[-1],
        written_in=application.lang,
        others=others or [],
        is_warning=visit.fragment and bool(others),
        other_name=_name(visit, saver) if others else "",
        other_at=datetime.fromisoformat(entry["at"]) if others and entry else None,
        takes_files=any(question.kind == "file" for question in section.questions),
        counting=[
            (pick(one.label, lang)[0], one.weight, pick(one.help, lang)[0])
            for one in call.counting_for(challenge, section)
        ],
    )
    return page(
        visit, "applications/section.html", values, block="saved", status=status, main_form=True
    )


def _when(visit: Visit, at: datetime) -> str:
    """Return the time of day in the reader's zone, with its day where that is not today."""
    zone = ZoneInfo(visit.zone)
    local = at.astimezone(zone)
    if local.date() == visit.now.astimezone(zone).date():
        return f"{local:%H:%M}"
    return datetime_text(at, visit.lang, visit.zone)


def _page_key(visit: Visit) -> str:
    kept = visit.form.one("page") if isinstance(visit, WritingVisit) else ""
    return kept or token()


def _name(visit: Visit, person_id: int | None) -> str:
    if person_id is None:
        return ""
    return names_by_id(visit.db, [person_id]).get(person_id, "") or visit.say(
        msg("Somebody in your firm")
    )


def _files(visit: Visit, application: Application) -> dict[str, Attached]:
    return attached(visit, application.public_id, of_owner(visit.db, "application", application.id))


routes = [
    get("/applications/{id}/sections/{section}", show, signed_in),
    post("/applications/{id}/sections/{section}", save, signed_in, upload_mb=UPLOAD_MB),
]
