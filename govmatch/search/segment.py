"""One segment as all threads share it: what was read once is kept, since it never changes."""

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from threading import Lock

from govmatch.search import engine, masks
from govmatch.search.documents import mark_facet, unpack_dates
from govmatch.search.engine import Reading
from govmatch.search.masks import Mask, Members

_KEPT_POSTINGS = 750_000
"""Postings kept for each segment, 8 bytes each; the longest unused go first."""
_KEPT_TERMS = 6_000
_KEPT_MASKS = 1_000
_KEPT_BEGINNINGS = 500


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of a term, ascending, and how often each holds it."""

    documents: Sequence[int]
    weights: Sequence[float]


_NONE = Postings((), ())


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
        numbers = array("q", engine.facts(folder, raw))
        self.things = array("Q", numbers[0::2].tobytes())
        self._from = numbers[1::2]
        self.body_lengths = engine.lengths(folder, raw, "body")
        self.title_lengths = engine.lengths(folder, raw, "title")
        self._lock = Lock()
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._held = 0
        self._masks: OrderedDict[str, Mask] = OrderedDict()
        self._facets: Mapping[str, Mapping[str, Members]] | None = None
        self._beginnings: OrderedDict[str, Sequence[tuple[str, int]]] = OrderedDict()
        self._dates: list[Mapping[str, int]] | None = None
        self._published: tuple[int, Mask] = (0, 0)

    def postings(self, reading: Reading, field: str, term: str) -> Postings:
        """Return the postings of a term, empty ones when nothing holds it."""
        key = (field, term)
        with self._lock:
            if known := self._postings.get(key):
                self._postings.move_to_end(key)
                return known
        found = reading.postings(field, term)
        postings = Postings(*found) if found else _NONE
        with self._lock:
            if key not in self._postings:
                self._postings[key] = postings
                self._held += len(postings.documents)
            while self._held > _KEPT_POSTINGS or len(self._postings) > _KEPT_TERMS:
                _, dropped = self._postings.popitem(last=False)
                self._held -= len(dropped.documents)
        return postings

    def mask(self, reading: Reading, mark: str) -> Mask:
        """Return the documents with a mark."""
        with self._lock:
            if (known := self._masks.get(mark)) is not None:
                return known
        found = reading.postings("marks", mark)
        mask = masks.of(found[0], self.size) if found else 0
        with self._lock:
            self._masks[mark] = mask
            while len(self._masks) > _KEPT_MASKS:
                self._masks.popitem(last=False)
        return mask

    def numbers(self, reading: Reading, mark: str) -> Sequence[int]:
        """Return the documents with a mark that few have; nothing of it is kept."""
        found = reading.postings("marks", mark)
        return found[0] if found else ()

    def facets(self, reading: Reading) -> Mapping[str, Mapping[str, Members]]:
        """Return for each facet and value the documents that have it."""
        if self._facets is None:
            found: dict[str, dict[str, Members]] = {}
            for mark, _ in reading.terms_from("marks", mark_facet("", "")[:-1]):
                _, name, value = mark.split("=", 2)
                members = Members.of(self.numbers(reading, mark), self.size)
                found.setdefault(name, {})[value] = members
            self._facets = found
        return self._facets

    def beginning_with(
        self, reading: Reading, prefix: str, *, at_most: int
    ) -> Sequence[tuple[str, int]]:
        """Return words of the texts that begin so, with how many documents hold each.

        The first `at_most` of them in the order of the alphabet.
        """
        with self._lock:
            if (known := self._beginnings.get(prefix)) is not None:
                return known
        found = list(islice(reading.terms_from("body", prefix), at_most))
        with self._lock:
            self._beginnings[prefix] = found
            while len(self._beginnings) > _KEPT_BEGINNINGS:
                self._beginnings.popitem(last=False)
        return found

    def dates(self, reading: Reading) -> list[Mapping[str, int]]:
        """Return the dates of each document in microseconds since 1970."""
        if self._dates is None:
            self._dates = [unpack_dates(packed) for packed in reading.dates()]
        return self._dates

    @cached_property
    def _by_instant(self) -> list[tuple[int, int]]:
        return sorted((instant, number) for number, instant in enumerate(self._from))

    def published(self, now: int) -> Mask:
        """Return the documents whose `visible_from` is not after `now`, in microseconds."""
        count = bisect_right(self._by_instant, (now, self.size))
        known_count, known = self._published
        if known_count != count:
            known = masks.of((number for _, number in self._by_instant[:count]), self.size)
            self._published = (count, known)
        return known
