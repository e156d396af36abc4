"""The words of a segment, kept beside it: what may be near a word of a query.

Two lists of the commonest: roots of what is meant for the public, among which neighbours are
sought, and words as they are written, among which a slip of the pen is. Each is laid down with its
fours, so that the first question after a change need not take forty thousand words apart.

Beside them lies what tells which terms the segment lacks, see `sieve`.

A file is the lengths of its parts in bytes, nine numbers of 64 bits, and these parts: of each list
the words with a blank between any two, the fours, their starts, their holders; then the sieve.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import field
from heapq import nlargest
from os import SEEK_CUR
from pathlib import Path
from typing import overload

import numpy as np

from govmatch.kit.records import dataclass
from govmatch.search import sieve
from govmatch.search.form import ROOTS, WORDS
from govmatch.search.relevance.nearby import Fours, Nearby, fours_of
from govmatch.search.sieve import Sieve

MOST_ROOTS = 40_000
MOST_WORDS = 20_000
SHORTEST = 4
LONGEST = 40
"""Letters of a word that is near others."""


@dataclass(slots=True)
class Vocabulary:
    """Gathers the terms of a segment while they are written."""

    roots: list[tuple[int, str]] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)
    traces: list[int] = field(default_factory=list)

    def take(self, of: str, term: bytes) -> None:
        """Take in that there is a term in a field."""
        self.traces.append(sieve.trace(of, term))

    def take_root(self, term: bytes, public: int) -> None:
        """Take in a root and how many public documents hold it; those of labels are no words."""
        if public and b":" not in term and len(term) >= SHORTEST:
            self.roots.append((public, term.decode()))

    def take_word(self, term: bytes, documents: int) -> None:
        """Take in a word and how many documents hold it; numbers are left out."""
        if len(term) >= SHORTEST and not any(48 <= letter <= 57 for letter in term):
            self.words.append((documents, term.decode()))

    def dumps(self) -> bytes:
        """Return the commonest of both as the content of a file, in the order of the alphabet."""
        lists = (*_parts(self.roots, MOST_ROOTS), *_parts(self.words, MOST_WORDS))
        parts = (*lists, sieve.dumps(self.traces))
        return b"".join([np.array([len(part) for part in parts], _LENGTH).tobytes(), *parts])


_LENGTH = np.dtype(np.int64)
_FOURS, _PLACES = np.dtype(np.uint64), np.dtype(np.int32)
_LISTS, _OF_A_LIST = (ROOTS, WORDS), 4
_PARTS = len(_LISTS) * _OF_A_LIST + 1
_HEAD = _PARTS * _LENGTH.itemsize


def _parts(counted: list[tuple[int, str]], most: int) -> Sequence[bytes]:
    kept = nlargest(most, (one for one in counted if SHORTEST <= len(one[1]) <= LONGEST))
    words = sorted(word for _, word in kept)
    made = fours_of(words)
    return (
        " ".join(words).encode(),
        made.fours.tobytes(),
        made.starts.tobytes(),
        made.holders.tobytes(),
    )


class Words(Sequence[str]):
    """Words of a line, a tenth of what they would take one by one."""

    def __init__(self, line: str) -> None:
        """Take in words with a blank between any two."""
        self._line = line
        letters = np.frombuffer(line.encode("utf-32-le"), "<u4")
        ends = [*np.flatnonzero(letters == ord(" ")).tolist(), len(line)] if line else []
        self._ends = array("i", ends)

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        """Yield all of them, a good deal sooner than one by one."""
        return iter(self._line.split(" ") if self._line else ())

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        """Return a word by its place from 0, or some."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        end = self._ends[place]
        return self._line[self._line.rfind(" ", 0, end) + 1 : end]


def read(path: Path, of: str) -> Nearby:
    """Return the commonest roots of the public texts of a segment, or the words of all its texts.

    `of` is the field of either.
    """
    first = _LISTS.index(of) * _OF_A_LIST
    words, *made = _read(path, slice(first, first + _OF_A_LIST))
    return Nearby(
        Words(words.decode()),
        Fours(
            fours=np.frombuffer(made[0], _FOURS),
            starts=np.frombuffer(made[1], _PLACES),
            holders=np.frombuffer(made[2], _PLACES),
        ),
    )


def read_sieve(path: Path) -> Sieve:
    """Return what tells which terms a segment lacks."""
    return Sieve(*_read(path, slice(_PARTS - 1, _PARTS)))


def _read(path: Path, wanted: slice) -> list[bytes]:
    """Return some parts of a file that follow each other; `ValueError` when it is no such file."""
    with path.open("rb") as file:
        lengths = np.frombuffer(file.read(_HEAD), _LENGTH).tolist()
        if min(lengths) < 0 or _HEAD + sum(lengths) != path.stat().st_size:
            raise ValueError("its parts are longer or shorter than the file")
        file.seek(sum(lengths[: wanted.start]), SEEK_CUR)
        return [file.read(length) for length in lengths[wanted]]
