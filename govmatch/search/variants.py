"""Which terms of the index a word of a query stands for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govmatch.search.analysis import LANGUAGES, split, stems, words

EXACT, HASTY, STEMMED, FOREIGN = 1.0, 0.9, 0.85, 0.6
"""What an occurrence counts: as written, with o for ø, in another form of the word in the reader's
language, and in a language that the reader may have meant."""
BEGINNING, INSIDE = 0.5, 0.4
"""As the beginning of another word, as a part of a compound."""

MOST_EXPANSIONS = 50
"""Terms that the beginning of a word may stand for."""
MIN_COMPOUND_BEGINNING = 5
_MIN_PIECE = 4
# Between the parts of a German or Danish compound; the empty one first.
_LINKS = ("", "s", "es", "n", "en", "er", "e", "ns")


Weighted = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Forms:
    """The terms of one word and what each counts: as written, and stemmed."""

    written: Weighted
    stemmed: Weighted


def forms(group: str, *, quoted: bool, lang: str, weight: float = 1.0) -> Forms:
    """Return the terms of a group taken as one word; a quoted one only as it is written.

    Texts in the index are found under the stems of their own language alone; the query is stemmed
    in all of them, because people search in other languages than they read.
    """
    joined = "".join(split(group))
    written = [(word, weight * (HASTY if n else EXACT)) for n, word in enumerate(words(joined))]
    if quoted:
        return Forms(written[:1], [])
    return Forms(
        written,
        [
            (stem, weight * (STEMMED if language == lang else FOREIGN))
            for language in LANGUAGES
            for stem in stems(joined, language)
        ],
    )


def beginnings(group: str) -> tuple[str, ...]:
    """Return what the compounds begin with that this word may be the first part of.

    The shorter of the word and its German and Danish stems, so that `Rechnungen` begins
    `Rechnungsstellung` as `Rechnung` does. Words of fewer than five letters begin too much.
    """
    joined = "".join(split(group))
    found = []
    for word in words(joined):
        starts = [stem[3:] for language in ("de", "da") for stem in stems(joined, language)]
        shorter = [s for s in starts if len(s) >= MIN_COMPOUND_BEGINNING and word.startswith(s)]
        found.append(min([*shorter, word], key=len))
    return tuple(
        start
        for start in dict.fromkeys(found)
        if len(start) >= MIN_COMPOUND_BEGINNING and start.isalpha()
    )


def compound_splits(word: str) -> Iterator[tuple[str, str]]:
    """Yield first part and rest of a folded word at each place, longest first part first.

    Between them an element that links German and Danish compounds may be left out. Whether
    either is a word, only the index can say.
    """
    if not word.isalpha():
        return
    for end in range(len(word) - _MIN_PIECE, _MIN_PIECE - 1, -1):
        for link in _LINKS:
            first = word[: end - len(link)]
            if word[:end] == first + link and len(first) >= _MIN_PIECE:
                yield first, word[end:]


def most_common(found: Sequence[Sequence[tuple[str, int]]], longer_than: int) -> list[str]:
    """Return the terms of all segments that are long enough, the most common first."""
    total: dict[str, int] = {}
    for terms in found:
        for term, documents in terms:
            if len(term) > longer_than:
                total[term] = total.get(term, 0) + documents
    return sorted(total, key=lambda term: (-total[term], term))
