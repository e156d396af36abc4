"""Texts in passages of about a sentence, and which passages of two texts say the same."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Terms
from govmatch.search.bridge.concepts import Bridge

_BREAK = re.compile(r"\n\s*\n|\n\s*(?=[-*#>]|\d+\.\s)|(?<=[.!?:;])[\"'»“”)\]]*\s+(?=[^\Wa-z])")
"""An empty line, the mark of an item, or the end of a sentence before something that is no small
letter; abbreviations may cut one sentence in two, which costs nothing but a shorter passage."""
_MARKS = re.compile(r"^\s*(?:[-*#>]+|\d+\.)\s*")
_NUMBERS = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+")
_NUMBER = 1.0
"""What a number is worth beside a word."""
_LONGEST = 400
"""Passages that are looked at of one text: about ten pages."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, an item of a list or a heading: as it is written, and what it speaks of."""

    text: str
    terms: Terms


def passages(text: str, language: str, bridge: Bridge) -> tuple[Passage, ...]:
    """Return the passages of a text; those without a word that says anything are left out."""
    parts = (" ".join(_MARKS.sub("", part).split()) for part in _BREAK.split(text))
    read = [Passage(part, _terms(part, language, bridge)) for part in parts if part]
    return tuple(one for one in read if one.terms.text)[:_LONGEST]


def _terms(part: str, language: str, bridge: Bridge) -> Terms:
    """Return what a passage speaks of, and its numbers, which every language writes alike."""
    numbers = {f"#{number}": _NUMBER for number in numbers_in(part)}
    return Terms({**bridge.terms(part, language), **numbers}, {})


def numbers_in(text: str) -> list[str]:
    """Return the numbers of two digits and more, as plain digits with a point: 7.000 is 7000."""
    return [_plain(found) for found in _NUMBERS.findall(text) if len(found) > 1]


def _plain(written: str) -> str:
    grouped = bool(_GROUPED.fullmatch(written))
    return re.sub(r"\D", "", written) if grouped else re.sub(r"\D", ".", written)


@dataclass(frozen=True, slots=True)
class Pair:
    """The numbers of two passages that say the same, and how alike they are, from 0 to 1."""

    one: int
    other: int
    likeness: float


def aligned(
    one: Sequence[Passage], other: Sequence[Passage], *, rarity: Rarity, least: float
) -> list[Pair]:
    """Return which passages say the same, each in one pair at most, in the order of the first.

    Of all pairs that are `least` alike those most alike are taken first.
    """
    likeness = likenesses(one, other, rarity)
    rows, columns = np.nonzero(likeness >= least)
    order = np.lexsort((columns, rows, -likeness[rows, columns]))
    found: dict[int, Pair] = {}
    taken: set[int] = set()
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if row not in found and column not in taken:
            taken.add(column)
            found[row] = Pair(row, column, float(likeness[row, column]))
    return [found[row] for row in sorted(found)]


def likenesses(
    one: Sequence[Passage], other: Sequence[Passage], rarity: Rarity
) -> NDArray[np.float32]:
    """Return how alike each passage of one text is to each of the other."""
    numbers: dict[str, int] = {}
    vectors = [[rarity.text_vector(part.terms) for part in parts] for parts in (one, other)]
    for vector in (*vectors[0], *vectors[1]):
        for term in vector:
            numbers.setdefault(term, len(numbers))
    tables = []
    for some in vectors:
        table = np.zeros((len(some), len(numbers)), np.float32)
        for row, vector in enumerate(some):
            table[row, [numbers[term] for term in vector]] = list(vector.values())
        tables.append(table)
    return np.asarray(tables[0] @ tables[1].T, np.float32)
