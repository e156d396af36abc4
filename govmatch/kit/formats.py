"""Dates, numbers and money as the reader writes them."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, get_currency_precision

from govmatch.kit.i18n import Lang
from govmatch.kit.locale_data import lighten

LOCALES: dict[Lang, str] = {"de": "de_DE", "da": "da_DK", "en": "en_GB"}
lighten(("root", *LOCALES, "en_001", *LOCALES.values()))


@cache
def locale(lang: Lang) -> Locale:
    """Return what is known of a language's names of languages and countries."""
    return Locale.parse(LOCALES[lang])


_QUOTES: dict[Lang, str] = {"de": "„{}“", "da": "»{}«", "en": "“{}”"}


def quoted(text: str, lang: Lang) -> str:
    """Return a text in the quotation marks of a language."""
    return _QUOTES[lang].format(text)


def date_text(value: date | datetime, lang: Lang, zone: str) -> str:
    """Return a day such as «30. Juni 2027»; an instant is that of its day in `zone`."""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone)).date()
    return _day(value, lang)


def datetime_text(value: datetime, lang: Lang, zone: str) -> str:
    """Return an instant with day, minute and the name of its zone, such as «… 12:00 MEZ»."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{_day(local.date(), lang)}, {local:%H:%M} {_zone_name(local, lang, zone)}"


def time_text(value: datetime, lang: Lang, zone: str, *, now: datetime) -> str:
    """Return the time of day in `zone`; of another day than `now`, the whole instant."""
    local = value.astimezone(ZoneInfo(zone))
    if local.date() == now.astimezone(ZoneInfo(zone)).date():
        return f"{local:%H:%M}"
    return datetime_text(value, lang, zone)


# A page of the journal shows a hundred instants of a few days; Babel takes 0.06 ms for each.
@lru_cache(maxsize=4096)
def _day(day: date, lang: Lang) -> str:
    return format_date(day, format="long", locale=LOCALES[lang])


_zone_names: dict[tuple[Lang, str, timedelta | None, bool], str] = {}


def _zone_name(local: datetime, lang: Lang, zone: str) -> str:
    """Return MEZ or MESZ: of one zone, its offset and whether it is summer decide."""
    key = (lang, zone, local.utcoffset(), bool(local.dst()))
    if key not in _zone_names:
        named = format_datetime(local, format="z", tzinfo=ZoneInfo(zone), locale=LOCALES[lang])
        # Where a language has no short name it is an offset, and for Greenwich "+0000".
        _zone_names[key] = "GMT" if named == "+0000" else named
    return _zone_names[key]


# A list shows a hundred numbers, mostly the same on the next page; writing one takes 0.04 ms.
@lru_cache(maxsize=4096)
def number_text(value: float | Decimal, lang: Lang, *, digits: int | None = None) -> str:
    """Return a number with as many digits as it has, or always with so many after the point."""
    pattern = None if digits is None else f"#,##0.{'0' * digits}".removesuffix(".")
    return format_decimal(value, format=pattern, locale=LOCALES[lang])


@lru_cache(maxsize=1024)
def money_text(amount: int | Decimal, currency: str, lang: Lang) -> str:
    """Return an amount with its currency; a whole amount without cents."""
    whole = Decimal(amount) == int(amount)
    digits = 0 if whole else get_currency_precision(currency)
    text = format_currency(
        amount, currency, locale=LOCALES[lang], currency_digits=False,
        format=None if digits else _whole_pattern(lang),
    )  # fmt: skip
    # CLDR sets letters apart from figures, «DKK 500» beside «€500», and Babel leaves that out.
    return re.sub(r"(?<=[A-Za-z])(?=\d)", "\u00a0", text, count=1)


def _whole_pattern(lang: Lang) -> str:
    return "¤#,##0" if lang == "en" else "#,##0\u00a0¤"
