"""Numbers and amounts as people type them, kept as decimal strings such as `1234.50`."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from babel.numbers import (
    format_decimal,
    get_currency_precision,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    list_currencies,
)

from govmatch.kit.formats import LOCALES
from govmatch.kit.i18n import Lang
from govmatch.questionnaires.limits import MAX_DECIMALS, MAX_WHOLE_DIGITS

_SPACES = re.compile("[ \\t\\u00a0\\u2009\\u202f']")
_KEPT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_PLAIN = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_PATTERN = "#,##0.######"
_LONGEST = 200


def read_number(text: str, lang: Lang) -> Decimal | None:
    """Return the number that was typed, or None.

    Taken first as the reader's language writes it (`1.234,50` in German and Danish, `1,234.50` in
    English), then in the plain form `1234.50`. So `1.234` is 1234 in German, and `1.5` is 1.5
    everywhere. Blanks and apostrophes may group. Refused are more than 15 whole digits or 6
    decimals, since nobody means them.
    """
    if len(text) > _LONGEST:
        return None
    digits = _SPACES.sub("", text).replace("\u2212", "-")
    sign = "-" if digits.startswith("-") else ""
    digits = digits[1:] if digits[:1] in ("+", "-") else digits
    found = _local(lang).fullmatch(digits) or _PLAIN.fullmatch(digits)
    if found is None:
        return None
    whole = re.sub("[^0-9]", "", found[1]).lstrip("0") or "0"
    fraction = (found[2] or "").rstrip("0")
    if len(whole) > MAX_WHOLE_DIGITS or len(fraction) > MAX_DECIMALS:
        return None
    return Decimal(f"{sign}{whole}.{fraction or 0}")


def kept_number(text: str) -> Decimal | None:
    """Return a number that stands in an answer, where only the plain form is one."""
    return read_number(text, "en") if _KEPT.fullmatch(text) else None


@cache
def _local(lang: Lang) -> re.Pattern[str]:
    group = re.escape(get_group_symbol(LOCALES[lang]))
    point = re.escape(get_decimal_symbol(LOCALES[lang]))
    return re.compile(f"([0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+)(?:{point}([0-9]+))?")


def without_unit(text: str, units: Iterable[str]) -> str:
    """Return the text without a unit that was typed before or behind the number."""
    text = text.strip()
    for unit in sorted((unit for unit in units if unit), key=len, reverse=True):
        low, end = text.casefold(), unit.casefold()
        if low.endswith(end) and len(low) == len(text):
            return text[: -len(end)].strip()
        if low.startswith(end) and len(low) == len(text):
            return text[len(end) :].strip()
    return text


def currency_marks(currency: str) -> set[str]:
    """Return how an amount in this currency may be marked: `DKK`, `kr.`, `kr`, `,-`."""
    symbols = {get_currency_symbol(currency, LOCALES[lang]) for lang in LOCALES}
    short = {symbol.rstrip(".") for symbol in symbols}
    return {currency, ",-", ",\u2013", ".-"} | symbols | short


def read_money(text: str, currency: str, lang: Lang) -> Decimal | None:
    """Return the amount that was typed, or None; it may carry the mark of `currency`."""
    if len(text) > _LONGEST:
        return None
    marks = currency_marks(currency)
    return read_number(without_unit(without_unit(text, marks), marks), lang)


def is_currency(code: str) -> bool:
    return code in list_currencies()


def decimals_of(currency: str) -> int:
    return get_currency_precision(currency)


def has_at_most(value: Decimal, decimals: int) -> bool:
    return value == round(value, decimals)


def plain_number(value: Decimal) -> str:
    """Return the one form in which a number is kept: `-12`, `0.5`, never `1E+3` or `-0`."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def plain_amount(value: Decimal, currency: str) -> str:
    """Return the one form in which an amount is kept, with all decimals of its currency."""
    return format(value or abs(value), f".{decimals_of(currency)}f")


def number_shown(value: Decimal, lang: Lang) -> str:
    """Return a number for reading, with all its decimals: `1.234,5678`."""
    return format_decimal(value, format=_PATTERN, locale=LOCALES[lang])


def number_typed(value: str, lang: Lang) -> str:
    """Return a kept number as its field shows it: the reader's decimal sign, nothing grouped.

    A kept `1234.567` would be read as 1234567 in German if it were shown as it is kept.
    """
    return value.replace(".", get_decimal_symbol(LOCALES[lang]))
