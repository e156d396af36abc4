"""One generation of the index as readers see it, and the threads that read it.

Its documents are numbered through all segments, so that nothing above has to know of these.
"""

import threading
from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmatch.search import engine, folder
from govmatch.search.arrays import Docs, Flags, Floats, Found, flags_of
from govmatch.search.compact import CompactFound
from govmatch.search.documents import LANGUAGE, mark_facet
from govmatch.search.engine import Reading
from govmatch.search.folder import InUse, Pointer
from govmatch.search.form import HEADINGS, MARKS, ROOTS
from govmatch.search.kept import Kept, in_bytes
from govmatch.search.knowledge import Knowledge, knowledge_of
from govmatch.search.relevance.nearby import nearest
from govmatch.search.relevance.postings import Norm, norm_of
from govmatch.search.relevance.tuning import Saturation
from govmatch.search.segment import Facet, Segment, Shelf

_USUAL = {ROOTS: 150.0, HEADINGS: 7.0}
"""Words of a text where none may be read."""
_MOST_NORMS = 16
"""Kept at a time: readers mostly have one of a few views."""
_KEPT_FOUND, _KEPT_IMPACTS = (16_000_000, 400), (12_000_000, 240)
"""Bytes of what was found, and of what words add to the worth of documents: at least, and for each
document. Among 100,000 a hundred questions of five words have to fit, or none is answered warm."""
_KEPT_RIGHTS = 4_000_000, 80
"""Flags kept of what readers may find, a byte each."""


def _most(bounds: tuple[int, int], documents: int) -> int:
    return max(bounds[0], bounds[1] * documents)


class Snapshot:
    """One generation: immutable, shared by all threads of the process."""

    def __init__(self, index: Path, pointer: Pointer, before: "Snapshot | None") -> None:
        """Open the generation that the pointer names; `Damaged` when it is not whole."""
        folder.verify(index, pointer, content=False)
        self.pointer = pointer
        self._path = index / pointer.folder
        self._in_use = InUse(self._path)
        try:
            known = before.segments_by_name() if before and before.is_of(pointer) else {}
            raws = engine.segments_of(self._path, pointer.generation)
            self.shelf: Shelf = before.shelf if before and known else Shelf()
            self.segments = [
                known.get(raw.name) or Segment(self._path, raw, self.shelf) for raw in raws
            ]
        except BaseException:
            self._in_use.close()
            raise
        self.starts = [0, *accumulate(segment.size for segment in self.segments)]
        self.size = self.starts[-1]
        self.alive = np.ones(self.size, np.bool_)
        for start, raw in zip(self.starts, raws, strict=False):
            self.alive[[start + document for document in raw.deleted]] = False
        self.visible_from = _joined([one.visible_from for one in self.segments], np.int64)
        self.words = Kept[Hashable, Any](_most(_KEPT_FOUND, self.size), in_bytes)
        self.impacts = Kept[Hashable, CompactFound](_most(_KEPT_IMPACTS, self.size), in_bytes)
        self.rights = Kept[Hashable, Any](_most(_KEPT_RIGHTS, self.size), len)
        self._norms = Kept[Hashable, Norm](_MOST_NORMS)
        self._languages: dict[str, Flags] = {}
        self._facets: dict[str, Facet] = {}

    def is_of(self, pointer: Pointer) -> bool:
        """Return whether this lies in the folder that the pointer names."""
        return self.pointer.folder == pointer.folder

    def shows(self, pointer: Pointer) -> bool:
        """Return whether this is the generation that the pointer names."""
        return self.is_of(pointer) and self.pointer.generation == pointer.generation

    def segments_by_name(self) -> Mapping[str, Segment]:
        """Return the segments, to be taken over by the next generation."""
        return {segment.raw.name: segment for segment in self.segments}

    def view(self, readings: "Readings") -> "View":
        """Return the generation with this thread's own files."""
        return View(self, readings.of(self._path, self.segments))

    @cached_property
    def things(self) -> tuple[Docs, NDArray[np.uint64]]:
        """For each document a number from 0 that its translations share, and the names of these."""
        each = [segment.things for segment in self.segments]
        starts = [0, *accumulate(len(names) for _, names in each)]
        numbers = [own + np.int32(start) for start, (own, _) in zip(starts, each, strict=False)]
        return _joined(numbers, np.int32), _joined([names for _, names in each], np.uint64)

    def translations(self, document: int) -> Docs:
        """Return the documents that tell of the same thing, deleted ones and this one too."""
        numbers, _ = self.things
        first, behind = np.searchsorted(numbers, [numbers[document], numbers[document] + 1])
        return np.arange(first, behind, dtype=np.int32)

    def published(self, now: int) -> int:
        """Return a number that tells which documents are public by now, in microseconds."""
        return sum(int(np.searchsorted(s.instants, now, side="right")) for s in self.segments)

    @property
    def knowledge(self) -> Knowledge:
        """What the documents were read with."""
        return knowledge_of(self._path)

    def norm(
        self, view: "View", field: str, shape: Saturation, readable: Flags, key: tuple[object, ...]
    ) -> Norm:
        """Return what a term's weight is held against in each document: more in longer texts.

        Longer than the mean of what may be read: what is hidden from somebody changes no score.
        It is kept for all who have the same `key`, unless that is empty.
        """

        def work_out() -> Norm:
            lengths = view.lengths(field)
            read = lengths[readable]
            return norm_of(lengths, float(read.mean()) if len(read) else _USUAL[field], shape)

        return self._norms.get((key, field, shape), work_out) if key else work_out()

    def in_language(self, view: "View", language: str) -> Flags:
        """Return the documents in a language."""
        if language not in self._languages:
            self._languages[language] = view.marked(mark_facet(LANGUAGE, language))
        return self._languages[language]

    def facet(self, view: "View", name: str) -> Facet:
        """Return the values of a facet, of every document."""
        if name not in self._facets:
            self._facets[name] = _facet([*view.facets(name)])
        return self._facets[name]

    def close(self) -> None:
        """Let the folder be swept when nobody else reads it."""
        self._in_use.close()


def _joined(arrays: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate([np.empty(0, kind), *arrays])


def _facet(parts: Sequence[Facet]) -> Facet:
    """Return one facet for the documents of all segments."""
    if len(parts) == 1:
        return parts[0]
    values = sorted({value for part in parts for value in part.values})
    code = {value: number for number, value in enumerate(values)}
    codes, starts, before = [], [np.zeros(1, np.int32)], 0
    for part in parts:
        mine = np.array([code[value] for value in part.values], np.int32)
        codes.append(mine[part.codes] if len(mine) else part.codes)
        starts.append(part.starts[1:] + np.int32(before))
        before += len(part.codes)
    return Facet(values, np.concatenate(starts), _joined(codes, np.int32).astype(np.int32))


class View:
    """A generation as one thread sees it. Documents are numbered through all its segments."""

    def __init__(self, snapshot: Snapshot, readings: Sequence[Reading]) -> None:
        """Look at a generation through files of one's own."""
        self.snapshot = snapshot
        self.size = snapshot.size
        self._each = [*zip(snapshot.starts, snapshot.segments, readings, strict=False)]

    def _at(self, document: int) -> tuple[Segment, Reading, int]:
        number = bisect_right(self.snapshot.starts, document) - 1
        start, segment, reading = self._each[number]
        return segment, reading, document - start

    def postings(self, field: str, term: str, *, only: Collection[int] | None = None) -> Found:
        """Return the documents that hold the term and what it weighs in each; deleted ones too.

        `only` are the numbers of the segments that may hold it, where that is known.
        """
        found = [
            (start, segment.postings(reading, field, term))
            for number, (start, segment, reading) in enumerate(self._each)
            if only is None or number in only
        ]
        some = [(start, one) for start, one in found if len(one)]
        if len(some) == 1 and not some[0][0]:
            return some[0][1]
        return Found(
            _joined([one.docs + np.int32(start) for start, one in some], np.int32),
            _joined([one.scores for _, one in some], np.float32),
        )

    def places(self, field: str, term: str, wanted: Flags) -> tuple[Docs, Docs]:
        """Return each place of the term in flagged documents: the document, and the position."""
        docs, places = [], []
        for start, segment, reading in self._each:
            held = reading.held(field, term)
            if held and held.sizes is not None and held.places is not None:
                here = wanted[start : start + segment.size][held.docs]
                docs.append(np.repeat(held.docs[here], held.sizes[here]) + np.int32(start))
                places.append(held.places[np.repeat(here, held.sizes)].astype(np.int32))
        return _joined(docs, np.int32), _joined(places, np.int32)

    def marked(self, mark: str) -> Flags:
        """Return the documents with a mark."""
        return flags_of(self.postings(MARKS, mark).docs, self.size)

    def lengths(self, field: str) -> Floats:
        """Return for each document what the terms of a field weigh together."""
        return _joined([segment.lengths[field] for _, segment, _ in self._each], np.float32)

    def in_language(self, language: str) -> Flags:
        """Return the documents in a language."""
        return self.snapshot.in_language(self, language)

    def holds(self, field: str, term: str) -> bool:
        """Return whether some document, deleted ones counted, holds the term."""
        return any(segment.holds(reading, field, term) for _, segment, reading in self._each)

    def near(self, word: str, *, likeness: float, most: int) -> list[tuple[str, float]]:
        """Return roots of public texts that are near a word, with how near, the nearest first."""
        rows = [
            segment.nearby.terms(word, likeness=likeness, most=most) for _, segment, _ in self._each
        ]
        return nearest(rows, most)

    def spelt_like(self, word: str, *, likeness: float, most: int) -> list[tuple[str, float]]:
        """Return words of any texts that are spelt like a word; the caller asks for rights."""
        rows = [
            segment.words.terms(word, likeness=likeness, most=most) for _, segment, _ in self._each
        ]
        return nearest(rows, most)

    def facet_names(self) -> set[str]:
        """Return the names of the facets that there are."""
        return {name for _, segment, reading in self._each for name in segment.facet_names(reading)}

    def facets(self, name: str) -> Iterator[Facet]:
        """Yield the values of a facet for each segment."""
        for _, segment, reading in self._each:
            yield segment.facet(reading, name)

    def facet(self, name: str) -> Facet:
        """Return the values of a facet, of every document."""
        return self.snapshot.facet(self, name)

    def dates(self, name: str) -> NDArray[np.int64]:
        """Return a date of every document in microseconds since 1970, or `NEVER`."""
        dates = [segment.dates(reading, name) for _, segment, reading in self._each]
        return _joined(dates, np.int64)

    def beginning_with(self, prefix: str, *, at_most: int) -> Sequence[Sequence[tuple[str, int]]]:
        """Return for each segment its first words that begin so, and how many hold each."""
        return [
            segment.beginning_with(reading, prefix, at_most=at_most)
            for _, segment, reading in self._each
        ]

    def holding_beginning(self, field: str, prefix: str, *, at_most: int) -> Docs:
        """Return the documents that hold a term that begins so: in each segment, of the first."""
        found = [
            segment.holding_beginning(reading, field, prefix, at_most=at_most) + np.int32(start)
            for start, segment, reading in self._each
        ]
        return _joined(found, np.int32)

    def head(self, document: int) -> dict[str, Any]:
        """Return what is stored of a document, without its text."""
        segment, reading, number = self._at(document)
        return segment.head(reading, number)

    def sequence(self, document: int) -> NDArray[np.uint32]:
        """Return the words of a document in their order, as numbers."""
        _, reading, number = self._at(document)
        return np.frombuffer(reading.sequence(number), np.uint32)

    def text(self, document: int) -> str:
        """Return the text of a document as it was handed in."""
        _, reading, number = self._at(document)
        return reading.text(number)


class Readings:
    """The open files of one thread; they close with it."""

    def __init__(self) -> None:
        self._open: dict[tuple[Path, str], Reading] = {}

    def of(self, path: Path, segments: Sequence[Segment]) -> list[Reading]:
        """Return the reading of each segment, and close those of all others."""
        wanted = {(path, segment.raw.name): segment for segment in segments}
        for key in self._open.keys() - wanted.keys():
            self._open.pop(key).close()
        for key, segment in wanted.items():
            if key not in self._open:
                self._open[key] = Reading(path, segment.raw)
        return [self._open[key] for key in wanted]

    def close(self) -> None:
        """Close all files."""
        while self._open:
            self._open.popitem()[1].close()

    def __del__(self) -> None:
        """Close what the thread left open."""
        self.close()


class EachThread(threading.local):
    """Holds the readings of the present thread."""

    def __init__(self) -> None:
        super().__init__()
        self.readings = Readings()
