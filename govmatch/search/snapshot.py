"""One generation of the index as readers see it, and the threads that read it.

Its documents are numbered through all segments, so that nothing above has to know of these.
"""

import threading
from bisect import bisect_right
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import merge
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmatch.search import engine, folder
from govmatch.search.arrays import Docs, Flags, Floats, Found, distinct, flags_of
from govmatch.search.documents import mark_audience
from govmatch.search.engine import Reading, length_of
from govmatch.search.entry import PUBLIC
from govmatch.search.folder import InUse, Pointer
from govmatch.search.kept import Kept
from govmatch.search.segment import Facet, Segment

_USUAL = {"body": (150.0, 0.75), "title": (7.0, 0.5)}
"""Words of a text where none is public, and b: how much the length tells, from 0 to 1."""
_KEPT_FOUND = 4_000_000
"""Documents kept of what words found, 8 bytes each."""
_KEPT_RIGHTS = 8_000_000
"""Flags kept of what readers may find, a byte each."""


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
            self.segments = [known.get(raw.name) or Segment(self._path, raw) for raw in raws]
        except BaseException:
            self._in_use.close()
            raise
        self.starts = [0, *accumulate(segment.size for segment in self.segments)]
        self.size = self.starts[-1]
        self.alive = np.ones(self.size, np.bool_)
        for start, raw in zip(self.starts, raws, strict=False):
            self.alive[[start + document for document in raw.deleted]] = False
        self.visible_from = _joined([one.visible_from for one in self.segments], np.int64)
        self.words = Kept[Hashable, Any](_KEPT_FOUND, lambda kept: len(kept) + 50)
        self.rights = Kept[Hashable, Any](_KEPT_RIGHTS, len)
        self._norms: dict[str, Floats] = {}
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
    def things(self) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
        """For each document a number from 0 that its translations share, and the names of these."""
        if not self.segments:
            return np.empty(0, np.int32), np.empty(0, np.uint64)
        largest = max(range(len(self.segments)), key=lambda n: self.segments[n].size)
        names = self.segments[largest].sorted_things[0]
        others = [s.sorted_things[0] for n, s in enumerate(self.segments) if n != largest]
        new = distinct(np.concatenate([names[:0], *others]))
        new = np.setdiff1d(new, names, assume_unique=True)
        numbers = []
        for segment in self.segments:
            own, which = segment.sorted_things
            at = np.searchsorted(names, own)
            known = names[np.minimum(at, len(names) - 1)] == own
            at = np.where(known, at, len(names) + np.searchsorted(new, own))
            numbers.append(at.astype(np.int32)[which])
        return np.concatenate(numbers), np.concatenate([names, new])

    def published(self, now: int) -> int:
        """Return a number that tells which documents are public by now, in microseconds."""
        return sum(int(np.searchsorted(s.instants, now, side="right")) for s in self.segments)

    def norms(self, view: "View", field: str) -> Floats:
        """Return for each length byte what a count is multiplied with: less in longer texts.

        Longer than the mean of what is meant for the public: what is sealed changes no score.
        """
        if field not in self._norms:
            usual, b = _USUAL[field]
            public = self.alive & view.marked(mark_audience(PUBLIC))
            lengths = np.bincount(view.lengths(field)[public], minlength=256)
            words = np.array([length_of(byte) for byte in range(256)])
            documents = int(lengths.sum())
            mean = float(lengths @ words) / documents if documents else 0.0
            norms = 1 / (1 - b + b * words / (mean or usual))
            self._norms[field] = norms.astype(np.float32)
        return self._norms[field]

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

    def postings(self, field: str, term: str) -> Found:
        """Return the documents that hold the term and how often; deleted ones too."""
        found = [
            (start, segment.postings(reading, field, term))
            for start, segment, reading in self._each
        ]
        some = [(start, one) for start, one in found if len(one.documents)]
        if len(some) == 1 and not some[0][0]:
            return Found(some[0][1].documents, some[0][1].weights)
        return Found(
            _joined([one.documents + np.int32(start) for start, one in some], np.int32),
            _joined([one.weights for _, one in some], np.float32),
        )

    def places(self, field: str, term: str, wanted: Flags) -> tuple[Docs, Docs]:
        """Return each place of the term in flagged documents: the document, and the position."""
        docs, places = [], []
        for start, segment, reading in self._each:
            here = reading.places(field, term, wanted[start : start + segment.size])
            docs.append(here[0] + np.int32(start))
            places.append(here[1])
        return _joined(docs, np.int32), _joined(places, np.int32)

    def marked(self, mark: str) -> Flags:
        """Return the documents with a mark."""
        return flags_of(self.postings("marks", mark).docs, self.size)

    def with_mark(self, mark: str) -> Docs:
        """Return the documents with a mark that few have."""
        found = [segment.numbers(reading, mark) + start for start, segment, reading in self._each]
        return _joined(found, np.int32)

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Return the length byte of a field of each document."""
        return _joined([segment.lengths[field] for _, segment, _ in self._each], np.uint8)

    def holds(self, field: str, term: str) -> bool:
        """Return whether some document, deleted ones counted, holds the term."""
        return any(segment.holds(reading, field, term) for _, segment, reading in self._each)

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

    def terms_from(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the terms that begin so, each once, in the order of the alphabet."""
        each = [reading.terms_from(field, prefix) for _, _, reading in self._each]
        for term, _ in groupby(merge(*each), key=lambda found: found[0]):
            yield term

    def head(self, document: int) -> dict[str, Any]:
        """Return what is stored of a document, without its text."""
        segment, reading, number = self._at(document)
        return segment.head(reading, number)

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
