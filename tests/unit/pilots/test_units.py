"""Values of key figures as people type them, in three languages."""

from decimal import Decimal

import pytest

from govmatch.kit.i18n import LANGUAGES, Lang, Message, say
from govmatch.pilots.units import UNITS, read_value, shown


@pytest.mark.parametrize(
    ("typed", "unit", "lang", "value"),
    [
        ("12,5 %", "percent", "de", "12.5"),
        ("12,5 pct.", "percent", "da", "12.5"),
        ("12.5", "percent", "en", "12.5"),
        ("12.5", "percent", "de", "12.5"),
        ("1.250", "count", "de", "1250"),
        ("1,250", "count", "en", "1250"),
        ("90 min", "minutes", "en", "90"),
        ("1,5 Stunden", "hours", "de", "1.5"),
        ("1.200,50 kr.", "dkk", "da", "1200.5"),
        ("€ 1,200", "eur", "en", "1200"),
        ("-3 %", "percent", "en", "-3"),
    ],
)
def test_a_value_is_read_as_the_language_writes_it(
    typed: str, unit: str, lang: Lang, value: str
) -> None:
    assert read_value(typed, unit, lang) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "unit", "words"),
    [
        ("90 min", "hours", "This is measured in another unit: Hours. You typed: Minutes."),
        (
            "12 %",
            "count",
            "This is measured in another unit: Number of things. You typed: Percent.",
        ),
        ("DKK 500", "eur", "another unit: Euro (EUR). You typed: Danish kroner (DKK)."),
        ("1.5", "count", "Please enter a whole number."),
        ("1.234", "hours", "At most 2 decimals are kept."),
        ("-1", "minutes", "Please enter a number from 0 to"),
        ("11", "points", "Please enter a number from 0 to 10."),
        ("many", "minutes", "Please enter a number, such as 7.5\u00a0min."),
        ("", "percent", "Please enter a number, such as 7.5%."),
        ("1e3", "count", "Please enter a number, such as 12."),
        ("999999999999", "count", "Please enter a number from 0 to"),
    ],
)
def test_what_does_not_fit_the_unit_is_refused_and_named(typed: str, unit: str, words: str) -> None:
    found = read_value(typed, unit, "en")
    assert isinstance(found, Message)
    assert words in say(found, "en")


@pytest.mark.parametrize(
    ("value", "unit", "lang", "text"),
    [
        ("12.5", "percent", "de", "12,5\u00a0%"),
        ("12.5", "percent", "en", "12.5%"),
        ("1250", "count", "da", "1.250"),
        ("90", "minutes", "da", "90\u00a0min"),
        ("480000", "dkk", "en", "DKK\u00a0480,000"),
    ],
)
def test_a_value_is_shown_with_its_unit(value: str, unit: str, lang: Lang, text: str) -> None:
    assert shown(Decimal(value), unit, lang) == text


@pytest.mark.parametrize("unit", UNITS)
def test_what_is_shown_can_be_typed_again(unit: str) -> None:
    for lang in LANGUAGES:
        assert read_value(shown(Decimal(7), unit, lang), unit, lang) == 7
