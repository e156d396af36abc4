"""Dates as people type them, kept as ISO 8601 days such as `2027-03-04`."""

import re
from datetime import date
from functools import cache

from babel.dates import get_month_names

from govmatch.kit.formats import LOCALES
from govmatch.kit.i18n import Lang
from govmatch.questionnaires.limits import FIRST_YEAR, LAST_YEAR

_KEPT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
# The day stands first in all three languages; the English of this site is the European one.
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_NAMED = re.compile(r"([0-9]{1,2})\.? ([^\W\d_]{3,12})\.?,? ([0-9]{4})")


def read_date(text: str, lang: Lang) -> date | None:
    """Return the day that was typed, or None.

    Taken are the form that a date field of the browser sends (`2027-03-04`), day, month and year
    with `.`, `/` or `-` between them, and a month by its name in the reader's language. Refused are
    days that do not exist, years of two digits, and years before 1900 or after 2199.
    """
    text = " ".join(text[:40].split())
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(text.replace(" ", "")):
        return _day(found[3], found[2], found[1])
    if found := _NAMED.fullmatch(text):
        month = _months(lang).get(found[2].casefold())
        return _day(found[3], str(month), found[1]) if month else None
    return None


def kept_date(text: str) -> date | None:
    """Return a day that stands in an answer, where only `2027-03-04` is one."""
    return read_date(text, "en") if _KEPT.fullmatch(text) else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


@cache
def _months(lang: Lang) -> dict[str, int]:
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale=LOCALES[lang]).items():
            names[name.casefold().rstrip(".")] = number
    return names


def date_example(lang: Lang) -> str:
    """Return a day as the reader's language writes it in figures: `31.12.2027`, `31/12/2027`."""
    return "31/12/2027" if lang == "en" else "31.12.2027"
