"""Answers that are tables, such as milestones with their amounts: read, checked, added up."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from govmatch.kit.i18n import Lang, msg, say
from govmatch.questionnaires.answers import Amount, Answer, Cell, TableAnswer, is_blank, value_of
from govmatch.questionnaires.definition import Kind, Question, Text, text_for
from govmatch.questionnaires.limits import USUAL_ROWS

_ROW = re.compile(r"[1-9][0-9]?")
_SPARE = 2
_AT_FIRST = 3


def most_rows(question: Question) -> int:
    high = question.maximum
    return int(high) if isinstance(high, Decimal) else USUAL_ROWS


def rows_shown(question: Question, filled: int) -> int:
    """Return how many rows a form shows: those that are filled, and some to go on with."""
    low = int(question.minimum) if isinstance(question.minimum, Decimal) else 0
    return min(most_rows(question), max(filled + _SPARE, low, _AT_FIRST))


def rows_sent(question: Question, fields: Iterable[str]) -> list[int]:
    """Return the numbers of the rows that a page sent, in order; numbers of three digits are none.

    A page may have gaps, since its rows are numbered anew only when it is loaded.
    """
    start = f"cell-{question.id}-"
    columns = {column.id for column in question.columns}
    found: set[int] = set()
    for name in fields:
        if name.startswith(start):
            number, _, column = name[len(start) :].partition("-")
            if column in columns and _ROW.fullmatch(number):
                found.add(int(number))
    return sorted(found)


def kept_rows(kept: object) -> list[Mapping[str, object]]:
    """Return the rows of a kept table, whatever else its shape may be."""
    rows = kept.get("rows") if isinstance(kept, Mapping) else None
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def table_of(question: Question, rows: Sequence[Mapping[str, Answer | None]]) -> Answer | None:
    """Return rows as they are kept: without empty cells, and without rows that have none else."""
    full = [
        {column.id: cast(Cell, row[column.id]) for column in question.columns
         if not is_blank(row.get(column.id))}
        for row in rows
    ]  # fmt: skip
    return TableAnswer(rows=[row for row in full if row]) if any(full) else None


def cells(question: Question, kept: object) -> Iterator[tuple[int, Question, object]]:
    """Yield every cell of a kept table: number of its row, its column, and what is kept."""
    for number, row in enumerate(kept_rows(kept), 1):
        for column in question.columns:
            yield number, column, row.get(column.id)


def total_of(column: Question, kept: object) -> Amount | Decimal | None:
    """Return the sum of a column, of those cells that can be read; None where nothing is added."""
    values = [value_of(column, row.get(column.id)) for row in kept_rows(kept)]
    figures = [value.amount if isinstance(value, Amount) else value for value in values]
    added = sum((figure for figure in figures if isinstance(figure, Decimal)), Decimal(0))
    if not column.total:
        return None
    return Amount(added, column.currency or "") if column.kind is Kind.MONEY else added


def label_of_cell(question: Question, row: int, column: Question, lang: Lang) -> Text:
    """Return what a cell is called where it stands alone, as in a list of errors."""
    of, name = text_for(question.label, lang), text_for(column.label, lang)
    label = say(
        msg("{table}, row {n}: {column}", table=of.text.rstrip(" .:?!"), n=row, column=name.text),
        lang,
    )
    return Text(label, of.lang)
