"""Which words of the vocabulary are near a word: made of the same letters, four at a time.

The beginning of a word counts as a letter, its end does not, so that endings matter little. A word
is as near to another as the share of the other's fours that it has, each weighed by the square of
how rare it is in the vocabulary. This finds what stems and compounds miss: Infektion and infiziert,
a slip of the pen, a compound nobody could take apart.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.search.arrays import distinct

LETTERS = 4
SHORTEST = 4
"""Letters of a word that has neighbours or is one."""
LONGEST = 40

Neighbours = tuple[NDArray[np.int32], NDArray[np.float32]]
"""Places in the vocabulary, and how near each is, from 0 to 1."""

_NONE: Neighbours = (np.empty(0, np.int32), np.empty(0, np.float32))
_MARK = "_"


@dataclass(frozen=True, slots=True, eq=False)
class Fours:
    """Each four of a vocabulary once, in ascending order, and which terms are made of it.

    Those of four n are `holders[starts[n]:starts[n + 1]]`, their places in the vocabulary.
    """

    fours: NDArray[np.uint64]
    starts: NDArray[np.int32]
    holders: NDArray[np.int32]


class Nearby:
    """Finds the neighbours of a word among the terms of a vocabulary."""

    def __init__(self, vocabulary: Sequence[str], fours: Fours | None = None) -> None:
        """Take in the terms; about 50 bytes of memory for each.

        `fours` is what `fours_of` makes of them, where that was done before.
        """
        self.vocabulary = vocabulary
        known_fours = fours_of(vocabulary) if fours is None else fours
        self._fours, self._starts = known_fours.fours, known_fours.starts
        self._holders = known_fours.holders
        counts = np.diff(self._starts)
        known = max(1, int(np.count_nonzero(np.bincount(self._holders))))
        self._worth = (np.log(1 + known / counts) ** 2).astype(np.float32)
        self._rarest = float(np.log(1 + known) ** 2)

    def terms(self, word: str, *, likeness: float, most: int) -> list[tuple[str, float]]:
        """Return the same as `of`, the terms themselves with how near each is."""
        places, near = self.of(word, likeness=likeness, most=most)
        return [
            (self.vocabulary[n], how) for n, how in zip(places.tolist(), near.tolist(), strict=True)
        ]

    def of(self, word: str, *, likeness: float, most: int) -> Neighbours:
        """Return the terms that share at least `likeness` of the word, the word itself left out.

        At most so many, the nearest ones; of equally near ones those first in the vocabulary.
        """
        if not SHORTEST <= len(word) <= LONGEST:
            return _NONE
        asked = distinct(_fours(word))
        places = np.searchsorted(self._fours, asked)
        known = (places < len(self._fours)) & (
            self._fours[np.minimum(places, len(self._fours) - 1)] == asked
            if len(self._fours)
            else False
        )
        held = places[known]
        if not len(held):
            return _NONE
        mass = float(self._worth[held].sum()) + self._rarest * int((~known).sum())
        rows = [self._holders[self._starts[one] : self._starts[one + 1]] for one in held]
        worth = np.repeat(self._worth[held], [len(row) for row in rows])
        return self._nearest(word, np.concatenate(rows), worth / mass, likeness, most)

    def _nearest(
        self,
        word: str,
        holders: NDArray[np.int32],
        worth: NDArray[np.float32],
        likeness: float,
        most: int,
    ) -> Neighbours:
        total = np.bincount(holders, worth).astype(np.float32)
        terms = np.flatnonzero(total >= likeness)
        order = np.lexsort((terms, -total[terms]))[: most + 1]
        order = order[[self.vocabulary[term] != word for term in terms[order].tolist()]][:most]
        return terms[order].astype(np.int32), np.minimum(total[terms[order]], 1.0)


def nearest(rows: Sequence[Sequence[tuple[str, float]]], most: int) -> list[tuple[str, float]]:
    """Return the nearest terms of several vocabularies."""
    if len(rows) == 1:
        return list(rows[0])
    best: dict[str, float] = {}
    for row in rows:
        for term, near in row:
            best[term] = max(near, best.get(term, 0.0))
    return sorted(best.items(), key=lambda one: (-one[1], one[0]))[:most]


def fours_of(vocabulary: Sequence[str]) -> Fours:
    """Return the fours of all terms."""
    fours, holders = _held(vocabulary)
    first = np.ones(len(fours), np.bool_)
    first[1:] = fours[1:] != fours[:-1]
    starts = np.append(np.flatnonzero(first), len(fours)).astype(np.int32)
    return Fours(fours[first], starts, holders)


def _held(vocabulary: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return the fours of all terms in ascending order, and the term that each is of."""
    kept = [(n, word) for n, word in enumerate(vocabulary) if SHORTEST <= len(word) <= LONGEST]
    if not kept:
        return np.empty(0, np.uint64), np.empty(0, np.int32)
    letters = _codes("".join(_MARK + word for _, word in kept))
    lengths = np.array([len(word) + 1 for _, word in kept])
    places = np.array([place for place, _ in kept], np.int32)
    windows = _windows(letters)
    ends = np.cumsum(lengths)
    holders = np.repeat(places, lengths)[: len(windows)]
    inside = np.repeat(ends, lengths)[: len(windows)] - np.arange(len(windows)) >= LETTERS
    fours, holders = windows[inside], holders[inside]
    order = np.argsort(fours, kind="stable")  # of equal ones the holders ascend, as they do here
    fours, holders = fours[order], holders[order]
    first = np.ones(len(fours), bool)
    first[1:] = (fours[1:] != fours[:-1]) | (holders[1:] != holders[:-1])
    return fours[first], holders[first]


def _fours(word: str) -> NDArray[np.uint64]:
    return _windows(_codes(_MARK + word))


def _codes(text: str) -> NDArray[np.uint64]:
    """Return the letters as numbers of 16 bits; what needs more is cut to that."""
    return (np.frombuffer(text.encode("utf-32-le"), np.uint32) & 0xFFFF).astype(np.uint64)


def _windows(letters: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return each four letters that follow each other as one number."""
    count = max(0, len(letters) - LETTERS + 1)
    packed = np.zeros(count, np.uint64)
    for step in range(LETTERS):
        packed = (packed << np.uint64(16)) | letters[step : step + count]
    return packed
