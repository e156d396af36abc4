"""What a form says of a question's limits, before anybody exceeds them."""

from datetime import date
from decimal import Decimal

from govmatch.kit.formats import date_text, money_text, number_text
from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.questionnaires.definition import Kind, Question
from govmatch.questionnaires.numbers import number_shown
from govmatch.questionnaires.tables import most_rows


def hints(question: Question, lang: Lang) -> list[Message]:
    """Return a sentence for each limit that its widget does not show by itself."""
    match question.kind:
        case Kind.TEXT:
            return _text_hints(question, lang)
        case Kind.NUMBER | Kind.MONEY | Kind.DATE:
            return _bound_hints(question, lang)
        case Kind.SEVERAL | Kind.TABLE:
            return _count_hints(question)
        case Kind.FILE:
            return _file_hints(question)
        case Kind.EMAIL if question.receipt_copy:
            return [msg("A copy of the receipt is sent to this address.")]
        case _:
            return []


def _text_hints(question: Question, lang: Lang) -> list[Message]:
    found = []
    if (words := question.max_words) is not None:
        limit = number_text(words, lang)
        found.append(msgn("At most one word.", "At most {limit} words.", n=words, limit=limit))
    if (chars := question.max_chars) is not None:
        limit = number_text(chars, lang)
        found.append(
            msgn("At most one character.", "At most {limit} characters.", n=chars, limit=limit)
        )
    return found


def _bound_hints(question: Question, lang: Lang) -> list[Message]:
    low = _bound(question, question.minimum, lang)
    high = _bound(question, question.maximum, lang)
    found = _day_hint(low, high) if question.kind is Kind.DATE else _figure_hint(low, high)
    return [found] if found else []


def _day_hint(low: str, high: str) -> Message | None:
    if low and high:
        return msg("Days from {low} to {high} are possible.", low=low, high=high)
    if low:
        return msg("Not before {limit}.", limit=low)
    return msg("Not after {limit}.", limit=high) if high else None


def _figure_hint(low: str, high: str) -> Message | None:
    # The limit never stands last, since an abbreviated currency brings a full stop of its own.
    if low and high:
        return msg("Answers from {low} to {high} are possible.", low=low, high=high)
    if low:
        return msg("At least {limit} is needed.", limit=low)
    return msg("At most {limit} is possible.", limit=high) if high else None


def _bound(question: Question, bound: Decimal | date | None, lang: Lang) -> str:
    if bound is None:
        return ""
    if isinstance(bound, date):
        return date_text(bound, lang, "UTC")
    if question.currency is not None:
        return money_text(bound, question.currency, lang)
    return number_shown(bound, lang)


def _count_hints(question: Question) -> list[Message]:
    if question.kind is Kind.TABLE:
        return _row_hints(question)
    low, high = _count(question.minimum), _count(question.maximum)
    if low and high and low == high:
        return [msgn("Choose exactly one.", "Choose exactly {n}.", n=low)]
    if low and high:
        return [msg("Choose from {low} to {high}.", low=low, high=high)]
    if low:
        return [msgn("Choose at least one.", "Choose at least {n}.", n=low)]
    if high:
        return [msgn("Choose at most one.", "Choose at most {n}.", n=high)]
    return []


def _row_hints(question: Question) -> list[Message]:
    low, high = _count(question.minimum), most_rows(question)
    if low and low == high:
        return [msgn("Exactly one row.", "Exactly {n} rows.", n=low)]
    if low:
        return [msg("From {low} to {high} rows.", low=low, high=high)]
    return [msgn("At most one row.", "At most {n} rows.", n=high)]


def _file_hints(question: Question) -> list[Message]:
    found = []
    if question.accept:
        kinds = ", ".join(name.upper() for name in question.accept)
        found.append(msg("Possible kinds: {kinds}.", kinds=kinds))
    if question.max_mb is not None:
        found.append(msg("At most {limit} MB for each file.", limit=question.max_mb))
    if (most := _count(question.maximum)) and most > 1:
        found.append(msg("At most {limit} files.", limit=most))
    return found


def _count(bound: Decimal | date | None) -> int:
    return int(bound) if isinstance(bound, Decimal) else 0
