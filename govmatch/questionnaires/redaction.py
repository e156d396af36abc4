"""Answers for a blind review: without what tells who wrote them."""

from collections.abc import Collection, Iterator, Mapping
from typing import cast

from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.questionnaires.answers import HIDDEN, Answer, Answers, Cell, TableAnswer
from govmatch.questionnaires.conditions import submitted
from govmatch.questionnaires.definition import ALWAYS_HIDDEN, Kind, Question, Questionnaire
from govmatch.questionnaires.identifying import Found, Why, find, visible
from govmatch.questionnaires.tables import kept_rows

MASK = "▒▒▒"
_WRITTEN = frozenset({Kind.TEXT, Kind.LONG_TEXT})
_AROUND = 24  # characters on each side by which a place that is shown is known again


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is hidden in the answers of one application.

    `names` is what the site proposes (of the firm, its people, its products); the rest is by hand:
    passages `hidden` wherever they stand, questions hidden as a `whole`, and the keys of places
    that are `shown` although the site proposes to hide them.
    """

    names: frozenset[str] = frozenset()
    hidden: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text that is hidden, or shown by hand; `key` names it with its surroundings.

    What was marked by hand has no key: it is hidden wherever it stands.
    """

    start: int
    end: int
    why: Why
    key: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Written:
    """One text of an application: `field` is its question, with row and column in a table."""

    field: str
    text: str
    passages: tuple[Passage, ...]


def redacted(
    questionnaire: Questionnaire,
    answers: Mapping[str, object],
    *,
    names: Collection[str] = (),
    marks: Marks | None = None,
) -> Answers:
    """Return the answers as a blind reviewer may see them.

    Questions that the form marks, and every address, are hidden as a whole. In the texts that
    remain, addresses, phone numbers, and each of `names` or of the `marks` are masked, as
    `identifying.find` finds them. Answers to questions that the form does not have, or that were
    not asked, are left out. The result is for reading only, never for keeping.
    """
    found = marks or Marks(names=frozenset(names))
    sent = submitted(questionnaire, answers)
    return {
        question.id: _seen(question, sent[question.id], found)
        for question in questionnaire.questions
        if question.id in sent
    }


def masked(
    text: str, *, names: Collection[str] = (), marks: Marks | None = None, field: str = ""
) -> str:
    """Return a text that stands beside the answers as a blind reviewer may see it."""
    return _masked(text, marks or Marks(names=frozenset(names)), field)


def is_hidden_by_form(question: Question) -> bool:
    """True for what no blind reviewer sees anything of, whatever the answer is."""
    return question.redact or question.kind in ALWAYS_HIDDEN


def written(
    questionnaire: Questionnaire, answers: Mapping[str, object], marks: Marks
) -> Iterator[Written]:
    """Yield each text of the answers that is read with its passages, hidden as a whole or not."""
    sent = submitted(questionnaire, answers)
    for question in questionnaire.questions:
        kept = sent.get(question.id)
        if is_hidden_by_form(question):
            continue
        if isinstance(kept, str) and question.kind in _WRITTEN:
            yield _text(question.id, kept, marks)
        elif question.kind is Kind.TABLE:
            yield from _cells(question, kept, marks)


def _cells(question: Question, kept: object, marks: Marks) -> Iterator[Written]:
    for number, row in enumerate(kept_rows(kept), 1):
        for column in question.columns:
            cell = row.get(column.id)
            if isinstance(cell, str) and column.kind in _WRITTEN:
                yield _text(_field_of(question, number, column), cell, marks)


def _field_of(question: Question, row: int, column: Question) -> str:
    return f"{question.id}.{row}.{column.id}"


def _text(field: str, text: str, marks: Marks) -> Written:
    seen = visible(text)
    return Written(field, seen, passages(field, seen, marks))


def passages(field: str, text: str, marks: Marks) -> tuple[Passage, ...]:
    """Return what is hidden of a visible text, and what is shown by hand, in its order."""
    return tuple(_passage(field, text, one, marks) for one in find(text, marks.names, marks.hidden))


def _passage(field: str, text: str, one: Found, marks: Marks) -> Passage:
    if one.why is Why.HAND:
        return Passage(one.start, one.end, one.why, "", is_shown=False)
    before = text[max(0, one.start - _AROUND) : one.start]
    after = text[one.end : one.end + _AROUND]
    key = digest("\n".join((field, before, text[one.start : one.end], after)))[:32]
    return Passage(one.start, one.end, one.why, key, is_shown=key in marks.shown)


def _seen(question: Question, kept: object, marks: Marks) -> Answer:
    unreadable = isinstance(kept, Mapping) and "raw" in kept
    if is_hidden_by_form(question) or unreadable or question.id in marks.whole:
        return HIDDEN
    if isinstance(kept, str) and question.kind in _WRITTEN:
        return _masked(kept, marks, question.id)
    if question.kind is Kind.TABLE:
        rows = enumerate(kept_rows(kept), 1)
        return TableAnswer(rows=[_row(question, number, row, marks) for number, row in rows])
    return cast(Answer, kept)


def _masked(text: str, marks: Marks, field: str) -> str:
    seen = visible(text)
    parts, at = [], 0
    for one in passages(field, seen, marks):
        if not one.is_shown:
            parts += [seen[at : one.start], MASK]
            at = one.end
    return "".join([*parts, seen[at:]])


def _row(
    question: Question, number: int, row: Mapping[str, object], marks: Marks
) -> dict[str, Cell]:
    """Return a row of a table with its texts masked; what cannot be read is masked as a whole."""
    found: dict[str, Cell] = {}
    for column in question.columns:
        cell = row.get(column.id)
        if isinstance(cell, str):
            field = _field_of(question, number, column)
            is_written = column.kind in _WRITTEN
            found[column.id] = _masked(cell, marks, field) if is_written else cell
        elif isinstance(cell, Mapping):
            found[column.id] = MASK if "raw" in cell else cast(Cell, cell)
    return found
