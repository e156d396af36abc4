"""What editors type: words by language, a note, queries to try."""

import re

from govmatch.glossary.checks import FIELDS
from govmatch.glossary.entries import Entry, Word
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.search.query import MAX_LENGTH
from govmatch.web.fields import Form, Reader, clean_text, filled
from govmatch.web.visit import Values

NOTE = 500
QUERIES = 5
_CHARACTERS = 2_000
"""Of one field of words: more is no list of words."""
_BETWEEN = re.compile(r"[\n\t,;]+")


@dataclass(frozen=True)
class Typed:
    """What was typed; `apart` says that words of another entry mean something else here."""

    words: tuple[Word, ...]
    note: str
    queries: tuple[str, ...]
    apart: bool
    seen: int


def read_entry(values: Values) -> tuple[Typed, Form]:
    """Return what was typed, each word once, and the form with what is wrong in itself."""
    reader = Reader(values)
    words = [
        Word(lang, kind, text)
        for (lang, kind), name in FIELDS.items()
        for text in _words(reader.text(name, limit=_CHARACTERS, required=False, lines=True))
    ]
    queries = [
        clean_text(line, lines=False)
        for line in reader.text("queries", limit=_CHARACTERS, required=False, lines=True).split(
            "\n"
        )
    ]
    queries = list(dict.fromkeys(filter(None, queries)))
    if len(queries) > QUERIES or any(len(query) > MAX_LENGTH for query in queries):
        reader.wrong("queries", msg("Please give at most {n} searches, one a line.", n=QUERIES))
    typed = Typed(
        words=tuple({word.key: word for word in reversed(words)}.values())[::-1],
        note=reader.text("note", limit=NOTE, required=False),
        queries=tuple(queries),
        apart=reader.yes("apart"),
        seen=_number(values.one("seen")),
    )
    return typed, reader.form


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _words(text: str) -> list[str]:
    cleaned = (clean_text(part, lines=False).strip("\"'“”„»«") for part in _BETWEEN.split(text))
    return list(dict.fromkeys(filter(None, cleaned)))


def form_of(entry: Entry, *more: Word) -> Form:
    """Return the form as it is first shown for an entry, with further words in it."""
    own = {word.key: word for word in (*entry.own, *more)}
    there = {word.key for word in entry.shipped}
    shown: dict[str, str | list[str]] = {"note": entry.note, "seen": str(entry.version)}
    for (lang, kind), name in FIELDS.items():
        mine = [w for w in own.values() if (w.lang, w.kind) == (lang, kind) and w.key not in there]
        shown[name] = "\n".join(word.text for word in mine)
    return filled(shown)


def empty_form() -> Form:
    return filled({"seen": "0"})


FILLED = (*FIELDS.values(), "note", "queries")
"""What goes along from the preview as it was typed."""
