"""Documents as arrays: what was found with scores, and sets of documents as flags.

Documents are numbered from 0 through all segments of a generation. Work on 100,000 of them in
numpy takes as long as work on a few hundred in Python.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass

Docs = NDArray[np.int32]
"""Numbers of documents, ascending, each once."""
Flags = NDArray[np.bool_]
"""One flag for each document."""
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Documents and what each is worth, above zero."""

    docs: Docs
    scores: Floats

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self.docs)

    def within(self, flags: Flags) -> "Found":
        """Return those whose flag is set."""
        kept = flags[self.docs]
        return self if kept.all() else Found(self.docs[kept], self.scores[kept])

    def times(self, factor: float) -> "Found":
        """Return the same documents, each worth so many times as much."""
        return self if factor == 1.0 else Found(self.docs, self.scores * np.float32(factor))


NOTHING = Found(np.empty(0, np.int32), np.empty(0, np.float32))


def flags_of(docs: Iterable[int] | Docs, size: int) -> Flags:
    """Return the flags of these documents, each below `size`."""
    flags = np.zeros(size, np.bool_)
    flags[docs if isinstance(docs, np.ndarray) else list(docs)] = True
    return flags


def docs_of(flags: Flags) -> Docs:
    """Return the documents whose flag is set."""
    return np.flatnonzero(flags).astype(np.int32)


def best_of(found: Sequence[Found], size: int) -> Found:
    """Return every document of any of them with the highest of its scores."""
    return _together(found, size, add=False)


def sum_of(found: Sequence[Found], size: int) -> Found:
    """Return every document of any of them with the sum of its scores."""
    return _together(found, size, add=True)


_T = TypeVar("_T", bound=np.generic)


def distinct(values: NDArray[_T]) -> NDArray[_T]:
    """Return the different values in order; `numpy.unique` would load masked arrays for it."""
    ordered = np.sort(values)
    differs: Flags = np.ones(len(ordered), np.bool_)
    differs[1:] = ordered[1:] != ordered[:-1]
    kept: NDArray[_T] = ordered[differs]
    return kept


def _together(found: Sequence[Found], size: int, *, add: bool) -> Found:
    some = [one for one in found if len(one)]
    if len(some) < 2:
        return some[0] if some else NOTHING
    scores = np.zeros(size, np.float32)
    for one in some:
        here = scores[one.docs]
        scores[one.docs] = here + one.scores if add else np.maximum(here, one.scores)
    docs = docs_of(scores > 0)
    return Found(docs, scores[docs])


def in_all(found: Sequence[Found], size: int) -> Found:
    """Return the documents that all of them have, with the sum of their scores."""
    first, *others = sorted(found, key=len)
    docs, scores = first.docs, first.scores
    for other in others:
        if not len(docs):
            return NOTHING
        more = _spread(other, size)[docs]
        kept = more > 0
        docs, scores = docs[kept], scores[kept] + more[kept]
    return Found(docs, scores)


def in_some(found: Sequence[Found], size: int) -> Found:
    """Return the documents of any of them, worth less the fewer of them have it."""
    total = sum_of(found, size)
    holding = np.zeros(size, np.float32)
    for one in found:
        holding[one.docs] += 1
    return Found(total.docs, total.scores * (holding[total.docs] / np.float32(len(found))))


def raised(found: Found, more: Found, size: int) -> Found:
    """Return the same documents, worth more where the other has them too."""
    if not len(more) or not len(found):
        return found
    return Found(found.docs, found.scores + _spread(more, size)[found.docs])


def without(found: Found, gone: Found, size: int) -> Found:
    """Return the documents that the other has not."""
    if not len(gone) or not len(found):
        return found
    return found.within(~flags_of(gone.docs, size))


def _spread(found: Found, size: int) -> Floats:
    scores = np.zeros(size, np.float32)
    scores[found.docs] = found.scores
    return scores
