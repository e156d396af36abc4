"""/glossary/{key}: one entry with its history, and its switch."""

from datetime import datetime

from govmatch.glossary import actions, queries
from govmatch.glossary.entries import Entry, read_words
from govmatch.glossary.models import GlossaryVersion
from govmatch.glossary.views.frame import (
    LANGUAGE_NAMES,
    PATH,
    address_of,
    editor,
    in_order,
    name_of,
)
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class LanguageLine:
    """The words of a language: those of the file and those of this site."""

    lang: Lang
    label: Message
    shipped: str
    own: str


@dataclass(frozen=True)
class Moment:
    """How the site's words read from a time on, and who wrote them."""

    at: datetime
    who: str
    words: str
    note: str
    is_on: bool


@dataclass(frozen=True)
class EntryPage:
    entry: Entry
    name: str
    name_lang: Lang
    lines: list[LanguageLine]
    history: list[Moment]
    change_url: str
    switch_url: str
    alert: Message | None


def show(visit: Visit) -> Answer:
    """Show an entry to those who may change it."""
    return _page(visit)


def _page(visit: Visit, *, alert: Message | None = None, status: int = 200) -> Answer:
    entry = queries.find_entry(visit.db, visit.settings.content_dir, visit.params["key"])
    name, name_lang = name_of(entry, visit.lang)
    values = EntryPage(
        entry=entry,
        name=name,
        name_lang=name_lang,
        lines=[_line(entry, lang) for lang in in_order(visit.lang)],
        history=[_moment(one) for one in queries.history(visit.db, entry.key)],
        change_url=address_of(visit, entry, "edit"),
        switch_url=address_of(visit, entry, "switch"),
        alert=alert,
    )
    return page(visit, "glossary/entry.html", values, status=status)


def _line(entry: Entry, lang: Lang) -> LanguageLine:
    shipped = {word.key: word.text for word in entry.shipped if word.lang == lang}
    own = [word.text for word in entry.own if word.lang == lang and word.key not in shipped]
    return LanguageLine(lang, LANGUAGE_NAMES[lang], ", ".join(shipped.values()), ", ".join(own))


def _moment(version: GlossaryVersion) -> Moment:
    return Moment(
        at=version.at,
        who=version.person.name if version.person else "",
        words=", ".join(word.text for word in read_words(version.words)),
        note=version.note,
        is_on=version.is_on,
    )


def switch(visit: WritingVisit) -> Answer:
    """Switch an entry off or on; what somebody else has changed meanwhile is shown first (409)."""
    on, seen = visit.form.one("on") == "yes", visit.form.one("seen")
    try:
        actions.switch(
            visit.session,
            visit.params["key"],
            on=on,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
            content_dir=visit.settings.content_dir,
            actor=visit.actor,
            now=visit.now,
        )
    except Conflict as error:
        return _page(visit, alert=error.reason, status=409)
    said = (
        msg("Searches use this entry again.") if on else msg("Searches no longer use this entry.")
    )
    visit.flash("success", said)
    return redirect(f"{PATH}/{visit.params['key']}")


routes = [
    get(f"{PATH}/{{key}}", show, editor),
    post(f"{PATH}/{{key}}/switch", switch, editor, once=True),
]
