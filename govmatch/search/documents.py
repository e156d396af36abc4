"""From an entry to what the engine writes: terms, marks and facts, and back."""

import hashlib
import struct
from collections.abc import Mapping

import numpy as np

from govmatch.search.analysis import LANGUAGES, Places
from govmatch.search.blocks import FINEST
from govmatch.search.entry import MAX_TEXT, MAX_TITLE, Entry, microseconds, printable
from govmatch.search.form import FACTS_BYTES, Document
from govmatch.search.knowledge import Knowledge
from govmatch.search.relevance.terms import document_terms, read

ALWAYS = 0
"""The instant of what is public without a date."""

_FACTS = struct.Struct("=Qqff")
_END_OF_NAMES = b"\0"
DATE_BYTES = 8
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


def mark_root(root: str, language: str) -> str:
    """Return the term of a root in the labels of a text of another language."""
    return f"{language}:{root}"


def document(entry: Entry, known: Knowledge) -> Document:
    """Return the document that is written for an entry, its words read with what is known."""
    title = printable(entry.title)[:MAX_TITLE]
    text = printable(entry.text)[:MAX_TEXT]
    labels = printable(entry.labels)[:MAX_TEXT]
    in_title, everywhere = Places(), Places()
    in_title.add(title, entry.lang)
    for part in (title, text, labels):
        everywhere.add(part, entry.lang)
        everywhere.gap()
    found = document_terms(title, text, language=entry.lang, splitters=known.splitters)
    lengths = sum(found.roots.values()), sum(found.title.values())
    return Document(
        words=everywhere.places,
        title=in_title.places,
        roots=_with_labels(found.roots, labels, entry.lang),
        headings=found.title,
        concepts=_concepts(f"{title}\n{text}", entry.lang, known),
        sequence=np.array(found.sequence, np.uint32).tobytes(),
        marks=_marks(entry),
        facts=_FACTS.pack(_thing_number(entry), _visible_from(entry), *lengths),
        dates=_pack_dates(entry),
        text=text,
        head=_head(entry, title),
    )


def _with_labels(roots: Mapping[str, float], labels: str, language: str) -> Mapping[str, float]:
    """Return the roots with those of the labels, which may be in any language."""
    if not labels:
        return roots
    found = dict(roots)
    for one in dict.fromkeys((language, *LANGUAGES)):
        for words in read(labels, one):
            for word in words:
                if not word.is_stop:
                    term = word.root if one == language else mark_root(word.root, one)
                    found[term] = found.get(term, 0.0) + 1.0
    return found


def _concepts(text: str, language: str, known: Knowledge) -> Mapping[str, float]:
    """Return what a text speaks of, in steps that take a byte each."""
    found = known.concepts(text, language)
    return {term: max(1, round(weight * FINEST)) / FINEST for term, weight in found.items()}


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
    """Return the names of its dates and numbers, then their values."""
    known = {name: microseconds(moment) for name, moment in entry.dates.items()}
    known |= entry.numbers
    names = sorted(known)
    values = struct.pack(f"={len(names)}q", *(known[name] for name in names))
    return ",".join(names).encode() + _END_OF_NAMES + values


def names_of(packed: bytes) -> bytes:
    """Return what is the same for all documents with dates and numbers of the same names."""
    return packed.partition(_END_OF_NAMES)[0]


def places_of(packed: bytes) -> list[tuple[str, int]]:
    """Return each date and number of a document by name, and where its `DATE_BYTES` begin."""
    names = names_of(packed)
    first = len(names) + len(_END_OF_NAMES)
    known = names.decode().split(",") if names else []
    return [(name, first + number * DATE_BYTES) for number, name in enumerate(known)]
