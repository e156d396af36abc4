"""What is wrong with an answer that was given, said so that the reader knows how to mend it."""

from datetime import date
from decimal import Decimal

from govmatch.kit.formats import date_text, money_text, number_text
from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.kit.mail import is_address
from govmatch.questionnaires.answers import Amount, Table, Value, is_blank, is_hidden, value_of
from govmatch.questionnaires.dates import date_example
from govmatch.questionnaires.definition import Kind, Question
from govmatch.questionnaires.flaw import Code, Flaw, flaw
from govmatch.questionnaires.limits import MAX_DECIMALS
from govmatch.questionnaires.numbers import decimals_of, has_at_most, number_shown
from govmatch.questionnaires.tables import cells, most_rows
from govmatch.questionnaires.texts import count_chars, count_words

_EXAMPLE = Decimal("1234.5")


_MISSING = {
    Kind.TEXT: msg("Please answer this question."),
    Kind.LONG_TEXT: msg("Please answer this question."),
    Kind.NUMBER: msg("Please give a number."),
    Kind.MONEY: msg("Please give an amount."),
    Kind.DATE: msg("Please give a date."),
    Kind.CHOICE: msg("Please choose an answer."),
    Kind.SEVERAL: msg("Please choose at least one answer."),
    Kind.DECLARATION: msg("Please confirm this."),
    Kind.FILE: msg("Please add a file."),
    Kind.EMAIL: msg("Please give an e-mail address."),
    Kind.URL: msg("Please give the address of a web page."),
    Kind.TABLE: msg("Please fill in at least one row."),
}


def missing(question: Question) -> Flaw:
    """Return what is said when a required answer is not there."""
    return flaw(Code.MISSING, _MISSING[question.kind])


def complaints(question: Question, kept: object, lang: Lang) -> dict[str, Flaw]:
    """Return what is wrong with a kept answer by name of the field: of a table, each cell.

    A blank answer is not wrong, but `missing`; the empty cells of a row that was begun are.
    """
    found: dict[str, Flaw] = {}
    if (wrong := complaint(question, kept, lang)) is not None:
        found[question.field] = wrong
    if question.kind is Kind.TABLE and not is_blank(kept):
        for row, column, cell in cells(question, kept):
            is_missing = column.required and is_blank(cell)
            wrong = missing(column) if is_missing else complaint(column, cell, lang)
            if wrong is not None:
                found[question.cell(row, column.id)] = wrong
    return found


def complaint(question: Question, kept: object, lang: Lang) -> Flaw | None:
    """Return what is wrong with a kept answer, or None; a blank one is not wrong, but `missing`.

    Figures in the message are written for `lang`. Of a table it is what is wrong with it as a
    whole; what is wrong in its cells say `complaints`.
    """
    if is_blank(kept) or is_hidden(kept):
        return None
    value = value_of(question, kept)
    return _unreadable(question, lang) if value is None else _out_of_limits(question, value, lang)


def _out_of_limits(question: Question, value: Value, lang: Lang) -> Flaw | None:
    match value:
        case Amount() | Decimal():
            return _decimals(question, value) or _figure_out_of_bounds(question, value, lang)
        case date():
            return _date_out_of_bounds(question, value, lang)
        case str():
            return _text_wrong(question, value, lang)
        case tuple():
            return _count_out_of_bounds(question, len(value))
        case Table():
            return _count_out_of_bounds(question, value.count)
    return None


def _unreadable(question: Question, lang: Lang) -> Flaw:
    code, text = Code.MISSING, _MISSING[question.kind]
    match question.kind:
        case Kind.NUMBER:
            example = number_shown(_EXAMPLE if question.decimals != 0 else Decimal(1234), lang)
            code = Code.NOT_A_NUMBER
            text = msg("Please give a number in figures, such as {example}.", example=example)
        case Kind.MONEY:
            example = money_text(_EXAMPLE, question.currency or "", lang)
            code = Code.NOT_AN_AMOUNT
            text = msg("Please write an amount such as {example} in figures.", example=example)
        case Kind.DATE:
            example = date_example(lang)
            code = Code.NOT_A_DATE
            text = msg("Please give a day that exists, such as {example}.", example=example)
        case Kind.CHOICE | Kind.SEVERAL:
            code, text = Code.NOT_AN_OPTION, msg("Please choose from the answers shown.")
        case Kind.URL:
            code = Code.NOT_A_URL
            text = msg("Please give a web address such as https://www.example.org/product.")
        case Kind.TABLE:
            code = Code.NOT_A_TABLE
            text = msg("What stands here does not fit into the table. Please fill in its rows.")
    return flaw(code, text)


def _decimals(question: Question, value: Amount | Decimal) -> Flaw | None:
    if isinstance(value, Amount):
        figure, limit = value.amount, decimals_of(value.currency)
    else:
        figure = value
        limit = MAX_DECIMALS if question.decimals is None else question.decimals
    if has_at_most(figure, limit):
        return None
    if limit == 0:
        return flaw(Code.TOO_MANY_DECIMALS, msg("Please give a whole number."))
    text = msgn(
        "Please give at most {n} digit after the decimal point.",
        "Please give at most {n} digits after the decimal point.",
        n=limit,
    )
    return flaw(Code.TOO_MANY_DECIMALS, text)


def _figure_out_of_bounds(question: Question, value: Amount | Decimal, lang: Lang) -> Flaw | None:
    figure = value.amount if isinstance(value, Amount) else value
    low, high = question.minimum, question.maximum
    if isinstance(low, Decimal) and figure < low:
        text = msg("At least {limit} is needed here.", limit=_shown(question, low, lang))
        return flaw(Code.TOO_SMALL, text)
    if isinstance(high, Decimal) and figure > high:
        text = msg("At most {limit} is possible here.", limit=_shown(question, high, lang))
        return flaw(Code.TOO_LARGE, text)
    return None


def _shown(question: Question, figure: Decimal, lang: Lang) -> str:
    if question.currency is None:
        return number_shown(figure, lang)
    return money_text(figure, question.currency, lang)


def _date_out_of_bounds(question: Question, value: date, lang: Lang) -> Flaw | None:
    low, high = question.minimum, question.maximum
    if isinstance(low, date) and value < low:
        text = msg("The earliest day possible is {limit}.", limit=date_text(low, lang, "UTC"))
        return flaw(Code.TOO_EARLY, text)
    if isinstance(high, date) and value > high:
        text = msg("The latest day possible is {limit}.", limit=date_text(high, lang, "UTC"))
        return flaw(Code.TOO_LATE, text)
    return None


def _text_wrong(question: Question, value: str, lang: Lang) -> Flaw | None:
    if question.kind is Kind.EMAIL and not is_address(value):
        text = msg("Please give an e-mail address such as name@example.org.")
        return flaw(Code.NOT_AN_EMAIL, text)
    if question.max_words is not None and (over := count_words(value) - question.max_words) > 0:
        text = msgn(
            "{n} word too many: at most {limit} fit here.",
            "{n} words too many: at most {limit} fit here.",
            n=over, limit=number_text(question.max_words, lang),
        )  # fmt: skip
        return flaw(Code.TOO_MANY_WORDS, text)
    if question.max_chars is not None and (over := count_chars(value) - question.max_chars) > 0:
        text = msgn(
            "{n} character too many: at most {limit} fit here.",
            "{n} characters too many: at most {limit} fit here.",
            n=over, limit=number_text(question.max_chars, lang),
        )  # fmt: skip
        return flaw(Code.TOO_MANY_CHARACTERS, text)
    return None


def _count_out_of_bounds(question: Question, count: int) -> Flaw | None:
    low, high = question.minimum, question.maximum
    most = int(high) if isinstance(high, Decimal) else _usual(question)
    if isinstance(low, Decimal) and count < low:
        return flaw(Code.TOO_FEW, _too_few(question, int(low)))
    if most is not None and count > most:
        return flaw(Code.TOO_MANY, _too_many(question, most))
    return None


def _usual(question: Question) -> int | None:
    """Return how many there may be where the form does not say."""
    if question.kind is Kind.TABLE:
        return most_rows(question)
    return 1 if question.kind is Kind.FILE else None


def _too_few(question: Question, limit: int) -> Message:
    if question.kind is Kind.FILE:
        return msgn("Please add at least {n} file.", "Please add at least {n} files.", n=limit)
    if question.kind is Kind.TABLE:
        return msgn(
            "Please fill in at least {n} row.", "Please fill in at least {n} rows.", n=limit
        )
    return msgn(
        "Please choose at least {n} answer.", "Please choose at least {n} answers.", n=limit
    )


def _too_many(question: Question, limit: int) -> Message:
    if question.kind is Kind.FILE:
        return msgn("Please keep at most {n} file.", "Please keep at most {n} files.", n=limit)
    if question.kind is Kind.TABLE:
        return msgn("Please keep at most {n} row.", "Please keep at most {n} rows.", n=limit)
    return msgn("Please choose at most {n} answer.", "Please choose at most {n} answers.", n=limit)
