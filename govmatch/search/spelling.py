"""Words that a reader may have meant: near in letters, and in texts that the reader may find."""

from collections.abc import Iterator

import numpy as np

from govmatch.search.analysis import groups, split, words
from govmatch.search.arrays import Flags
from govmatch.search.audience import Allowed
from govmatch.search.form import WORDS
from govmatch.search.query import Term
from govmatch.search.selection import Selection
from govmatch.search.snapshot import View

SHORTEST = 4
"""Letters of a word that is asked about: nearly every shorter one is near to another."""
_SHORT = 5
"""Letters up to which one slip is the most; longer words may have two."""
_LIKENESS = 0.05
_LOOKED_AT = 200
_TRIED = 20
_READ = 60_000
"""Characters of a text in which the written form of a word is looked for."""


def near_words(view: View, allowed: Allowed, word: str, *, lang: str, limit: int) -> list[str]:
    """Return words of allowed texts that differ from this one by a slip or two, best first.

    Nothing for a word that the reader finds in some form.
    """
    asked = Term(("".join(split(word)),))
    if not word or Selection(view, allowed).of(asked, widen=False).docs:
        return []
    near = slips(view, allowed.flags, word)
    return [_as_written(view, allowed, term, lang) for term in near[:limit]]


def slips(view: View, flags: Flags, word: str) -> list[str]:
    """Return words of flagged documents, folded, that are one or two slips from this one.

    A slip is a letter too many, too few, another one, or two that changed places. The nearest come
    first, of these the most common. Short words and numbers are near nothing.
    """
    typed = "".join(words("".join(split(word)))[:1])
    if len(typed) < SHORTEST or not typed.isalpha():
        return []
    most = 1 if len(typed) <= _SHORT else 2
    near = sorted(_near(view, typed, most))[:_TRIED]
    found = [(far, -_holding(view, flags, term), term) for far, term in near]
    return [term for _, holding, term in sorted(found) if holding]


def _holding(view: View, flags: Flags, term: str) -> int:
    return int(np.count_nonzero(flags[view.postings(WORDS, term).docs]))


def _near(view: View, typed: str, most: int) -> Iterator[tuple[int, str]]:
    """Yield words of the index that are at most so many slips away, after their number."""
    for term, _ in view.spelt_like(typed, likeness=_LIKENESS, most=_LOOKED_AT):
        if abs(len(term) - len(typed)) <= most:
            far = slips_between(typed, term, most=most)
            if 0 < far <= most:
                yield far, term


def slips_between(one: str, other: str, *, most: int) -> int:
    """Return how many letters have to be put in, left out, changed or swapped with the next.

    More than `most` are not counted to the end; the answer is then some number above it.
    """
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, its in enumerate(other, 1):
            least = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != its))
            swapped = row > 1 and column > 1 and (letter, its) == (other[column - 2], one[row - 2])
            now.append(min(least, before_last[column - 2] + 1) if swapped else least)
        if min(now) > most and min(last) > most:  # a swap counts from the row before the last
            return most + 1
        before_last, last = last, now
    return last[-1]


def _as_written(view: View, allowed: Allowed, term: str, lang: str) -> str:
    """Return the word as an allowed text writes it, one in the reader's language if there is."""
    docs = view.postings(WORDS, term).docs
    held = docs[allowed.flags[docs]][:20].tolist()
    for document in sorted(held, key=lambda one: view.head(one)["lang"] != lang)[:3]:
        text = f"{view.head(document)['title']} {view.text(document)[:_READ]}"
        for group in groups(text):
            if term in words("".join(split(group))):
                return group if group[1:] != group[1:].lower() else group.lower()
    return term
