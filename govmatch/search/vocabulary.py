"""The words of a segment, read once and kept beside it: what may be near a word of a query.

Two lists of the commonest: roots of what is meant for the public, among which neighbours are
sought, and words as they are written, among which a slip of the pen is.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import field
from heapq import nlargest
from itertools import accumulate
from pathlib import Path
from typing import overload

from govmatch.kit.records import dataclass

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

    def take_root(self, term: bytes, public: int) -> None:
        """Take in a root and how many public documents hold it; those of labels are no words."""
        if public and b":" not in term and len(term) >= SHORTEST:
            self.roots.append((public, term.decode()))

    def take_word(self, term: bytes, documents: int) -> None:
        """Take in a word and how many documents hold it; numbers are left out."""
        if len(term) >= SHORTEST and not any(48 <= letter <= 57 for letter in term):
            self.words.append((documents, term.decode()))

    def dumps(self) -> str:
        """Return the commonest as text, in the order of the alphabet."""
        lines = [_line(self.roots, MOST_ROOTS), _line(self.words, MOST_WORDS)]
        return "\n".join(lines) + "\n"


def _line(counted: list[tuple[int, str]], most: int) -> str:
    kept = nlargest(most, (one for one in counted if SHORTEST <= len(one[1]) <= LONGEST))
    return " ".join(sorted(word for _, word in kept))


class Words(Sequence[str]):
    """Words of a line, a tenth of what they would take one by one."""

    def __init__(self, line: str) -> None:
        """Take in words with a blank between any two."""
        self._line = line
        lengths = accumulate(len(word) + 1 for word in line.split(" ")) if line else ()
        self._ends = array("i", (behind - 1 for behind in lengths))

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


def read_roots(path: Path) -> Words:
    """Return the roots of the public texts of a segment, those that many hold."""
    return Words(path.read_text("utf-8").split("\n")[0])


def read_words(path: Path) -> Words:
    """Return the words of the texts of a segment, those that many hold."""
    return Words(path.read_text("utf-8").split("\n")[1])
