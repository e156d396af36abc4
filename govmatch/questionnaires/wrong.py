"""What is wrong with an answer that was given, said so that the reader knows how to mend it."""

from datetime import date
from decimal import Decimal

from govmatch.kit.formats import date_text, money_text, number_text
from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.kit.mail import is_address
from govmatch.questionnaires.answers import Amount, Value, is_blank, is_hidden, value_of
from govmatch.questionnaires.dates import date_example
from govmatch.questionnaires.definition import Kind, Question
from govmatch.questionnaires.limits import MAX_DECIMALS
from govmatch.questionnaires.numbers import decimals_of, has_at_most, number_shown
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
}


def missing(question: Question) -> Message:
    """Return what is said when a required answer is not there."""
    return _MISSING[question.kind]


def complaint(question: Question, kept: object, lang: Lang) -> Message | None:
    """Return what is wrong with a kept answer, or None; a blank one is not wrong, but `missing`.

    Figures in the message are written for `lang`.
    """
    if is_blank(kept) or is_hidden(kept):
        return None
    value = value_of(question, kept)
    return _unreadable(question, lang) if value is None else _out_of_limits(question, value, lang)


def _out_of_limits(question: Question, value: Value, lang: Lang) -> Message | None:
    match value:
        case Amount() | Decimal():
            return _decimals(question, value) or _figure_out_of_bounds(question, value, lang)
        case date():
            return _date_out_of_bounds(question, value, lang)
        case str():
            return _text_wrong(question, value, lang)
        case tuple():
            return _count_out_of_bounds(question, len(value))
    return None


def _unreadable(question: Question, lang: Lang) -> Message:
    match question.kind:
        case Kind.NUMBER:
            example = number_shown(_EXAMPLE if question.decimals != 0 else Decimal(1234), lang)
            return msg("Please give a number in figures, such as {example}.", example=example)
        case Kind.MONEY:
            example = money_text(_EXAMPLE, question.currency or "", lang)
            return msg("Please write an amount such as {example} in figures.", example=example)
        case Kind.DATE:
            return msg(
                "Please give a day that exists, such as {example}.", example=date_example(lang)
            )
        case Kind.CHOICE | Kind.SEVERAL:
            return msg("Please choose from the answers shown.")
        case _:
            return missing(question)


def _decimals(question: Question, value: Amount | Decimal) -> Message | None:
    if isinstance(value, Amount):
        figure, limit = value.amount, decimals_of(value.currency)
    else:
        figure = value
        limit = MAX_DECIMALS if question.decimals is None else question.decimals
    if has_at_most(figure, limit):
        return None
    if limit == 0:
        return msg("Please give a whole number.")
    return msgn(
        "Please give at most {n} digit after the decimal point.",
        "Please give at most {n} digits after the decimal point.",
        n=limit,
    )


def _figure_out_of_bounds(
    question: Question, value: Amount | Decimal, lang: Lang
) -> Message | None:
    figure = value.amount if isinstance(value, Amount) else value
    low, high = question.minimum, question.maximum
    if isinstance(low, Decimal) and figure < low:
        return msg("At least {limit} is needed here.", limit=_shown(question, low, lang))
    if isinstance(high, Decimal) and figure > high:
        return msg("At most {limit} is possible here.", limit=_shown(question, high, lang))
    return None


def _shown(question: Question, figure: Decimal, lang: Lang) -> str:
    if question.currency is None:
        return number_shown(figure, lang)
    return money_text(figure, question.currency, lang)


def _date_out_of_bounds(question: Question, value: date, lang: Lang) -> Message | None:
    low, high = question.minimum, question.maximum
    if isinstance(low, date) and value < low:
        return msg("The earliest day possible is {limit}.", limit=date_text(low, lang, "UTC"))
    if isinstance(high, date) and value > high:
        return msg("The latest day possible is {limit}.", limit=date_text(high, lang, "UTC"))
    return None


def _text_wrong(question: Question, value: str, lang: Lang) -> Message | None:
    if question.kind is Kind.EMAIL and not is_address(value):
        return msg("Please give an e-mail address such as name@example.org.")
    if question.max_words is not None and (over := count_words(value) - question.max_words) > 0:
        return msgn(
            "{n} word too many: at most {limit} fit here.",
            "{n} words too many: at most {limit} fit here.",
            n=over, limit=number_text(question.max_words, lang),
        )  # fmt: skip
    if question.max_chars is not None and (over := count_chars(value) - question.max_chars) > 0:
        return msgn(
            "{n} character too many: at most {limit} fit here.",
            "{n} characters too many: at most {limit} fit here.",
            n=over, limit=number_text(question.max_chars, lang),
        )  # fmt: skip
    return None


def _count_out_of_bounds(question: Question, count: int) -> Message | None:
    low, high = question.minimum, question.maximum
    default = Decimal(1) if question.kind is Kind.FILE else None
    high = default if high is None else high
    if isinstance(low, Decimal) and count < low:
        return _too_few(question, int(low))
    if isinstance(high, Decimal) and count > high:
        return _too_many(question, int(high))
    return None


def _too_few(question: Question, limit: int) -> Message:
    if question.kind is Kind.FILE:
        return msgn("Please add at least {n} file.", "Please add at least {n} files.", n=limit)
    return msgn(
        "Please choose at least {n} answer.", "Please choose at least {n} answers.", n=limit
    )


def _too_many(question: Question, limit: int) -> Message:
    if question.kind is Kind.FILE:
        return msgn("Please keep at most {n} file.", "Please keep at most {n} files.", n=limit)
    return msgn("Please choose at most {n} answer.", "Please choose at most {n} answers.", n=limit)
