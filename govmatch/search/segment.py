"""One segment as all threads share it: what was read once is kept, since it never changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmatch.search import engine
from govmatch.search.arrays import Docs, Floats
from govmatch.search.documents import mark_facet, unpack_dates
from govmatch.search.engine import Reading
from govmatch.search.kept import Kept

NEVER = np.iinfo(np.int64).max
"""The date of a document that has none of this name."""

_KEPT_POSTINGS = 2_000_000
"""Postings kept for each segment, 8 bytes each; the longest unused go first."""
_KEPT_BEGINNINGS = 500
_KEPT_HEADS = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The documents of a term, ascending, and how often each holds it."""

    documents: Docs
    weights: Floats


_NONE = Postings(np.empty(0, np.int32), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """The values of a facet: those of document n are `codes[starts[n]:starts[n + 1]]`."""

    values: Sequence[str]
    starts: NDArray[np.int32]
    codes: NDArray[np.int32]


class Segment:
    """The documents of one segment, with what has been read of them so far.

    What is kept depends on the files alone, never on a generation: deletions come later and are
    the snapshot's matter. So a new generation starts with everything that the last one knew.
    """

    def __init__(self, folder: Path, raw: engine.Segment) -> None:
        """Read the few bytes of each document that every search needs."""
        self.folder = folder
        self.raw = raw
        self.size = raw.documents
        numbers = np.frombuffer(engine.facts(folder, raw), np.int64).reshape(-1, 2)
        self.things = np.ascontiguousarray(numbers[:, 0]).view(np.uint64)
        self.visible_from = np.ascontiguousarray(numbers[:, 1])
        self.lengths = {
            name: np.frombuffer(engine.lengths(folder, raw, name), np.uint8)
            for name in ("body", "title")
        }
        self._postings = Kept[tuple[str, str], Postings](
            _KEPT_POSTINGS, lambda postings: len(postings.documents) + 50
        )
        self._beginnings = Kept[str, Sequence[tuple[str, int]]](_KEPT_BEGINNINGS)
        self._heads = Kept[int, dict[str, Any]](_KEPT_HEADS)
        self._names: list[str] | None = None
        self._facets: dict[str, Facet] = {}
        self._dates: Mapping[str, NDArray[np.int64]] | None = None

    @cached_property
    def sorted_things(self) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """The different things in order, and for each document which of them it tells of."""
        order = np.argsort(self.things)
        ordered = self.things[order]
        first = np.ones(self.size, np.bool_)
        first[1:] = ordered[1:] != ordered[:-1]
        numbers = np.empty(self.size, np.int32)
        numbers[order] = np.cumsum(first) - 1
        return ordered[first], numbers

    @cached_property
    def instants(self) -> NDArray[np.int64]:
        """The instants from which documents are public, in order."""
        return np.sort(self.visible_from)

    def postings(self, reading: Reading, field: str, term: str) -> Postings:
        """Return the postings of a term, empty ones when nothing holds it."""

        def read() -> Postings:
            found = reading.postings(field, term)
            return Postings(*found) if found else _NONE

        return self._postings.get((field, term), read)

    def numbers(self, reading: Reading, mark: str) -> Docs:
        """Return the documents with a mark that few have; nothing of it is kept."""
        found = reading.postings("marks", mark)
        return found[0] if found else _NONE.documents

    def head(self, reading: Reading, document: int) -> dict[str, Any]:
        """Return what is stored of a document, without its text."""
        return self._heads.get(document, lambda: reading.head(document))

    def holds(self, reading: Reading, field: str, term: str) -> bool:
        """Return whether some document holds the term; its postings are not read for that."""
        known = self._postings.find((field, term))
        return reading.holds(field, term) if known is None else bool(len(known.documents))

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
        marks = [mark for mark, _ in reading.terms_from("marks", beginning)]
        members = [self.numbers(reading, mark) for mark in marks]
        docs = np.concatenate([_NONE.documents, *members])
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
        return self._beginnings.get(
            prefix, lambda: list(islice(reading.terms_from("body", prefix), at_most))
        )

    def dates(self, reading: Reading, name: str) -> NDArray[np.int64]:
        """Return a date of every document in microseconds since 1970, `NEVER` where it has none."""
        if self._dates is None:
            self._dates = _dates(reading.dates())
        return self._dates.get(name, np.full(self.size, NEVER))


def _dates(packed: Sequence[bytes]) -> Mapping[str, NDArray[np.int64]]:
    dates: dict[str, NDArray[np.int64]] = {}
    for document, content in enumerate(packed):
        for name, moment in unpack_dates(content).items():
            if name not in dates:
                dates[name] = np.full(len(packed), NEVER)
            dates[name][document] = moment
    return dates


def _facet_names(reading: Reading) -> Iterator[str]:
    """Yield the names in the marks, leaping from one to the next."""
    start = mark_facet("", "")[:-1]
    while (mark := reading.first_from("marks", start)) and mark.startswith(mark_facet("", "")[:-1]):
        name = mark.split("=", 2)[1]
        yield name
        start = mark_facet(name, "")[:-1] + chr(ord("=") + 1)
