"""From an entry to what the engine writes: terms, marks and facts, and back."""

import hashlib
import struct
from collections.abc import Mapping

from govmatch.search.analysis import LANGUAGES, Terms
from govmatch.search.engine import FACTS_BYTES, Document
from govmatch.search.entry import MAX_TEXT, MAX_TITLE, Entry, microseconds, printable

ALWAYS = 0
"""The instant of what is public without a date."""

_FACTS = struct.Struct("=Qq")
_DATE = struct.Struct("=q")
assert _FACTS.size == FACTS_BYTES


KIND, LANGUAGE = "kind", "lang"
"""Facets that every entry has by itself."""


def mark_audience(token: str) -> str:
    """Return the term of everything that holders of a token may find."""
    return f"may={printable(token)}"


def mark_closed(token: str) -> str:
    """Return the term of everything that one person never finds."""
    return f"not={printable(token)}"


def mark_facet(name: str, value: str) -> str:
    """Return the term of everything with a value of a facet."""
    return f"facet={name}={printable(value)}"


def mark_thing(kind: str, id_: str) -> str:
    """Return the term of all languages of one thing."""
    return f"thing={kind}:{id_}"


def mark_key(kind: str, id_: str, language: str) -> str:
    """Return the term of one entry."""
    return f"key={kind}:{id_}:{language}"


def document(entry: Entry) -> Document:
    """Return the document that is written for an entry."""
    title = printable(entry.title)[:MAX_TITLE]
    text = printable(entry.text)[:MAX_TEXT]
    in_title, everywhere = Terms(), Terms()
    in_title.add(title, entry.lang)
    everywhere.add(title, entry.lang)
    everywhere.gap()
    everywhere.add(text, entry.lang)
    everywhere.gap()
    everywhere.add(printable(entry.labels)[:MAX_TEXT], entry.lang, stem_in=LANGUAGES)
    return Document(
        body=everywhere.places,
        body_stems=everywhere.stems,
        title=in_title.places,
        title_stems=in_title.stems,
        marks=_marks(entry),
        facts=_FACTS.pack(_thing_number(entry), _visible_from(entry)),
        dates=_pack_dates(entry),
        text=text,
        head=_head(entry, title),
    )


def _marks(entry: Entry) -> list[str]:
    return [
        mark_facet(KIND, entry.kind),
        mark_facet(LANGUAGE, entry.lang),
        mark_thing(entry.kind, entry.id),
        mark_key(entry.kind, entry.id, entry.lang),
        *(mark_audience(token) for token in entry.audience),
        *(mark_closed(token) for token in entry.closed),
        *(mark_facet(name, value) for name, values in entry.facets.items() for value in values),
    ]


def _thing_number(entry: Entry) -> int:
    """Return 64 bits that tell things apart: two of a million meet once in 40 million indexes."""
    packed = f"{entry.kind}:{entry.id}".encode()
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest())


def _visible_from(entry: Entry) -> int:
    return ALWAYS if entry.visible_from is None else microseconds(entry.visible_from)


def _head(entry: Entry, title: str) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "lang": entry.lang,
        "title": title,
        "url": printable(entry.url),
        "facets": {name: tuple(values) for name, values in entry.facets.items()},
        "dates": {name: microseconds(moment) for name, moment in entry.dates.items()},
        "digest": entry.digest(),
    }


def _pack_dates(entry: Entry) -> bytes:
    return b"".join(
        bytes([len(name)]) + name.encode() + _DATE.pack(microseconds(moment))
        for name, moment in sorted(entry.dates.items())
    )


def unpack_dates(packed: bytes) -> Mapping[str, int]:
    """Return the dates of a document in microseconds since 1970."""
    dates: dict[str, int] = {}
    at = 0
    while at < len(packed):
        end = at + 1 + packed[at]
        name = packed[at + 1 : end].decode()
        dates[name] = _DATE.unpack_from(packed, end)[0]
        at = end + _DATE.size
    return dates
