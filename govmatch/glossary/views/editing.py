"""/glossary/new and /glossary/{key}/edit: what is typed, what it would do, and saving it.

Two steps on one address: the form leads to a preview, which keeps nothing, and from there what was
typed is saved or changed.
"""

from collections.abc import Iterable
from dataclasses import replace

from govmatch.glossary import actions, queries
from govmatch.glossary.checks import FIELDS, Faults, faults
from govmatch.glossary.entries import Entry, WordKind
from govmatch.glossary.forms import FILLED, Typed, empty_form, form_of, read_entry
from govmatch.glossary.preview import SHOWN, Preview, preview
from govmatch.glossary.views.frame import (
    FIELD_LABELS,
    LANGUAGE_NAMES,
    PATH,
    address_of,
    editor,
    in_order,
    name_of,
)
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.search.expansion import Expansions
from govmatch.search.results import Results
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class FieldPair:
    """The fields of one language."""

    lang: Lang
    legend: Message
    words: tuple[str, Message]
    abbreviations: tuple[str, Message]
    shipped: str


@dataclass(frozen=True)
class Difference:
    """A field that somebody else has saved otherwise meanwhile."""

    label: Message
    kept: str
    entered: str


@dataclass(frozen=True)
class Shared:
    """A word that another entry has too, and that entry."""

    word: str
    key: str
    name: str
    words: str


@dataclass(frozen=True)
class FormPage:
    entry: Entry | None
    name: str
    action: str
    back: str
    fields: list[FieldPair]
    form: Form
    labels: dict[str, Message]
    shared: list[Shared]
    differences: list[Difference]


@dataclass(frozen=True)
class Words:
    """What is about to be saved in one language, as it stands on the page."""

    lang: Lang
    label: Message
    text: str


@dataclass(frozen=True)
class PreviewPage:
    entry: Entry | None
    name: str
    action: str
    words: list[Words]
    kept: list[tuple[str, str]]
    found: Preview
    shown: int


def ask_new(visit: Visit) -> Answer:
    return _form_page(visit, None, empty_form())


def ask(visit: Visit) -> Answer:
    entry = queries.find_entry(visit.db, visit.settings.content_dir, visit.params["key"])
    return _form_page(visit, entry, form_of(entry))


def make(visit: WritingVisit) -> Answer:
    """Show what a new entry would do, or save it."""
    return _step(visit, None)


def alter(visit: WritingVisit) -> Answer:
    """Show what a change would do, or save it; a newer version is shown beside what was typed."""
    every = queries.all_entries(visit.db, visit.settings.content_dir)
    entry = next((one for one in every if one.key == visit.params["key"]), None)
    if entry is None:
        raise NotFound
    return _step(visit, entry, every)


def _step(visit: WritingVisit, entry: Entry | None, every: list[Entry] | None = None) -> Answer:
    typed, form = read_entry(visit.form)
    every = every or queries.all_entries(visit.db, visit.settings.content_dir)
    step = visit.form.one("step")
    is_preview = visit.form.one("shown") == "preview"
    if step == "change" or (visit.switching and not is_preview):
        return _form_page(visit, entry, replace(form, errors={}))
    if step.startswith("merge:") and not visit.switching:
        return _merged(visit, step.removeprefix("merge:"), typed, every)
    found = faults(typed.words, entry, every)
    errors = {**_shared_errors(found, typed), **form.errors, **found.errors}
    if errors:
        shared = _shared(visit, found) if not typed.apart else []
        return _form_page(visit, entry, replace(form, errors=errors), shared=shared, status=422)
    if step == "save" and not visit.switching:
        return _save(visit, entry, typed, form)
    return _preview_page(visit, entry, typed, form, every)


def _shared_errors(found: Faults, typed: Typed) -> dict[str, Message]:
    if typed.apart:
        return {}
    return {
        FIELDS[word.lang, word.kind]: msg("“{word}” stands in another entry too.", word=word.text)
        for word, _ in reversed(found.shared)
    }


def _shared(visit: Visit, found: Faults) -> list[Shared]:
    """Return each other entry that has one of the words, once."""
    by_key: dict[str, Shared] = {}
    for word, entry in found.shared:
        words = ", ".join(one for lang in in_order(visit.lang) for one in entry.of(lang))
        name, _ = name_of(entry, visit.lang)
        by_key.setdefault(entry.key, Shared(word.text, entry.key, name, words))
    return list(by_key.values())


def _merged(visit: Visit, key: str, typed: Typed, every: Iterable[Entry]) -> Answer:
    """Show the form of another entry, with what was typed added to its words."""
    entry = next((one for one in every if one.key == key), None)
    if entry is None:
        raise NotFound
    return _form_page(visit, entry, form_of(entry, *typed.words))


def _save(visit: WritingVisit, entry: Entry | None, typed: Typed, form: Form) -> Answer:
    try:
        key = _kept(visit, entry, typed)
    except Invalid as error:
        return _form_page(visit, entry, replace(form, errors=error.errors), status=422)
    except Conflict as error:
        return _conflict(visit, form, error.reason)
    visit.flash("success", msg("The entry is saved. Searches use it from now on."))
    return redirect(f"{PATH}/{key}")


def _kept(visit: WritingVisit, entry: Entry | None, typed: Typed) -> str:
    if entry is None:
        return actions.add(
            visit.session, typed.words, note=typed.note, actor=visit.actor, now=visit.now
        )
    actions.change(
        visit.session,
        entry.key,
        typed.words,
        note=typed.note,
        seen=typed.seen,
        content_dir=visit.settings.content_dir,
        actor=visit.actor,
        now=visit.now,
    )
    return entry.key


def _conflict(visit: Visit, form: Form, reason: Message) -> Answer:
    """Show both versions; what was typed may be saved over the newer one, knowingly (409)."""
    entry = queries.find_entry(visit.db, visit.settings.content_dir, visit.params["key"])
    kept = form_of(entry)
    labels = _labels()
    differences = [
        Difference(labels[name], kept.value(name), form.value(name))
        for name in (*FIELDS.values(), "note")
        if _lines(kept.value(name)) != _lines(form.value(name))
    ]
    values = {**form.values, "seen": str(entry.version)}
    form = Form(values, {"": reason})
    return _form_page(visit, entry, form, differences=differences, status=409)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _labels() -> dict[str, Message]:
    labels = {name: FIELD_LABELS[key] for key, name in FIELDS.items()}
    return {**labels, "note": msg("Note"), "queries": msg("Searches to try")}


def _form_page(
    visit: Visit,
    entry: Entry | None,
    form: Form,
    *,
    shared: Iterable[Shared] = (),
    differences: Iterable[Difference] = (),
    status: int = 200,
) -> Answer:
    values = FormPage(
        entry=entry,
        name=name_of(entry, visit.lang)[0] if entry else "",
        action=_action(visit, entry),
        back=address_of(visit, entry) if entry else visit.url(PATH),
        fields=[_pair(entry, lang) for lang in in_order(visit.lang)],
        form=form,
        labels=_labels(),
        shared=list(shared),
        differences=list(differences),
    )
    return page(visit, "glossary/form.html", values, status=status, main_form=True)


def _action(visit: Visit, entry: Entry | None) -> str:
    return address_of(visit, entry, "edit") if entry else visit.url(f"{PATH}/new")


def _pair(entry: Entry | None, lang: Lang) -> FieldPair:
    shipped = [word.text for word in entry.shipped if word.lang == lang] if entry else []
    word, short = (lang, WordKind.WORD), (lang, WordKind.ABBREVIATION)
    return FieldPair(
        lang=lang,
        legend=LANGUAGE_NAMES[lang],
        words=(FIELDS[word], FIELD_LABELS[word]),
        abbreviations=(FIELDS[short], FIELD_LABELS[short]),
        shipped=", ".join(shipped),
    )


def _preview_page(
    visit: Visit, entry: Entry | None, typed: Typed, form: Form, every: Iterable[Entry]
) -> Answer:
    wanted = replace(entry or Entry(key=""), own=typed.words, note=typed.note, version=1)
    now = [one for one in every if one.is_touched]
    then = [*(one for one in now if one.key != wanted.key), wanted]
    found = preview(wanted.words, typed.queries, now=now, then=then, ask=Asking(visit))
    values = PreviewPage(
        entry=entry,
        name=name_of(wanted, visit.lang)[0],
        action=_action(visit, entry),
        words=_in_words(visit, wanted),
        kept=[(name, form.value(name)) for name in (*FILLED, "seen", "apart") if form.value(name)],
        found=found,
        shown=SHOWN,
    )
    return page(visit, "glossary/preview.html", values, main_form=True)


def _in_words(visit: Visit, entry: Entry) -> list[Words]:
    return [
        Words(lang, LANGUAGE_NAMES[lang], ", ".join(entry.of(lang)))
        for lang in in_order(visit.lang)
        if entry.of(lang)
    ]


@dataclass(frozen=True)
class Asking:
    """Asks the index as this reader, and shows no title that they may not see."""

    visit: Visit

    def __call__(self, query: str, expansions: Expansions) -> Results:
        visit = self.visit
        found: Results = visit.site.tools["index"].search(
            query,
            audience=visit.actor.audience,
            now=visit.now,
            lang=visit.lang,
            facets=(),
            size=SHOWN,
            snippets=False,
            expansions=expansions,
        )
        return replace(found, hits=tuple(visit.site.tools["still_visible"](visit, found.hits)))


routes = [
    get(f"{PATH}/new", ask_new, editor),
    post(f"{PATH}/new", make, editor, once=True),
    get(f"{PATH}/{{key}}/edit", ask, editor),
    post(f"{PATH}/{{key}}/edit", alter, editor, once=True),
]
