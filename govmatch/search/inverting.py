"""From documents with their terms to terms with their documents, as arrays.

A field is gathered document by document, which costs little more than a look at a dictionary for
each term, and given back term by term in the order of their bytes, as Whoosh wants to write them.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from govmatch.search.blocks import Held, together

Row = tuple[bytes, Held]
"""A term and where it stands."""


class _Numbers(dict[str, int]):
    """Gives each term the next number when it is seen for the first time."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class Inverted:
    """The terms of one field of documents that are added in their order."""

    def __init__(self) -> None:
        """Begin with no document."""
        self._numbers = _Numbers()
        self._terms = array("i")
        self._weights = array("f")
        self._docs = array("i")
        self._counts = array("i")
        self._sizes = array("H")
        self._places = array("H")

    def add(self, document: int, weights: Mapping[str, float]) -> None:
        """Take in the terms of a document and what each weighs in it."""
        numbers = self._numbers
        self._terms.extend([numbers[term] for term in weights])
        self._weights.extend(weights.values())
        self._docs.append(document)
        self._counts.append(len(weights))

    def add_places(self, document: int, places: Mapping[str, Sequence[int]]) -> None:
        """Take in the terms of a document and where each stands in it; that often it weighs."""
        sizes = {term: len(here) for term, here in places.items()}
        self.add(document, sizes)
        self._sizes.extend(sizes.values())
        for here in places.values():
            self._places.extend(here)

    def rows(self) -> Iterator[Row]:
        """Yield each term in the order of its bytes."""
        names = sorted((term.encode(), number) for term, number in self._numbers.items())
        rank = np.empty(len(names), np.int32)
        rank[[number for _, number in names]] = np.arange(len(names), dtype=np.int32)
        ranks = rank[np.frombuffer(self._terms, np.int32)] if names else rank
        order = np.argsort(ranks, kind="stable")
        ends = np.cumsum(np.bincount(ranks, minlength=len(names))).tolist()
        docs = np.repeat(
            np.frombuffer(self._docs, np.int32), np.frombuffer(self._counts, np.int32)
        )[order]
        weights = np.frombuffer(self._weights, np.float32)[order]
        sizes, places, edges = self._placed(order)
        start = 0
        for (name, _), end in zip(names, ends, strict=True):
            if sizes is None:
                yield name, Held(docs[start:end], weights[start:end])
            else:
                here = places[edges[start] : edges[end]]
                yield name, Held(docs[start:end], weights[start:end], sizes[start:end], here)
            start = end

    def _placed(
        self, order: NDArray[np.intp]
    ) -> tuple[NDArray[np.uint16] | None, NDArray[np.uint16], NDArray[np.int64]]:
        """Return how many places each posting has, all of them in this order, and their edges."""
        places = np.frombuffer(self._places, np.uint16) if self._places else np.empty(0, np.uint16)
        if not self._sizes:
            return None, places, np.zeros(1, np.int64)
        sizes = np.frombuffer(self._sizes, np.uint16)
        first = np.cumsum(sizes, dtype=np.int64) - sizes
        sizes, first = sizes[order], first[order]
        edges = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        rows = np.arange(len(places)) + np.repeat(first - edges[:-1], sizes)
        return sizes, places[rows], edges


def merged(sources: Sequence[Iterable[Row]]) -> Iterator[Row]:
    """Yield the rows of several fields as one; documents of later sources have higher numbers."""
    if len(sources) == 1:
        yield from sources[0]
        return
    numbered = [_numbered(source, number) for number, source in enumerate(sources)]
    for term, rows in groupby(merge(*numbered, key=lambda row: row[:2]), key=lambda row: row[0]):
        yield term, together([held for _, _, held in rows])


def _numbered(source: Iterable[Row], number: int) -> Iterator[tuple[bytes, int, Held]]:
    return ((term, number, held) for term, held in source)
