"""What may stand after the colon of a date, an age or an amount: two numbers it lies between.

`<x`, `<=x`, `>x`, `>=x`, `x`, `x..y`, `x..` and `..y` mean the same for all of them. A day, month
or year is all of itself: `<=2027-01` ends with January, `>2027` begins with 2028.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from govmatch.kit.records import dataclass
from govmatch.search.entry import microseconds

_FORM = re.compile(
    r"(?P<from>[^<>=]{0,40}?)\.\.(?P<to>[^<>=]{0,40})|(?P<sign><=|>=|<|>|=)?(?P<one>[^<>=]{1,40})"
)
_DAY = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?)?"
    r"|(?:(?P<d2>\d{1,2})\.)?(?P<m2>\d{1,2})\.(?P<y2>\d{4})"
)
_YEARS = range(1900, 2201)
_TODAY = frozenset({"today", "heute", "idag", "i dag"})
_AWAY = re.compile(r"(\d{1,4}) ?([^\W\d_]+)")
_DAYS = {
    1: "d t day days tag tage tagen dag dage",
    7: "w u week weeks woche wochen uge uger",
    30: "m month months monat monate monaten måned måneder",
    365: "y j å year years jahr jahre jahren år",
}
_UNITS = {name: days for days, names in _DAYS.items() for name in names.split()}
_AMOUNT = re.compile("(\\d[\\d., '\u00a0\u202f\u2019]{0,19}) ?([^\\W\\d_]{0,6}|€)")
_GROUPED = re.compile("\\d{1,3}(?:[., '\u00a0\u202f\u2019]\\d{3})+")
_PLAIN = re.compile(r"(\d{1,12})(?:[.,](\d{1,2}))?")
_TIMES = {
    1_000: "k t tsd tusind",
    1_000_000: "m mio mill million",
}
_FACTORS = {name: factor for factor, names in _TIMES.items() for name in names.split()}
_PLAIN_EURO = frozenset({"", "€", "eur", "euro"})

_Read = Callable[[str], tuple[int, int] | None]
"""What reads one number: the first and the last that it stands for, or None."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and the highest number that fit, None for no bound."""

    low: int | None = None
    high: int | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether nothing can lie between."""
        return self.low is not None and self.high is not None and self.low > self.high


def of_date(text: str, *, now: datetime, zone: str) -> Bounds | None:
    """Return microseconds since 1970, or None for what is no date.

    A stretch (`30d`) is a distance from now into the future: `<30d` is from now until then.
    """
    ahead = _distance(text)
    if ahead is not None:
        return _from_now(ahead, microseconds(now), 1)
    return _between(text, lambda one: _instants(one, now, zone))


def of_age(text: str, *, now: datetime) -> Bounds | None:
    """Return microseconds since 1970 of what is so old now, or None for what is no age."""
    ago = _distance(text)
    return None if ago is None else _from_now(ago, microseconds(now), -1)


def of_amount(text: str, *, units: Mapping[str, float]) -> Bounds | None:
    """Return whole numbers of what is kept, or None for what is no amount."""

    def whole(one: str) -> tuple[int, int] | None:
        amount = _amount(one, units)
        return None if amount is None else (amount, amount)

    return _between(text, whole)


def _between(text: str, read: _Read) -> Bounds | None:
    """Return the bounds for numbers that each stand for a stretch, from its first to its last."""
    form = _FORM.fullmatch(text.strip())
    if form is None:
        return None
    if form["one"] is None:
        return _two(form["from"].strip(), form["to"].strip(), read)
    stretch = read(form["one"].strip())
    if stretch is None:
        return None
    first, last = stretch
    return {
        "<": Bounds(None, first - 1),
        "<=": Bounds(None, last),
        ">": Bounds(last + 1),
        ">=": Bounds(first),
    }.get(form["sign"] or "", Bounds(first, last))


def _two(start: str, end: str, read: _Read) -> Bounds | None:
    first, last = read(start) if start else None, read(end) if end else None
    if (start and first is None) or (end and last is None) or not (first or last):
        return None
    return Bounds(first[0] if first else None, last[1] if last else None)


def _instants(text: str, now: datetime, zone: str) -> tuple[int, int] | None:
    place = ZoneInfo(zone)
    if text.casefold() in _TODAY:
        today = now.astimezone(place)
        year, month, day = today.year, today.month, today.day
    elif form := _DAY.fullmatch(text):
        year, month, day = (int(form[name] or form[f"{name}2"] or 0) for name in ("y", "m", "d"))
    else:
        return None
    try:
        start = datetime(year, month or 1, day or 1, tzinfo=place)
    except ValueError:
        return None
    return _stretch(start, _end(start, month, day)) if year in _YEARS else None


def _end(start: datetime, month: int, day: int) -> datetime:
    """Return the beginning of the next day, or month, or year."""
    if day:
        return start + timedelta(days=1)  # on the clocks of its zone
    if month:
        return start.replace(year=start.year + month // 12, month=month % 12 + 1)
    return start.replace(year=start.year + 1)


def _stretch(start: datetime, end: datetime) -> tuple[int, int]:
    return microseconds(start), microseconds(end) - 1


_MICROSECONDS_A_DAY = 86_400_000_000


def _distance(text: str) -> Bounds | None:
    """Return the bounds of a distance in microseconds; `30d` alone is up to there."""

    def read(one: str) -> tuple[int, int] | None:
        form = _AWAY.fullmatch(one.casefold())
        days = _UNITS.get(form[2]) if form else None
        if form is None or days is None:
            return None
        away = int(form[1]) * days * _MICROSECONDS_A_DAY
        return away, away

    found = _between(text, read)
    is_plain = found is not None and found.low is not None and found.low == found.high
    return Bounds(0, found.high) if found and is_plain and ".." not in text else found


def _from_now(away: Bounds, now: int, sign: int) -> Bounds:
    """Return the instants that are so far from now, ahead (1) or ago (-1)."""
    near = now + sign * (away.low or 0)
    far = None if away.high is None else now + sign * away.high
    return Bounds(near, far) if sign > 0 else Bounds(far, near)


def _amount(text: str, units: Mapping[str, float]) -> int | None:
    form = _AMOUNT.fullmatch(text)
    if form is None:
        return None
    written, unit = form[1].strip(), form[2].casefold()
    if _GROUPED.fullmatch(written):
        number = float(re.sub(r"\D", "", written))
    elif plain := _PLAIN.fullmatch(written):
        number = float(f"{plain[1]}.{plain[2] or 0}")
    else:
        return None
    if unit in _FACTORS:
        return round(number * _FACTORS[unit])
    if unit in _PLAIN_EURO:
        return round(number)
    return round(number / units[unit]) if unit in units else None
