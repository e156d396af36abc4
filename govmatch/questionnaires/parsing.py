"""What a form sent, turned into answers that can be kept; nothing that was typed is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import cast

from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.questionnaires.answers import Answer, Answers, is_blank, value_of
from govmatch.questionnaires.conditions import asked
from govmatch.questionnaires.dates import read_date
from govmatch.questionnaires.definition import Asking, Kind, Question
from govmatch.questionnaires.flaw import Code, flaw
from govmatch.questionnaires.limits import MAX_ANSWER, MAX_CELL, MAX_FILES
from govmatch.questionnaires.numbers import (
    decimals_of,
    has_at_most,
    plain_amount,
    plain_number,
    read_money,
    read_number,
    without_unit,
)
from govmatch.questionnaires.tables import most_rows, rows_sent, table_of
from govmatch.questionnaires.texts import clean, clean_line, is_cut
from govmatch.questionnaires.urls import read_url
from govmatch.questionnaires.wrong import complaints

_NOT_TICKED = ("", "0", "false", "off", "no")
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers to keep, and by field name what is wrong with those that were just sent.

    `changed` holds the ids of the questions whose answer is not what it was before.
    """

    answers: Answers
    errors: Mapping[str, Message] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()


def parse_draft(
    asking: Asking,
    fields: Mapping[str, Sequence[object]],
    *,
    lang: Lang,
    before: Mapping[str, object] | None = None,
    files: Mapping[str, Sequence[str]] | None = None,
) -> Draft:
    """Return the answers after a form was sent, whatever was in it.

    `fields` are all values sent, by field name (`q-` and the question's id). A question whose field
    was not sent keeps its answer from `before`; a box counts as sent, and as not ticked, when the
    hidden field beside it was. Files are never taken from the form, where anybody could write the
    id of a foreign file: `files` names those that the owner accepted, by question id.
    Cut is only what goes beyond 100,000 characters in one answer, and the error says so. What is
    not asked, since it depends on another answer, is kept as it was typed and is not wrong.
    """
    earlier = dict(before or {})
    answers = cast(Answers, dict(earlier))
    cut: dict[str, Message] = {}
    read: set[str] = set()
    for question in asking.questions:
        answer: Answer | None
        if question.kind is Kind.TABLE:
            rows = _rows(question, fields)
            if rows is None:
                continue
            answer = _table(question, rows, fields, lang)
            cut |= _cut_cells(question, rows, fields, lang)
        else:
            sent = _sent(question, fields, files or {})
            if sent is None:
                continue
            answer = _answer(question, sent, lang)
            cut |= _cut(question, sent, lang)
        read.add(question.id)
        if is_blank(answer):
            answers.pop(question.id, None)
        else:
            answers[question.id] = cast(Answer, answer)
    errors: dict[str, Message] = {}
    for question in asked(asking, answers):
        if question.id in read:
            errors |= complaints(question, answers.get(question.id), lang)
    return Draft(answers, {**errors, **cut}, _changed(earlier, answers))


def _sent(
    question: Question, fields: Mapping[str, Sequence[object]], files: Mapping[str, Sequence[str]]
) -> list[str] | None:
    """Return what was sent for a question, or None when it was not on the page."""
    if question.kind is Kind.FILE:
        return list(files[question.id]) if question.id in files else None
    sent = [value for value in fields.get(question.field, ()) if isinstance(value, str)]
    return sent if sent or question.asked_field in fields else None


def _rows(question: Question, fields: Mapping[str, Sequence[object]]) -> list[int] | None:
    """Return the rows of a table that were sent, or None when it was not on the page."""
    rows = rows_sent(question, fields)
    return rows if rows or question.asked_field in fields else None


def _table(
    question: Question, rows: list[int], fields: Mapping[str, Sequence[object]], lang: Lang
) -> Answer | None:
    """Return the rows as they are kept; one row too many is kept too, so that it is complained of.

    A cell is one line of at most 1,000 characters.
    """
    return table_of(
        question,
        [
            {
                column.id: _read(
                    column, clean_line(_cell(question, row, column, fields)[:MAX_CELL]), lang
                )
                for column in question.columns
            }
            for row in rows[: most_rows(question) + 1]
        ],
    )


def _cell(
    question: Question, row: int, column: Question, fields: Mapping[str, Sequence[object]]
) -> str:
    sent = [one for one in fields.get(question.cell(row, column.id), ()) if isinstance(one, str)]
    return sent[-1] if sent else ""


def _cut_cells(
    question: Question, rows: list[int], fields: Mapping[str, Sequence[object]], lang: Lang
) -> dict[str, Message]:
    columns = question.columns
    if all(len(_cell(question, row, one, fields)) <= MAX_CELL for row in rows for one in columns):
        return {}
    limit = number_text(MAX_CELL, lang)
    text = msg("Only the first {limit} characters of each field were kept.", limit=limit)
    return {question.field: flaw(Code.CUT, text)}


def _answer(question: Question, sent: list[str], lang: Lang) -> Answer | None:
    if question.kind is Kind.SEVERAL:
        return _chosen(question, sent)
    if question.kind is Kind.FILE:
        return list(dict.fromkeys(sent))[:MAX_FILES]
    last = sent[-1] if sent else ""
    return (
        clean(last) if question.kind is Kind.LONG_TEXT else _read(question, clean_line(last), lang)
    )


def _read(question: Question, text: str, lang: Lang) -> Answer | None:
    """Return what stands in one line as it is kept; as raw text when it cannot be read."""
    if not text.strip():
        return None
    answer: Answer | None = text
    match question.kind:
        case Kind.EMAIL:
            answer = text.strip()
        case Kind.DECLARATION:
            answer = text.strip().casefold() not in _NOT_TICKED
        case Kind.NUMBER:
            number = read_number(without_unit(text, question.unit.values()), lang)
            answer = None if number is None else plain_number(number)
        case Kind.MONEY:
            answer = _amount(question, text, lang)
        case Kind.DATE:
            day = read_date(text, lang)
            answer = None if day is None else day.isoformat()
        case Kind.CHOICE:
            answer = text if question.option(text) else None
        case Kind.URL:
            answer = read_url(text)
    return {"raw": text} if answer is None else answer


def _amount(question: Question, text: str, lang: Lang) -> Answer | None:
    currency = question.currency or ""
    amount = read_money(text, currency, lang)
    if amount is None:
        return None
    fits = has_at_most(amount, decimals_of(currency))
    kept = plain_amount(amount, currency) if fits else plain_number(amount)
    return {"amount": kept, "currency": currency}


def _chosen(question: Question, sent: list[str]) -> Answer:
    values = [value for value in (clean_line(item)[:_LONGEST_VALUE] for item in sent) if value]
    if all(question.option(value) for value in values):
        return [option.value for option in question.options if option.value in values]
    return {"raw": list(dict.fromkeys(values))[: len(question.options) + 1]}


def _cut(question: Question, sent: list[str], lang: Lang) -> dict[str, Message]:
    """Return the warning that not all was kept."""
    if not any(is_cut(value) for value in sent):
        return {}
    limit = number_text(MAX_ANSWER, lang)
    text = msg("Only the first {limit} characters were kept.", limit=limit)
    return {question.field: flaw(Code.CUT, text)}


def _changed(before: Mapping[str, object], after: Answers) -> frozenset[str]:
    ids = before.keys() | after.keys()
    return frozenset(key for key in ids if before.get(key) != after.get(key))


def kept_files(
    question: Question, fields: Mapping[str, Sequence[object]], before: Mapping[str, object]
) -> list[str]:
    """Return the files of a question without those whose box «remove» was ticked."""
    value = value_of(question, before.get(question.id))
    removed = set(fields.get(question.removal_field, ()))
    return [name for name in value if name not in removed] if isinstance(value, tuple) else []
