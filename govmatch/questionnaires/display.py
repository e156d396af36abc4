"""Answers to be read: as rows of a page, and as plain text for search and receipts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from govmatch.kit.formats import date_text, money_text
from govmatch.kit.i18n import Lang, msg, say
from govmatch.kit.records import dataclass
from govmatch.questionnaires.answers import (
    Amount,
    Table,
    Value,
    is_blank,
    is_hidden,
    texts_in,
    value_of,
)
from govmatch.questionnaires.conditions import asked
from govmatch.questionnaires.definition import (
    Asking,
    Kind,
    Question,
    Questionnaire,
    Text,
    text_for,
)
from govmatch.questionnaires.numbers import number_shown
from govmatch.questionnaires.prose import prose
from govmatch.questionnaires.tables import kept_rows, total_of


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of an answer as a page shows it; without an address it is not a link."""

    id: str
    name: str
    url: str = ""
    note: str = ""
    preview: str = ""
    """Where pictures of it are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as it is read: what its columns are called, its cells, and sums where there are any.

    `figures` says of each column whether it holds figures.
    """

    head: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]
    figures: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question and its answer in the reader's words.

    `value` is the whole answer as text, also where nothing was answered or the answer is hidden.
    `options` are the chosen options with their languages, `files` the files, `grid` a table, `url`
    an address that leads somewhere; empty for other kinds.
    """

    question: Question
    label: Text
    value: str
    answered: bool
    hidden: bool
    options: tuple[Text, ...] = ()
    files: tuple[Attached, ...] = ()
    grid: Grid | None = None
    url: str = ""

    @property
    def anchor(self) -> str:
        return self.question.anchor

    @property
    def html(self) -> Markup:
        """A long text as Markdown shows it; made when it is asked for, since it takes a while."""
        is_long = self.question.kind is Kind.LONG_TEXT and self.answered and not self.hidden
        return prose(self.value) if is_long else Markup()

    @property
    def written(self) -> bool:
        """True where the answer is in the words of whoever answered."""
        return self.question.kind in (Kind.TEXT, Kind.LONG_TEXT)


def rows(
    asking: Asking,
    answers: Mapping[str, object],
    lang: Lang,
    *,
    files: Mapping[str, Attached] | None = None,
) -> list[Row]:
    """Return every question that is asked with its answer, in the order of the form.

    `files` names the files by public id; one that is not named there is shown by its id.
    """
    return [
        _row(question, answers.get(question.id), lang, files or {})
        for question in asked(asking, answers)
    ]


def _row(question: Question, kept: object, lang: Lang, known: Mapping[str, Attached]) -> Row:
    value = value_of(question, kept)
    names = value if isinstance(value, tuple) else ()
    attached = [known.get(name, Attached(name, name)) for name in names]
    return Row(
        question=question,
        label=text_for(question.label, lang),
        value=_value(question, kept, lang, known),
        answered=not is_blank(kept),
        hidden=is_hidden(kept),
        options=_chosen(question, value, lang),
        files=tuple(attached) if question.kind is Kind.FILE else (),
        grid=_grid(question, kept, lang) if isinstance(value, Table) else None,
        url=value if question.kind is Kind.URL and isinstance(value, str) else "",
    )


def _value(question: Question, kept: object, lang: Lang, known: Mapping[str, Attached]) -> str:
    if is_hidden(kept):
        return say(msg("Hidden until the names are shown"), lang)
    if is_blank(kept):
        return say(msg("Not answered"), lang)
    value = value_of(question, kept)
    if value is None:
        return ", ".join(texts_in(kept))
    if isinstance(value, Table):
        grid = _grid(question, kept, lang)
        return "\n".join(" · ".join(filter(None, row)) for row in (*grid.rows, grid.totals) if row)
    return _shown(question, value, lang, known)


def _grid(question: Question, kept: object, lang: Lang) -> Grid:
    columns = question.columns
    sums = [total_of(column, kept) for column in columns]
    totals = tuple(
        "" if value is None else _shown(column, value, lang, {})
        for column, value in zip(columns, sums, strict=True)
    )
    return Grid(
        head=tuple(text_for(column.label, lang) for column in columns),
        rows=tuple(
            tuple(_cell(column, row.get(column.id), lang) for column in columns)
            for row in kept_rows(kept)
        ),
        totals=(totals[0] or say(msg("Sum"), lang), *totals[1:]) if any(totals) else (),
        figures=tuple(column.kind in (Kind.NUMBER, Kind.MONEY) for column in columns),
    )


def _cell(column: Question, kept: object, lang: Lang) -> str:
    if is_blank(kept):
        return ""
    value = value_of(column, kept)
    return ", ".join(texts_in(kept)) if value is None else _shown(column, value, lang, {})


def _shown(question: Question, value: Value, lang: Lang, known: Mapping[str, Attached]) -> str:
    match value:
        case Amount():
            return money_text(value.amount, value.currency, lang)
        case Decimal():
            unit = text_for(question.unit, lang).text
            return f"{number_shown(value, lang)} {unit}".strip()
        case date():
            return date_text(value, lang, "UTC")
        case bool():
            return say(msg("Confirmed"), lang)
        case tuple() if question.kind is Kind.FILE:
            return ", ".join(known[name].name if name in known else name for name in value)
        case _:
            chosen = _chosen(question, value, lang)
            return ", ".join(text.text for text in chosen) or str(value)


def _chosen(question: Question, value: Value | None, lang: Lang) -> tuple[Text, ...]:
    if not question.options or value is None:
        return ()
    values = value if isinstance(value, tuple) else (str(value),)
    options = [option for option in question.options if option.value in values]
    return tuple(text_for(option.label, lang) for option in options)


def plain_text(
    questionnaire: Questionnaire,
    answers: Mapping[str, object],
    lang: Lang,
    *,
    labels: bool = True,
    files: Mapping[str, Attached] | None = None,
) -> str:
    """Return what was answered as text, one part per question, with an empty line between.

    With `labels` the words of each question stand above its answer, as in a receipt; without, only
    the answers do, as in a search index, where the words of a form would find every application.
    Questions without an answer and hidden answers are left out; without `labels` so are unreadable
    ones, declarations and names of files that nobody gave.
    """
    found = [row for row in rows(questionnaire, answers, lang, files=files) if row.answered]
    if labels:
        parts = [f"{row.label.text}\n{row.value}" for row in found if not row.hidden]
    else:
        parts = [row.value for row in found if not row.hidden and _is_said(row)]
    return "\n\n".join(parts)


def _is_said(row: Row) -> bool:
    return row.question.kind is not Kind.DECLARATION and all(
        file.name != file.id for file in row.files
    )
