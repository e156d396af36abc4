"""/glossary: all entries to look at and to search, and the site's own as a file."""

from collections.abc import Iterable, Mapping

from govmatch.glossary import queries
from govmatch.glossary.entries import Entry, as_lines, folded
from govmatch.glossary.rules import may_edit
from govmatch.glossary.views.frame import (
    LANGUAGE_NAMES,
    PATH,
    address_of,
    editor,
    in_order,
    name_of,
)
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, attachment
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

SIZE = 50
TSV = "text/tab-separated-values; charset=utf-8"

# Where the alphabet of a language puts its own letters.
_ALPHABET: Mapping[Lang, Mapping[int, str]] = {
    "da": str.maketrans({"æ": "zæ", "ø": "zø", "å": "zå", "ä": "zæ", "ö": "zø"}),
    "de": str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"}),
    "en": {},
}
_DANISH_END = str.maketrans({"æ": "1", "ø": "2", "å": "3"})


@dataclass(frozen=True)
class Line:
    """One entry: its words by language in the reader's order, and where it comes from."""

    cells: list[tuple[Lang, Message, str]]
    name: str
    name_lang: Lang
    url: str
    badges: list[tuple[Message, str]]


@dataclass(frozen=True)
class ListPage:
    query: str
    tabs: list[tuple[Message, str, bool, int | None]]
    head: list[Message]
    lines: list[Line]
    total: int
    paging: Paging
    action: str
    may_edit: bool


def glossary_list(visit: Visit) -> Answer:
    """List the entries in the alphabet of the reader's language; what is off only for editors."""
    text, show = visit.query.one("q")[:100], visit.query.one("show")
    edits = bool(may_edit(visit.actor))
    every = queries.all_entries(visit.db, visit.settings.content_dir)
    kept = [one for one in every if one.words and (one.is_on or edits)]
    piles = {
        "own": [one for one in kept if one.is_touched],
        "off": [o for o in kept if not o.is_on],
    }
    if not edits or show not in piles:
        show = ""
    found = sorted(_with_text(piles.get(show, kept), text), key=lambda e: _place(e, visit.lang))
    number = page_number(visit.query.one("page"))
    paging = Paging(number, SIZE, len(found), lambda n: _url(visit, text, show, n))
    shown = found[paging.offset : paging.offset + SIZE]
    counts = {"": len(kept), **{name: len(pile) for name, pile in piles.items()}}
    values = ListPage(
        query=text,
        tabs=_tabs(visit, text, show, counts) if edits else [],
        head=[LANGUAGE_NAMES[lang] for lang in in_order(visit.lang)],
        lines=[_line(visit, one, edits=edits) for one in shown],
        total=len(found),
        paging=paging,
        action=_url(visit, "", show, 1),
        may_edit=edits,
    )
    return page(visit, "glossary/list.html", values, block="results")


def _with_text(entries: Iterable[Entry], text: str) -> Iterable[Entry]:
    wanted = folded(text)
    if not wanted:
        return entries
    return (one for one in entries if any(wanted in folded(word.text) for word in one.words))


def _place(entry: Entry, lang: Lang) -> tuple[bool, str]:
    """Return where an entry stands; those without a word in the reader's language come last."""
    name, name_lang = name_of(entry, lang)
    small = name.casefold().translate(_ALPHABET[lang])
    return name_lang != lang, small.translate(_DANISH_END) if lang == "da" else small


def _url(visit: Visit, text: str, show: str, number: int) -> str:
    return visit.url(PATH, q=text or None, show=show or None, page=number if number > 1 else None)


def _tabs(
    visit: Visit, text: str, show: str, counts: Mapping[str, int]
) -> list[tuple[Message, str, bool, int | None]]:
    labels = {"": msg("All entries"), "own": msg("Of this site"), "off": msg("Switched off")}
    return [
        (label, _url(visit, text, name, 1), show == name, counts[name])
        for name, label in labels.items()
    ]


def _line(visit: Visit, entry: Entry, *, edits: bool) -> Line:
    name, name_lang = name_of(entry, visit.lang)
    badges: list[tuple[Message, str]] = []
    if edits and entry.is_touched:
        badges.append((msg("Of this site"), "info"))
    if not entry.is_on:
        badges.append((msg("Switched off"), "neutral"))
    return Line(
        cells=[
            (lang, LANGUAGE_NAMES[lang], ", ".join(entry.of(lang))) for lang in in_order(visit.lang)
        ],
        name=name,
        name_lang=name_lang,
        url=address_of(visit, entry) if edits else "",
        badges=badges,
    )


def download(visit: Visit) -> Answer:
    """Give the site's entries in the form of the files, so that they can be handed on."""
    entries = queries.touched_entries(visit.db, visit.settings.content_dir)
    return attachment(as_lines(entries).encode(), "glossary.tsv", TSV)


routes = [
    get(PATH, glossary_list, anyone, cached=True, limit="search"),
    get(f"{PATH}.tsv", download, editor),
]
