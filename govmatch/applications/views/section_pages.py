"""One section of a form as its page shows it, and the parts of it that are renewed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import call, merging, queries
from govmatch.applications.actions import Saved
from govmatch.applications.changed_forms import left_over
from govmatch.applications.earlier import Earlier
from govmatch.applications.models import Application
from govmatch.applications.showing import title_in
from govmatch.applications.views.clashes import Clash
from govmatch.applications.views.file_rules import FileRules, file_rules
from govmatch.applications.views.offers import offers_of
from govmatch.applications.views.reading import (
    account_key,
    deadline,
    files_of,
    late_code,
    sent,
)
from govmatch.challenges.queries import form_number
from govmatch.kit.errors import NotFound
from govmatch.kit.formats import time_text
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.ids import token
from govmatch.kit.records import dataclass
from govmatch.questionnaires import (
    AnswersForm,
    Kind,
    Row,
    Section,
    answers_form,
    marked,
    text_for,
)
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True, kw_only=True)
class SavedPart:
    """The line below the fields: what is kept, since when, from whom, and what a page builds on."""

    revision: int
    base: str
    when: str
    by: str = ""
    """A colleague's name; empty where the reader saved last."""
    joined_with: str = ""
    warned_of: str = ""
    """A save by itself met a colleague's in the same paragraph: only this is answered."""
    joined: str = ""
    """For the script: what the fields hold now that a colleague's text was brought in."""


@dataclass(frozen=True, kw_only=True)
class SavedPage:
    saved: SavedPart
    writers: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class SectionPage:
    """One section as a form. `clashes` holds what a colleague and the reader wrote differently."""

    title: str
    title_lang: str | None
    challenge_title: str
    challenge_lang: str | None
    overview_url: str
    print_url: str
    action: str
    here_url: str
    account: str
    """Tells accounts apart in one browser and says nothing of them; empty where none may be kept
    there."""
    login_url: str
    closes: datetime | None
    zone: str
    place: int
    count: int
    form: AnswersForm
    summary_title: Message | None
    page_key: str
    sequence: str
    state: str
    saved: SavedPart
    saved_zone: str
    is_last: bool
    form_number: int
    """Which version of the form it is, so that a page of an earlier one is noticed."""
    left_over: list[Row]
    """Answers to what an earlier version of the form asked here."""
    written_in: str
    clashes: list[Clash]
    other_name: str
    other_at: datetime | None
    writers: list[str]
    takes_files: bool
    file_rules: FileRules | None
    offers: dict[str, list[Earlier]]
    counting: list[tuple[str, int, str]]
    """(criterion, weight of 100, what it asks)"""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a page shows of a section: answers of any state, and what is to be said of them."""

    answers: Mapping[str, object]
    errors: Mapping[str, Message] = field(default_factory=dict)
    summary_title: Message | None = None
    clashes: Sequence[Clash] = ()
    builds_on: tuple[int, str] | None = None
    """Revision and base of the page that was open; None: of what is kept now."""
    state: str = ""
    """"saved" or "unsaved" where the page answers a form that was sent."""
    status: int = 200


def section_of(visit: Visit, application: Application) -> Section:
    """Return the section that the address names; raises `NotFound`."""
    found = call.form(application.challenge).section(visit.params["section"])
    if found is None:
        raise NotFound
    return found


def section_page(visit: Visit, application: Application, section: Section, shown: Shown) -> Answer:
    """Return the whole page of a section."""
    challenge, lang = application.challenge, visit.lang
    sections = call.form(challenge).sections
    title, of_challenge = text_for(section.title, lang), title_in(challenge, lang)
    entry: Mapping[str, Any] = application.saved.get(section.id, {})
    here = f"/applications/{application.public_id}"
    files = files_of(visit, application)
    action = visit.url(f"{here}/sections/{section.id}")
    values = SectionPage(
        title=marked(title, lang),
        title_lang=title.lang if title.lang != lang else None,
        challenge_title=of_challenge.text,
        challenge_lang=of_challenge.lang if of_challenge.lang != lang else None,
        overview_url=visit.url(here),
        print_url=visit.url(f"{here}/print"),
        action=action,
        here_url=visit.url(f"{here}/sections/{section.id}/here"),
        account=account_key(visit),
        login_url=visit.url("/login", next=action),
        closes=deadline(challenge, late_code(visit, challenge)),
        zone=challenge.zone,
        place=sections.index(section) + 1,
        count=len(sections),
        form=answers_form(section, shown.answers, lang, errors=shown.errors, files=files),
        summary_title=shown.summary_title,
        page_key=_page_key(visit),
        sequence=str(sent(visit).sequence) if isinstance(visit, WritingVisit) else "0",
        state=shown.state,
        saved=_saved_part(visit, application, section, shown.builds_on),
        saved_zone=visit.zone,
        is_last=section == sections[-1],
        form_number=form_number(visit.db, challenge),
        left_over=left_over(visit.db, application, section, lang, files=files),
        written_in=application.lang,
        clashes=list(shown.clashes),
        other_name=name_of(visit, entry.get("by")) if shown.clashes else "",
        other_at=datetime.fromisoformat(entry["at"]) if shown.clashes and entry else None,
        writers=writers_of(visit, application, section),
        takes_files=any(question.kind is Kind.FILE for question in section.questions),
        file_rules=file_rules(challenge, [section]),
        offers=offers_of(visit, application, section, shown.answers),
        counting=[
            (pick(one.label, lang)[0], one.weight, pick(one.help, lang)[0])
            for one in call.counting_for(challenge, section)
        ],
    )
    return page(visit, "applications/section.html", values, status=shown.status, main_form=True)


def writers_of(visit: Visit, application: Application, section: Section) -> list[str]:
    return queries.writers(visit.db, application, section.id, actor=visit.actor, now=visit.real_now)


def _saved_part(
    visit: Visit, application: Application, section: Section, builds_on: tuple[int, str] | None
) -> SavedPart:
    entry: Mapping[str, Any] = application.saved.get(section.id, {})
    saver = entry.get("by")
    base = merging.write(merging.base_of(section, application.answers))
    revision, base = builds_on or (entry.get("revision", 0), base)
    return SavedPart(
        revision=revision,
        base=base,
        when=time_text(datetime.fromisoformat(entry["at"]), visit.lang, visit.zone, now=visit.now)
        if entry
        else "",
        by=name_of(visit, saver) if saver != visit.actor.person_id else "",
    )


def saved_fragment(
    visit: WritingVisit, application: Application, section: Section, saved: Saved, before_by: int
) -> Answer:
    """Answer a save by itself: the line, and what the page builds on from now on."""
    entry: Mapping[str, Any] = application.saved.get(section.id, {})
    mine, kept = (merging.base_of(section, a) for a in (saved.typed, saved.answers))
    part = SavedPart(
        revision=saved.revision,
        base=merging.write(kept),
        when=time_text(datetime.fromisoformat(entry["at"]), visit.lang, visit.zone, now=visit.now)
        if entry
        else "",
        joined_with=name_of(visit, before_by) if saved.joined else "",
        joined=_joined(visit, section, saved, mine) if saved.joined else "",
    )
    return _fragment(visit, part)


def _joined(
    visit: WritingVisit, section: Section, saved: Saved, mine: Mapping[str, tuple[str, ...]]
) -> str:
    """Return as JSON what fields hold now by question, and the digests of what was sent for it."""
    shown = answers_form(section, saved.answers, sent(visit).lang).values
    found = [
        {
            "id": question.id,
            "sent": ".".join(mine.get(question.id, ())),
            "fields": {
                name: [value] if isinstance(value, str) else value
                for name, value in shown.items()
                if name == question.field or name.startswith(f"cell-{question.id}-")
            },
        }
        for question in section.questions
        if saved.answers.get(question.id) != saved.typed.get(question.id)
    ]
    return json.dumps(found, ensure_ascii=False)


def warning_fragment(visit: WritingVisit, application: Application, section: Section) -> Answer:
    """Answer a save by itself that met a colleague's: nothing was kept, and the page knows no more.

    Whoever has only been warned has not seen the other text, so the next save asks again.
    """
    entry: Mapping[str, Any] = application.saved.get(section.id, {})
    part = SavedPart(
        revision=sent(visit).revision,
        base=visit.form.one("base"),
        when="",
        warned_of=name_of(visit, entry.get("by")),
    )
    return replace(_fragment(visit, part), status=409)


def _fragment(visit: WritingVisit, part: SavedPart) -> Answer:
    """Answer the line alone; who else is here the page asks by itself."""
    return page(visit, "applications/section.html", SavedPage(saved=part), block="saved")


def _page_key(visit: Visit) -> str:
    kept = visit.form.one("page") if isinstance(visit, WritingVisit) else ""
    return kept or token()


def name_of(visit: Visit, person_id: int | None) -> str:
    """Return what a colleague is called; who was erased is somebody."""
    if person_id is None:
        return ""
    return names_by_id(visit.db, [person_id]).get(person_id, "") or visit.say(
        msg("Somebody in your firm")
    )
