"""Answers to be read: as rows of a page, and as plain text for search and receipts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from govmatch.kit.formats import date_text, money_text
from govmatch.kit.i18n import Lang, msg, say
from govmatch.questionnaires.answers import (
    Amount,
    Value,
    is_blank,
    is_hidden,
    typed,
    value_of,
)
from govmatch.questionnaires.definition import (
    Asking,
    Kind,
    Question,
    Questionnaire,
    Text,
    text_for,
)
from govmatch.questionnaires.numbers import number_shown


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of an answer as a page shows it; without an address it is not a link."""

    id: str
    name: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question and its answer in the reader's words.

    `value` is the whole answer as text, also where nothing was answered or the answer is hidden.
    `options` are the chosen options with their languages, `files` the files, empty for other kinds.
    """

    question: Question
    label: Text
    value: str
    answered: bool
    hidden: bool
    options: tuple[Text, ...] = ()
    files: tuple[Attached, ...] = ()

    @property
    def anchor(self) -> str:
        return self.question.anchor

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
    """Return every question with its answer, in the order of the form.

    `files` names the files by public id; one that is not named there is shown by its id.
    """
    return [
        _row(question, answers.get(question.id), lang, files or {}) for question in asking.questions
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
    )


def _value(question: Question, kept: object, lang: Lang, known: Mapping[str, Attached]) -> str:
    if is_hidden(kept):
        return say(msg("Hidden until the names are shown"), lang)
    if is_blank(kept):
        return say(msg("Not answered"), lang)
    value = value_of(question, kept)
    if value is None:
        raw = typed(question, kept, lang)
        return raw if isinstance(raw, str) else ", ".join(raw)
    return _shown(question, value, lang, known)


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
