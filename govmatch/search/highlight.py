"""Showing in the original text why it was found: pieces of text, each marked or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from govmatch.search.analysis import Group, groups, split, stems, words
from govmatch.search.results import Marked

SNIPPET = 240
"""Characters of a snippet, give or take a word."""
_LOOKED_AT = 60_000
_MOST_MARKS = 200

_BLANKS = re.compile(r"\s+")
_WORD_END = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    terms: frozenset[str]


class Highlighter:
    """Knows the terms of one query and finds them in texts."""

    def __init__(self, terms: frozenset[str]) -> None:
        self._terms = terms
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    def whole(self, text: str, language: str) -> Marked:
        """Return all of a short text, such as a title."""
        return _pieces(text, self._marks(text, language), 0, len(text))

    def snippet(self, text: str, language: str) -> Marked:
        """Return the stretch of a text that holds most of the terms, else its beginning."""
        marks = self._marks(text[:_LOOKED_AT], language)
        start, end = _stretch(text, marks)
        inside = [mark for mark in marks if mark.start >= start and mark.end <= end]
        pieces = _pieces(text, inside, start, end)
        before = (("… ", False),) if start else ()
        after = ((" …", False),) if end < len(text.rstrip()) else ()
        return (*before, *pieces, *after)

    def _marks(self, text: str, language: str) -> list[_Mark]:
        marks: list[_Mark] = []
        if not self._terms:
            return marks
        before: Group | None = None
        for group in groups(text):
            if found := self._found_in(group.text, language):
                marks.append(_Mark(group.start, group.end, found))
            elif before and (found := self._found_in(before.text + group.text, language)):
                marks.append(_Mark(before.start, group.end, found))
            before = group if len(group.text) == 1 else None
            if len(marks) == _MOST_MARKS:
                break
        return marks

    def _found_in(self, group: str, language: str) -> frozenset[str]:
        key = (group, language)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._terms.intersection(_terms_of(group, language))
        return found


def _terms_of(group: str, language: str) -> Iterator[str]:
    parts = split(group)
    for part in (*parts, "".join(parts)) if len(parts) > 1 else parts:
        yield from chain(words(part), stems(part, language))


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
        if mark.start < at:  # the second word of two that belong together was a hit by itself
            continue
        pieces += [(text[at : mark.start], False), (text[mark.start : mark.end], True)]
        at = mark.end
    pieces.append((text[at:end], False))
    shown = ((_BLANKS.sub(" ", piece), marked) for piece, marked in pieces)
    return tuple((piece, marked) for piece, marked in shown if piece)
