"""What the ranking reads: which documents hold a term, how much, and how long they are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.search.arrays import Docs, Floats
from govmatch.search.relevance.terms import ROOTS, TITLE, DocumentTerms
from govmatch.search.relevance.tuning import Saturation

Numbers = NDArray[np.uint32]
Impact = tuple[Docs, Floats]
"""Documents, ascending, and what a term weighs in each of them or adds to it."""

NOTHING: Impact = (np.empty(0, np.int32), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Norm:
    """k1 (1 - b + b length / mean length) for each document, and k1 + 1."""

    by_document: Floats
    top: float


def norm_of(lengths: Floats, mean: float, shape: Saturation) -> Norm:
    """Return what the weights of terms are held against in documents of these lengths."""
    relative = lengths / np.float32(mean) if mean else lengths
    return Norm((shape.k1 * (1 - shape.b + shape.b * relative)).astype(np.float32), shape.k1 + 1)


class Postings(Protocol):
    """An index as the ranking sees it; documents are numbered from 0 to `size`."""

    @property
    def size(self) -> int:
        """How many documents there are, those counted that cannot be found."""

    @property
    def population(self) -> int:
        """How many documents can be found; rarity is measured among them."""

    def postings(self, channel: str, term: str) -> Impact:
        """Return the documents that hold a term, ascending, and the weight it has in each."""

    def norm(self, channel: str, shape: Saturation) -> Norm:
        """Return what weights are held against, by the lengths of the documents."""

    def sequence(self, document: int) -> Numbers:
        """Return the words of a document in their order; see `terms.number`."""


class InMemory:
    """Postings of a few thousand documents, for tests and for measuring quality."""

    def __init__(self, documents: Iterable[DocumentTerms]) -> None:
        """Take in the documents; the first is number 0."""
        kept: dict[str, dict[str, list[tuple[int, float]]]] = {ROOTS: {}, TITLE: {}}
        lengths: dict[str, list[float]] = {ROOTS: [], TITLE: []}
        self._sequences: list[Numbers] = []
        for document, terms in enumerate(documents):
            for channel, weights in ((ROOTS, terms.roots), (TITLE, terms.title)):
                lengths[channel].append(sum(weights.values()))
                for term, weight in weights.items():
                    kept[channel].setdefault(term, []).append((document, weight))
            self._sequences.append(np.array(terms.sequence, np.uint32))
        self._kept = {channel: _packed(terms) for channel, terms in kept.items()}
        self._lengths = {channel: np.array(row, np.float32) for channel, row in lengths.items()}

    @property
    def size(self) -> int:
        return len(self._sequences)

    @property
    def population(self) -> int:
        return self.size

    def postings(self, channel: str, term: str) -> Impact:
        return self._kept[channel].get(term, NOTHING)

    def norm(self, channel: str, shape: Saturation) -> Norm:
        lengths = self._lengths[channel]
        return norm_of(lengths, float(lengths.mean()) if len(lengths) else 0.0, shape)

    def sequence(self, document: int) -> Numbers:
        return self._sequences[document]

    def vocabulary(self, channel: str) -> Sequence[str]:
        """Return the terms of a channel, each once, in the order of the alphabet."""
        return sorted(self._kept[channel])


def _packed(terms: Mapping[str, Sequence[tuple[int, float]]]) -> dict[str, Impact]:
    return {
        term: (
            np.array([document for document, _ in held], np.int32),
            np.array([weight for _, weight in held], np.float32),
        )
        for term, held in terms.items()
    }
