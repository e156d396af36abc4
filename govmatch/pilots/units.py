"""The units of key figures: what they are called, how values are typed, checked and shown."""

from collections.abc import Mapping
from decimal import Decimal

from govmatch.kit.formats import money_text
from govmatch.kit.i18n import Lang, Message, msg, say
from govmatch.kit.records import dataclass
from govmatch.questionnaires.numbers import (
    currency_marks,
    has_at_most,
    number_shown,
    read_number,
    without_unit,
)

MOST = Decimal(10) ** 11
"""What the columns hold: twelve digits before the point, four behind it."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One unit: `decimals` and bounds are of its values, `marks` how people write it."""

    code: str
    label: Message
    sign: Message | None = None
    """What follows a value; None where the value says it itself."""
    marks: tuple[str, ...] = ()
    decimals: int = 2
    low: Decimal = Decimal(0)
    high: Decimal = MOST
    currency: str = ""


_ALL = (
    Unit(code="count", label=msg("Number of things"), decimals=0),
    Unit(
        code="percent",
        label=msg("Percent"),
        sign=msg("%"),
        marks=("%", "percent", "prozent", "procent", "pct", "pct."),
        low=Decimal(-1000),
        high=Decimal(10_000),
    ),
    Unit(
        code="points",
        label=msg("Points from 0 to 10"),
        sign=msg("points"),
        marks=("points", "punkte", "point"),
        high=Decimal(10),
    ),
    Unit(
        code="seconds",
        label=msg("Seconds"),
        sign=msg("s"),
        marks=("seconds", "sekunden", "sekunder", "sec", "sek", "s"),
    ),
    Unit(
        code="minutes",
        label=msg("Minutes"),
        sign=msg("min"),
        marks=("minutes", "minuten", "minutter", "min", "min."),
    ),
    Unit(
        code="hours",
        label=msg("Hours"),
        sign=msg("h"),
        marks=("hours", "stunden", "timer", "std", "h", "t"),
    ),
    Unit(
        code="days",
        label=msg("Days"),
        sign=msg("days"),
        marks=("days", "tage", "dage", "d"),
    ),
    Unit(code="eur", label=msg("Euro (EUR)"), currency="EUR"),
    Unit(code="dkk", label=msg("Danish kroner (DKK)"), currency="DKK"),
    Unit(
        code="kilometres",
        label=msg("Kilometres"),
        sign=msg("km"),
        marks=("km", "kilometres", "kilometer"),
    ),
    Unit(
        code="kilowatt_hours",
        label=msg("Kilowatt hours"),
        sign=msg("kWh"),
        marks=("kwh",),
    ),
    Unit(
        code="kilograms",
        label=msg("Kilograms"),
        sign=msg("kg"),
        marks=("kg", "kilograms", "kilogramm", "kilogram"),
    ),
)
UNITS: Mapping[str, Unit] = {unit.code: unit for unit in _ALL}
"""Every unit by the code that is kept."""


def read_value(text: str, code: str, lang: Lang) -> Decimal | Message:
    """Return the value that was typed for this unit, or what is wrong with it.

    A unit that is typed along has to be the right one: «90 min» for hours is refused and not
    reckoned, since nobody checks what was not written.
    """
    unit = UNITS[code]
    bare = without_unit(text, currency_marks(unit.currency) if unit.currency else unit.marks)
    found = read_number(bare, lang)
    if found is None:
        typed = _typed_unit(bare, lang)
        if typed is not None:
            return msg(
                "This is measured in another unit: {unit}. You typed: {typed}.",
                unit=unit.label,
                typed=typed.label,
            )
        return msg(
            "Please enter a number, such as {example}.", example=shown(_example(unit), code, lang)
        )
    return wrong_with(found, code, lang) or found


def _typed_unit(text: str, lang: Lang) -> Unit | None:
    """Return the other unit that stands beside a number."""
    for unit in UNITS.values():
        marks = currency_marks(unit.currency) if unit.currency else unit.marks
        bare = without_unit(text, marks)
        if bare != text.strip() and read_number(bare, lang) is not None:
            return unit
    return None


def _example(unit: Unit) -> Decimal:
    return Decimal(12) if unit.decimals == 0 else Decimal("7.5")


def wrong_with(value: Decimal, code: str, lang: Lang) -> Message | None:
    """Return why a value does not fit its unit: out of bounds, or too many decimals."""
    unit = UNITS[code]
    if not unit.low <= value <= unit.high:
        low, high = (number_shown(bound, lang) for bound in (unit.low, unit.high))
        return msg("Please enter a number from {low} to {high}.", low=low, high=high)
    if not has_at_most(value, unit.decimals):
        if unit.decimals == 0:
            return msg("Please enter a whole number.")
        return msg("At most {n} decimals are kept.", n=unit.decimals)
    return None


def shown(value: Decimal, code: str, lang: Lang) -> str:
    """Return a value with its unit as the reader writes it, such as «12,5 %»."""
    unit = UNITS[code]
    if unit.currency:
        return money_text(value, unit.currency, lang)
    number = number_shown(value, lang)
    if unit.sign is None:
        return number
    space = "" if unit.code == "percent" and lang == "en" else "\u00a0"
    return f"{number}{space}{say(unit.sign, lang)}"
