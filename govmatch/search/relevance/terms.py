"""From a text to the terms by which it is ranked, for documents and queries alike.

Two channels of terms: `ROOTS` has the roots of all words but stop words, of a title twice, and at
half weight what compounds are made of and what hyphens join; `TITLE` has the roots of all words of
the title. Beside them stands the sequence of all roots as numbers, for what stands together.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from govmatch.kit.records import dataclass
from govmatch.search.analysis import (
    LANGUAGES,
    groups,
    is_stop,
    plain,
    restored,
    root,
    split,
    written_out,
)
from govmatch.search.relevance.compounds import Compounds

ROOTS, TITLE = "roots", "title"

TITLE_TIMES = 2
PIECE = 0.5
"""What a part of a compound counts, where the whole counts 1."""
MOST_WORDS = 20_000
"""Words of one text that are read."""
GAP = 0
"""Stands in a sequence where no word is, so that nothing reaches from a title into its text."""
_GAP_WORDS = 8

Splitters = Mapping[str, Compounds]
"""What takes compounds apart, by language; others are left whole."""


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """What is kept of one document: terms with their weights, and the sequence of its words."""

    roots: Mapping[str, float]
    title: Mapping[str, float]
    sequence: Sequence[int]


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """What is asked for: terms with their weights, every word in its place and its stop words.

    `spellings` has, for a term that people write in several ways, the others.
    """

    roots: Mapping[str, float]
    all_roots: Mapping[str, float]
    sequence: Sequence[str]
    stops: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as it is written, its root and whether it says nothing by itself.

    `number` stands for the root where roots are numbers, see `number`.
    """

    plain: str
    root: str
    is_stop: bool
    number: int


def read(text: str, language: str) -> Iterator[tuple[Word, ...]]:
    """Yield the words of a text, those written in one go together."""
    left = MOST_WORDS
    for group in groups(text):
        if found := _words(group, language):
            yield found
            left -= len(found)
        if left <= 0:
            return


@lru_cache(maxsize=65_536)
def _words(group: str, language: str) -> tuple[Word, ...]:
    words = (_word(part, language) for part in split(group))
    return tuple(word for word in words if word.root)


def _word(part: str, language: str) -> Word:
    own = root(part, language)
    return Word(plain(part), own, is_stop(part, language), number(own))


def document_terms(title: str, text: str, *, language: str, splitters: Splitters) -> DocumentTerms:
    """Return the terms of a document in this language; both texts may be empty."""
    splitter = splitters.get(language)
    roots: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    sequence: list[int] = []
    for words in read(title, language):
        titles.update(word.root for word in words)
        sequence.extend(word.number for word in words)
        _count(words, splitter, into=roots, times=TITLE_TIMES)
    if sequence:
        sequence.extend([GAP] * _GAP_WORDS)
    for words in read(text, language):
        sequence.extend(word.number for word in words)
        _count(words, splitter, into=roots, times=1)
    return DocumentTerms(roots, titles, sequence)


def query_terms(text: str, *, language: str, splitters: Splitters) -> QueryTerms:
    """Return the terms of a query in this language; of nothing but stop words, those."""
    splitter = splitters.get(language)
    roots: Counter[str] = Counter()
    everything: Counter[str] = Counter()
    stops: set[str] = set()
    sequence: list[str] = []
    spellings: dict[str, tuple[str, ...]] = {}
    for words in read(text, language):
        _count(words, splitter, into=roots, times=1)
        for word in words:
            everything[word.root] += 1
            sequence.append(word.root)
            if word.is_stop:
                stops.add(word.root)
            elif others := _other_spellings(word, language):
                spellings[word.root] = others
    if not roots:
        roots, stops = everything, set()
    return QueryTerms(roots, everything, sequence, frozenset(stops - roots.keys()), spellings)


def _count(
    words: Sequence[Word], splitter: Compounds | None, *, into: Counter[str], times: int
) -> None:
    for word in words:
        if word.is_stop:
            continue
        into[word.root] += times
        for piece in splitter.split(word.plain) if splitter else ():
            if piece != word.root:
                into[piece] += PIECE * times  # type: ignore[assignment]
    if len(words) > 1:
        into["".join(word.plain for word in words)] += PIECE * times  # type: ignore[assignment]


def _other_spellings(word: Word, language: str) -> tuple[str, ...]:
    """Return the roots of a word with its letters written out, and with those put back."""
    forms = [written_out(word.plain), *(restored(word.plain, one) for one in LANGUAGES)]
    found = (root(form, language) for form in forms if form != word.plain)
    return tuple(dict.fromkeys(form for form in found if form and form != word.root))


def number(root_: str) -> int:
    """Return a root as a number of 32 bits that is not `GAP`; few roots share one."""
    return crc32(root_.encode()) or 1
