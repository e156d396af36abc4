"""Showing in the original text why it was found: pieces of text, each marked or not."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import islice

from govmatch.kit.records import dataclass
from govmatch.search.analysis import (
    SPACES,
    groups,
    is_lone_capital,
    root,
    shortened,
    spans,
    words,
)
from govmatch.search.knowledge import Knowledge
from govmatch.search.readable import of_language
from govmatch.search.results import Marked

SNIPPET = 240
"""Characters of a snippet, give or take a word."""
_LOOKED_AT = 60_000
_LOOKED_AT_FOR_MEANING = 4_000
_PART = 4
"""Letters of what may be inside a compound."""
_MOST_MARKS = 40

_BLANKS = re.compile(r"\s+")
_WORD_END = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    terms: frozenset[str]


_NOTHING: frozenset[str] = frozenset()
_LAST = "\u017f"
_LETTERS = frozenset(chr(code) for code in range(0x30, ord(_LAST) + 1) if chr(code).isalnum())


@cache
def _initial(letter: str) -> str:
    """Return what a word with this first letter begins with once it is folded."""
    return "".join(words(letter))[:1]


def _head(word: str) -> str:
    """Return the letters with which all forms of a word begin: dying and die do with di."""
    return word[:2].lower().replace("y", "i")


class Highlighter:
    """Knows the terms of one query and finds them in texts."""

    def __init__(
        self, terms: frozenset[str], known: Knowledge, concepts: frozenset[str] = frozenset()
    ) -> None:
        """Mark what these terms find, and words of what speaks of these concepts where asked to."""
        self._terms = terms
        self._terms_of = known.terms_of
        self._bridge = known.bridge if concepts else None
        self._concepts = concepts
        self._known: dict[str, dict[str, frozenset[str]]] = {}
        self._meant: dict[str, dict[str, frozenset[str]]] = {}
        # Forms of a word begin alike, so most words of a text are told off by their first letters.
        tails = [term.rpartition(":")[2] for term in terms]
        initials = {tail[:1] for tail in tails}
        self._beginnings = {letter for letter in _LETTERS if _initial(letter) in initials}
        self._heads = {_head(tail) for tail in tails}
        # But the parts of a compound stand inside it.
        parts = {term[3:] for term in terms if term[2:3] == ":" and len(term) >= 3 + _PART}
        self._inside = re.compile("|".join(map(re.escape, sorted(parts)))) if parts else None

    def whole(self, text: str, language: str, *, by_bridge: bool = False) -> Marked:
        """Return all of a short text, such as a title."""
        return _pieces(text, self._all_marks(text, language, by_bridge), 0, len(text))

    def snippet(self, text: str, language: str, *, by_bridge: bool = False) -> Marked:
        """Return the stretch of a text that holds most of the terms, else its beginning."""
        marks = self._all_marks(text[:_LOOKED_AT], language, by_bridge)
        start, end = _stretch(text, marks)
        inside = [mark for mark in marks if mark.start >= start and mark.end <= end]
        pieces = _pieces(text, inside, start, end)
        before = (("… ", False),) if start else ()
        after = ((" …", False),) if end < len(text.rstrip()) else ()
        return (*before, *pieces, *after)

    def _all_marks(self, text: str, language: str, by_bridge: bool) -> list[_Mark]:  # noqa: FBT001
        marks = self._marks(text, language)
        return marks if marks or not by_bridge else self._bridged(text, language)

    def _bridged(self, text: str, language: str) -> list[_Mark]:
        """Return where words stand that mean what was asked for; phrases only by their words."""
        if self._bridge is None:
            return []
        known = self._meant.setdefault(language, {})
        marks: list[_Mark] = []
        for word, start, end in spans(text[:_LOOKED_AT_FOR_MEANING]):
            if word not in known:
                known[word] = self._concepts.intersection(self._bridge.terms(word, language))
            if known[word]:
                marks.append(_Mark(start, end, known[word]))
        return marks[:_MOST_MARKS]

    def _marks(self, text: str, language: str) -> list[_Mark]:
        """Return where words of the query stand."""
        known = self._known.setdefault(language, {})
        here = set(groups(text)) if self._terms else set()
        for word in here - known.keys():
            if self._may_be_one(word):
                known[word] = self._terms & self._terms_of(word, language)
            else:
                known[word] = _NOTHING
        if any(len(word) == 1 and is_lone_capital(word) for word in here):
            return self._marks_with_letters(text, language, known)
        wanted = {word for word in here if known[word]}
        found = (_Mark(start, end, known[word]) for word, start, end in spans(text, wanted))
        return list(islice(found, _MOST_MARKS)) if wanted else []

    def _may_be_one(self, word: str) -> bool:
        if word[0] > _LAST or not (word[1:].islower() and word[:2].isalnum()):
            return True
        if word[0] in self._beginnings and (not word.isascii() or _head(word) in self._heads):
            return True
        return bool(self._inside and self._inside.search(shortened(word)))

    def _marks_with_letters(
        self, text: str, language: str, known: Mapping[str, frozenset[str]]
    ) -> list[_Mark]:
        """Return where words of the query stand, a lone letter and the next word as one."""
        marks: list[_Mark] = []
        letter: tuple[str, int] | None = None
        for word, start, end in spans(text):
            found = known[word]
            if letter and (together := self._found_as_one(letter[0] + word, language)):
                if marks and marks[-1].start == letter[1]:
                    marks.pop()
                marks.append(_Mark(letter[1], end, together))
            elif found:
                marks.append(_Mark(start, end, found))
            follows = text[end : end + 1] in SPACES
            letter = (word, start) if follows and is_lone_capital(word) else None
            if len(marks) == _MOST_MARKS:
                break
        return marks

    def _found_as_one(self, joined: str, language: str) -> frozenset[str]:
        own = of_language(root(joined, language), language)
        return self._terms.intersection((*words(joined), own))


def _stretch(text: str, marks: list[_Mark]) -> tuple[int, int]:
    """Return the best place to cut out: most different terms, then most marks, then the first."""
    if len(text) <= SNIPPET or not marks:
        return 0, _word_end(text, SNIPPET)
    best, best_start = (0, 0), 0
    for number, first in enumerate(marks):
        inside = [m for m in marks[number : number + 30] if m.end <= first.start + SNIPPET - 40]
        worth = len(frozenset().union(*(mark.terms for mark in inside))), len(inside)
        if worth > best:
            best, best_start = worth, first.start
    start = _word_start(text, best_start - 40) if best_start > 60 else 0
    return start, _word_end(text, start + SNIPPET)


def _word_start(text: str, at: int) -> int:
    """Return the first beginning of a word from here on, within reason."""
    blank = _WORD_END.search(text, at, at + 40)
    return blank.end() if blank else at


def _word_end(text: str, at: int) -> int:
    """Return the last end of a word up to here, within reason."""
    if at >= len(text):
        return len(text)
    cut = max(text.rfind(blank, at - 40, at + 1) for blank in " \n\t")
    return cut if cut > 0 else at


def _pieces(text: str, marks: list[_Mark], start: int, end: int) -> Marked:
    pieces: list[tuple[str, bool]] = []
    at = start
    for mark in marks:
        pieces += [(text[at : mark.start], False), (text[mark.start : mark.end], True)]
        at = mark.end
    pieces.append((text[at:end], False))
    shown = ((_BLANKS.sub(" ", piece), marked) for piece, marked in pieces)
    return tuple((piece, marked) for piece, marked in shown if piece)
