"""What the index is made of: its fields, and what is written of each document."""

from collections.abc import Mapping, Sequence
from typing import Any

from govmatch.kit.records import dataclass

MARKS = "marks"
"""Who may find a document, its facets and its name, see `documents`."""
ROOTS, HEADINGS = "roots", "headings"
"""The roots of all words and those of the title, see `relevance.terms`."""
CONCEPTS = "concepts"
"""What a text speaks of in whatever language, see `bridge`."""
TITLE, WORDS = "title", "words"
"""The words of the title and of everything as they are written, with their places."""

FACTS_BYTES = 24
THING_BYTES = 8
"""Of the facts; they tell which thing a document is of."""
LAST_PLACE = 65_535
"""The highest position that is told apart; whatever stands later stands there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What is written for one entry.

    Words come with their places, roots and concepts with what they weigh, marks are present or not.
    `facts` are `FACTS_BYTES` bytes that are read for all documents at once, `sequence` numbers of
    32 bits, one for each word.
    """

    words: Mapping[str, Sequence[int]]
    title: Mapping[str, Sequence[int]]
    roots: Mapping[str, float]
    headings: Mapping[str, float]
    concepts: Mapping[str, float]
    sequence: bytes
    marks: Sequence[str]
    facts: bytes
    dates: bytes
    text: str
    head: dict[str, Any]
