"""Answers as they are kept, by question id, ready for JSON; and what each of them says.

| kind            | kept as                                                            |
|-----------------|--------------------------------------------------------------------|
| text, long_text, email, url | the text                                               |
| number          | decimal string, `"1234.5"`                                         |
| money           | `{"amount": "1234.50", "currency": "DKK"}`                         |
| date            | ISO day, `"2027-03-04"`                                            |
| choice          | value of the option                                                |
| several         | values of the options, in the order of the form                    |
| declaration     | `true`                                                             |
| file            | public ids of the files, which the owner of the answers looks after |
| table           | `{"rows": [{column: answer}]}`, without empty cells and rows        |

What was typed and cannot be read is kept as `{"raw": "about 12"}`, so that a draft loses nothing.
A question without an answer has no entry. Whatever else stands in a row (of an older form, say) is
taken as unreadable and never raises.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypedDict, cast

from govmatch.kit.i18n import Lang
from govmatch.kit.records import dataclass
from govmatch.questionnaires.dates import kept_date
from govmatch.questionnaires.definition import Kind, Question
from govmatch.questionnaires.numbers import kept_number, number_typed
from govmatch.questionnaires.urls import kept_url


class MoneyAnswer(TypedDict):
    amount: str
    currency: str


class RawAnswer(TypedDict):
    raw: str | list[str]


class HiddenAnswer(TypedDict):
    hidden: bool


Cell = str | MoneyAnswer | RawAnswer


class TableAnswer(TypedDict):
    rows: list[dict[str, Cell]]


Answer = str | bool | list[str] | MoneyAnswer | RawAnswer | HiddenAnswer | TableAnswer
Answers = dict[str, Answer]
HIDDEN: HiddenAnswer = {"hidden": True}


@dataclass(frozen=True, slots=True)
class Amount:
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows a table has; what stands in them is in `questionnaires.tables`."""

    count: int


Value = str | Decimal | Amount | date | bool | tuple[str, ...] | Table


def is_blank(kept: object) -> bool:
    """True when nothing was answered: nothing, white space, nothing chosen, a box not ticked."""
    if isinstance(kept, str):
        return not kept.strip()
    if isinstance(kept, Mapping):
        return ("raw" in kept and is_blank(kept["raw"])) or kept.get("rows") == []
    return kept is None or kept is False or kept == []


def is_hidden(kept: object) -> bool:
    return isinstance(kept, Mapping) and kept.get("hidden") is True


def value_of(question: Question, kept: object) -> Value | None:
    """Return what a kept answer says, or None when it is blank or cannot be read."""
    if is_blank(kept):
        return None
    match question.kind:
        case Kind.SEVERAL | Kind.FILE:
            return _texts(question, kept)
        case Kind.DECLARATION:
            return True if kept is True else None
        case Kind.MONEY:
            return _amount(question, kept)
        case Kind.TABLE:
            return _table(kept)
        case _:
            return _from_text(question, kept) if isinstance(kept, str) else None


def _from_text(question: Question, kept: str) -> Value | None:
    match question.kind:
        case Kind.NUMBER:
            return kept_number(kept)
        case Kind.DATE:
            return kept_date(kept)
        case Kind.CHOICE:
            return kept if question.option(kept) else None
        case Kind.URL:
            return kept_url(kept)
        case _:
            return kept


def _texts(question: Question, kept: object) -> tuple[str, ...] | None:
    if not isinstance(kept, list) or not all(isinstance(item, str) for item in kept):
        return None
    if question.kind is Kind.SEVERAL and not all(question.option(item) for item in kept):
        return None
    return tuple(kept)


def _table(kept: object) -> Table | None:
    rows = kept.get("rows") if isinstance(kept, Mapping) else None
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return None
    return Table(len(rows))


def _amount(question: Question, kept: object) -> Amount | None:
    if not isinstance(kept, Mapping) or kept.get("currency") != question.currency:
        return None
    found = kept_number(str(kept.get("amount")))
    return None if found is None else Amount(found, cast(str, question.currency))


def typed(question: Question, kept: object, lang: Lang) -> str | list[str]:
    """Return the answer as the fields of a form show it; unreadable text as it was typed.

    A text for kinds that are typed or chosen once, a list for `several` and `file`.
    """
    if question.kind is Kind.TABLE:
        return []  # each of its cells is a field of its own
    if question.kind in (Kind.SEVERAL, Kind.FILE):
        return texts_in(kept)
    value = value_of(question, kept)
    if isinstance(value, Decimal):
        return number_typed(cast(str, kept), lang)
    if isinstance(value, Amount):
        return number_typed(cast(MoneyAnswer, kept)["amount"], lang)
    if value is True:
        return "yes"
    return "\n".join(texts_in(kept))


def texts_in(kept: object) -> list[str]:
    """Return whatever texts are in an answer of any shape."""
    if isinstance(kept, str):
        return [kept]
    if isinstance(kept, list):
        return [item for item in kept if isinstance(item, str)]
    if not isinstance(kept, Mapping) or is_hidden(kept):
        return []
    if "raw" in kept:
        return texts_in(kept["raw"])
    if isinstance(kept.get("rows"), list):
        return [text for row in kept["rows"] if isinstance(row, Mapping)
                for cell in row.values() for text in texts_in(cell)]  # fmt: skip
    return [" ".join(str(kept[key]) for key in ("amount", "currency") if key in kept)]
