"""Bringing together what two people wrote in one section: by paragraph, or by saying where not.

A page says what it was opened on by short digests alone, one for each line of a long text and one
for each other answer: whether a paragraph is still the one that was there can be told from them,
and the paragraphs themselves are in what was sent and in what is kept.
"""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import cast

from govmatch.kit.db import canonical_json
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Answers, Kind, Question, Section

Base = Mapping[str, tuple[str, ...]]
"""By question what a page was opened on: a digest per line, or one for the whole answer."""

MOST_LINES = 400
"""Longer texts are compared as a whole: comparing takes time by the square of their lines."""

_DIGITS = 10
_LINES = "t"  # goes first where the digests are of lines
_EMPTY: tuple[str, ...] = ()


@dataclass(frozen=True)
class Merged:
    """Answers that hold both, and the ids of the questions where only a person can decide.

    Where there are such, `answers` has for them what was sent. `both` says that something of the
    other's is in it that the sender did not have.
    """

    answers: Answers
    clashes: frozenset[str]
    both: bool


def base_of(section: Section, answers: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Return what stands in a section, as a page that is opened now remembers it."""
    return {
        question.id: _marks(question, answers[question.id])
        for question in section.questions
        if question.id in answers
    }


def write(base: Base) -> str:
    """Return the text of a hidden field."""
    return ";".join(f"{name}={'.'.join(marks)}" for name, marks in base.items())


def read(text: str) -> dict[str, tuple[str, ...]]:
    """Return what `write` wrote; of anything else nothing that could be mistaken for it."""
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name: tuple(marks.split("."))[: MOST_LINES + 1] for name, _, marks in pairs}


def merge(
    section: Section, base: Base, *, mine: Mapping[str, object], theirs: Mapping[str, object]
) -> Merged:
    """Return the section with what was changed on either side since `base`.

    A clash is a paragraph, or an answer that is no long text, that both changed, and differently.
    """
    answers = dict(mine)
    clashes, both = set(), False
    for question in section.questions:
        ours, other = mine.get(question.id), theirs.get(question.id)
        if ours == other:
            continue
        found = _merged(question, base.get(question.id, _EMPTY), ours, other)
        if found is _CLASH:
            clashes.add(question.id)
            continue
        both = both or found != ours
        if found is None:
            answers.pop(question.id, None)
        else:
            answers[question.id] = found
    return Merged(cast(Answers, answers), frozenset(clashes), both)


_CLASH = object()


def _merged(question: Question, base: tuple[str, ...], ours: object, other: object) -> object:
    mine, theirs = _marks(question, ours), _marks(question, other)
    if theirs == base:
        return ours
    if mine == base:
        return other
    if question.kind is Kind.FILE and _takes_several(question):
        return ours  # made from what is kept now: what was added and taken away is in it already
    if not all(marks[:1] == (_LINES,) for marks in (base, mine, theirs)):
        return _CLASH
    lines = _by_line(base[1:], str(ours).split("\n"), str(other).split("\n"))
    return _CLASH if lines is None else "\n".join(lines)


def _by_line(base: Sequence[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """Return the lines of both, None where both changed the same place differently."""
    here, there = [_mark(line) for line in mine], [_mark(line) for line in theirs]
    in_mine, in_theirs = _same(base, here), _same(base, there)
    stable = [at for at in range(len(base)) if at in in_mine and at in in_theirs]
    in_mine[len(base)], in_theirs[len(base)] = len(mine), len(theirs)
    found: list[str] = []
    i = j = k = 0
    for at in (*stable, len(base)):
        to_j, to_k = in_mine[at], in_theirs[at]
        was, is_here, is_there = list(base[i:at]), here[j:to_j], there[k:to_k]
        if is_here in (was, is_there):
            found += theirs[k:to_k]
        elif is_there == was:
            found += mine[j:to_j]
        else:
            return None
        found += mine[to_j : to_j + 1]
        i, j, k = at + 1, to_j + 1, to_k + 1
    return found


def _same(base: Sequence[str], lines: Sequence[str]) -> dict[int, int]:
    """Return by place in the base where the same line stands now."""
    blocks = SequenceMatcher(None, base, lines, autojunk=False).get_matching_blocks()
    return {b.a + n: b.b + n for b in blocks for n in range(b.size)}


def _marks(question: Question, answer: object) -> tuple[str, ...]:
    if answer is None:
        return _EMPTY
    if question.kind is Kind.LONG_TEXT and isinstance(answer, str):
        lines = answer.split("\n")
        if len(lines) <= MOST_LINES:
            return (_LINES, *(_mark(line) for line in lines))
    return (_mark(canonical_json(answer)),)


def _mark(text: str) -> str:
    return digest(text)[:_DIGITS]


def _takes_several(question: Question) -> bool:
    return question.kind is Kind.FILE and (question.maximum or 1) != 1
