"""One segment as all threads share it: what was read once is kept, since it never changes."""

from array import array
from bisect import bisect_right
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, islice
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
        self.lengths = {name: engine.lengths(folder, raw, name) for name in ("body", "title")}
        self._lock = Lock()
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._held = 0
        self._masks: OrderedDict[str, Mask] = OrderedDict()
        self._names: list[str] | None = None
        self._facets: dict[str, Mapping[str, Members]] = {}
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

    def holds(self, reading: Reading, field: str, term: str) -> bool:
        """Return whether some document holds the term; its postings are not read for that."""
        known = self._postings.get((field, term))
        return bool(known.documents) if known else reading.holds(field, term)

    def facet_names(self, reading: Reading) -> Sequence[str]:
        """Return the names of the facets that there are."""
        if self._names is None:
            self._names = list(_facet_names(reading))
        return self._names

    def facet(self, reading: Reading, name: str) -> Mapping[str, Members]:
        """Return for each value of a facet the documents that have it."""
        if (known := self._facets.get(name)) is not None:
            return known
        beginning = mark_facet(name, "")
        found = {
            mark.removeprefix(beginning): Members.of(self.numbers(reading, mark), self.size)
            for mark, _ in reading.terms_from("marks", beginning)
        }
        self._facets[name] = found
        return found

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

    def words_in(self, documents: Mask, field: str) -> int:
        """Return how many words these documents have in a field, within a tenth."""
        lengths = Counter(compress(self.lengths[field], masks.flags(documents, self.size)))
        return sum(engine.length_of(byte) * number for byte, number in lengths.items())

    @cached_property
    def _by_instant(self) -> tuple[Sequence[int], Sequence[int]]:
        """The instants from which documents are public, in order, and their documents."""
        numbers = array("I", sorted(range(self.size), key=self._from.__getitem__))
        return array("q", [self._from[number] for number in numbers]), numbers

    def published(self, now: int) -> Mask:
        """Return the documents whose `visible_from` is not after `now`, in microseconds."""
        instants, numbers = self._by_instant
        count = bisect_right(instants, now)
        known_count, known = self._published
        if known_count != count:
            known = masks.of(numbers[:count], self.size)
            self._published = (count, known)
        return known


def _facet_names(reading: Reading) -> Iterator[str]:
    """Yield the names in the marks, leaping from one to the next."""
    start = mark_facet("", "")[:-1]
    while (mark := reading.first_from("marks", start)) and mark.startswith(mark_facet("", "")[:-1]):
        name = mark.split("=", 2)[1]
        yield name
        start = mark_facet(name, "")[:-1] + chr(ord("=") + 1)
