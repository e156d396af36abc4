"""One segment as all threads share it: what was read once is kept, since it never changes."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.search import engine
from govmatch.search.arrays import NOTHING, Docs, Flags, Found, distinct
from govmatch.search.documents import DATE_BYTES, mark_facet, names_of, places_of
from govmatch.search.engine import Reading
from govmatch.search.form import HEADINGS, MARKS, ROOTS, WORDS
from govmatch.search.kept import Kept
from govmatch.search.relevance.nearby import Nearby
from govmatch.search.sieve import Sieve

NEVER = np.iinfo(np.int64).max
"""The date of a document that has none of this name."""

_FACTS = np.dtype(
    [("thing", "u8"), ("visible_from", "i8"), (ROOTS, "f4"), (HEADINGS, "f4")], align=False
)
_KEPT_POSTINGS = 2_000_000
"""Postings that are kept, 8 bytes each."""
_KEPT_BEGINNINGS = 50_000
"""Words kept of what beginnings stand for."""
_KEPT_HEADS = 3_000


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """The values of a facet: those of document n are `codes[starts[n]:starts[n + 1]]`."""

    values: Sequence[str]
    starts: NDArray[np.int32]
    codes: NDArray[np.int32]


class Shelf:
    """Keeps what was last read of all segments, each under its name."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.postings = Kept[tuple[str, str, str], Found](_KEPT_POSTINGS, lambda one: len(one) + 50)
        self.beginnings = Kept[tuple[str, str], Sequence[tuple[str, int]]](
            _KEPT_BEGINNINGS, lambda row: len(row) + 1
        )
        self.heads = Kept[tuple[str, int], dict[str, Any]](_KEPT_HEADS)


class Segment:
    """The documents of one segment, with what has been read of them so far.

    What is kept depends on the files alone, never on a generation: deletions come later and are
    the snapshot's matter. So a new generation starts with everything that the last one knew.
    """

    def __init__(self, folder: Path, raw: engine.Segment, shelf: Shelf) -> None:
        """Read the few bytes of each document that every search needs."""
        self.folder = folder
        self.raw = raw
        self.size = raw.documents
        facts = np.frombuffer(engine.facts(folder, raw), _FACTS)
        self._thing_of_each = np.ascontiguousarray(facts["thing"])
        self.visible_from = np.ascontiguousarray(facts["visible_from"])
        self.lengths = {name: np.ascontiguousarray(facts[name]) for name in (ROOTS, HEADINGS)}
        self._shelf = shelf
        self._names: list[str] | None = None
        self._facets: dict[str, Facet] = {}
        self._dates: Mapping[str, NDArray[np.int64]] | None = None

    @cached_property
    def things(self) -> tuple[Docs, NDArray[np.uint64]]:
        """For each document the number of its thing, from 0, and the names of the things."""
        return _distinguished(self._thing_of_each)

    @cached_property
    def instants(self) -> NDArray[np.int64]:
        """The instants from which documents are public, in order."""
        return np.sort(self.visible_from)

    @cached_property
    def nearby(self) -> Nearby:
        """The commonest roots of what is meant for the public, to be asked by letters."""
        return engine.nearby(self.folder, self.raw, ROOTS)

    @cached_property
    def words(self) -> Nearby:
        """The commonest words, to be asked by letters."""
        return engine.nearby(self.folder, self.raw, WORDS)

    @cached_property
    def _sieve(self) -> Sieve:
        return engine.sieve(self.folder, self.raw)

    def postings(self, reading: Reading, field: str, term: str) -> Found:
        """Return the documents that hold a term and what it weighs in each; maybe none."""
        if not self._sieve.may_hold(field, term):
            return NOTHING

        def read() -> Found:
            found = reading.held(field, term)
            return Found(found.docs, found.weights) if found else NOTHING

        return self._shelf.postings.get((self.raw.name, field, term), read)

    def numbers(self, reading: Reading, mark: str) -> Docs:
        """Return the documents with a mark that few have; nothing of it is kept."""
        found = reading.held(MARKS, mark)
        return found.docs if found else NOTHING.docs

    def head(self, reading: Reading, document: int) -> dict[str, Any]:
        """Return what is stored of a document, without its text."""
        return self._shelf.heads.get((self.raw.name, document), lambda: reading.head(document))

    def holds(self, reading: Reading, field: str, term: str) -> bool:
        """Return whether some document holds the term; its postings are not read for that."""
        if not self._sieve.may_hold(field, term):
            return False
        known = self._shelf.postings.find((self.raw.name, field, term))
        return reading.holds(field, term) if known is None else bool(len(known))

    def facet_names(self, reading: Reading) -> Sequence[str]:
        """Return the names of the facets that there are."""
        if self._names is None:
            self._names = list(_facet_names(reading))
        return self._names

    def facet(self, reading: Reading, name: str) -> Facet:
        """Return the values of a facet, of every document."""
        if (known := self._facets.get(name)) is None:
            known = self._facets[name] = self._read_facet(reading, name)
        return known

    def _read_facet(self, reading: Reading, name: str) -> Facet:
        beginning = mark_facet(name, "")
        marks = [mark for mark, _ in reading.terms_from(MARKS, beginning)]
        members = [self.numbers(reading, mark) for mark in marks]
        docs = np.concatenate([NOTHING.docs, *members])
        codes = np.repeat(np.arange(len(marks), dtype=np.int32), [len(one) for one in members])
        counts = np.bincount(docs, minlength=self.size)
        return Facet(
            values=[mark.removeprefix(beginning) for mark in marks],
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
            codes=codes[np.argsort(docs, kind="stable")],
        )

    def beginning_with(
        self, reading: Reading, prefix: str, *, at_most: int
    ) -> Sequence[tuple[str, int]]:
        """Return words of the texts that begin so, with how many documents hold each.

        The first `at_most` of them in the order of the alphabet.
        """
        return self._shelf.beginnings.get(
            (self.raw.name, prefix),
            lambda: list(islice(reading.terms_from(WORDS, prefix), at_most)),
        )

    def holding_beginning(self, reading: Reading, field: str, prefix: str, *, at_most: int) -> Docs:
        """Return the documents that hold one of the first terms of a field that begin so."""

        def read() -> Found:
            held = islice(reading.held_from(field, prefix), at_most)
            docs = distinct(np.concatenate([NOTHING.docs, *(one.docs for one in held)]))
            return Found(docs, np.ones(len(docs), np.float32))

        # A term never ends with a star, so no other entry is of this name.
        return self._shelf.postings.get((self.raw.name, field, f"{prefix}*"), read).docs

    def dates(self, reading: Reading, name: str) -> NDArray[np.int64]:
        """Return a date of every document in microseconds since 1970, `NEVER` where it has none."""
        if self._dates is None:
            self._dates = _dates(reading.dates())
        return self._dates.get(name, np.full(self.size, NEVER))


def _distinguished(things: NDArray[np.uint64]) -> tuple[Docs, NDArray[np.uint64]]:
    """Return for each document the number of its thing, from 0, and the names of the things.

    The documents of a thing follow each other, and no other segment has living ones of it.
    """
    begins: Flags = np.ones(len(things), np.bool_)
    begins[1:] = things[1:] != things[:-1]
    return (np.cumsum(begins) - 1).astype(np.int32), things[begins]


def _dates(packed: Sequence[bytes]) -> Mapping[str, NDArray[np.int64]]:
    """Return each date of all documents; those with dates of the same names are read at once."""
    alike: dict[bytes, list[int]] = {}
    for document, content in enumerate(packed):
        alike.setdefault(names_of(content), []).append(document)
    dates: dict[str, NDArray[np.int64]] = {}
    for documents in alike.values():
        joined = b"".join([packed[document] for document in documents])
        rows = np.frombuffer(joined, np.uint8).reshape(len(documents), -1)
        for name, start in places_of(packed[documents[0]]):
            values = np.ascontiguousarray(rows[:, start : start + DATE_BYTES]).view(np.int64)
            dates.setdefault(name, np.full(len(packed), NEVER))[documents] = values[:, 0]
    return dates


def _facet_names(reading: Reading) -> Iterator[str]:
    """Yield the names in the marks, leaping from one to the next."""
    start = mark_facet("", "")[:-1]
    while (mark := reading.first_from(MARKS, start)) and mark.startswith(mark_facet("", "")[:-1]):
        name = mark.split("=", 2)[1]
        yield name
        start = mark_facet(name, "")[:-1] + chr(ord("=") + 1)
