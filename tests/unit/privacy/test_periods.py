"""How long the law has an award file kept, and other lengths."""

from datetime import date
from pathlib import Path

import pytest

from govmatch import settings as settings_module
from govmatch.privacy.periods import award_file_years, years_after
from govmatch.settings import SettingsError

FACTS = {
    "retention": [
        {"valid_from": "2016-04-18", "award_file_years": 3, "source": "the directive"},
        {"valid_from": "2030-01-01", "award_file_years": 5, "source": "a later law"},
    ]
}


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2026, 1, 1), 3),
        (date(2029, 12, 31), 3),
        (date(2030, 1, 1), 5),
        (date(2010, 1, 1), 3),
    ],
)
def test_the_period_that_held_at_the_award_is_the_one_that_counts(day: date, years: int) -> None:
    assert award_file_years(FACTS, day)[0] == years


def test_without_a_word_of_the_programme_it_is_three_years() -> None:
    assert award_file_years({}, date(2026, 1, 1)) == (3, "Directive 2014/24/EU, article 84(2)")


def test_a_leap_day_comes_back_as_the_first_of_march() -> None:
    assert years_after(date(2024, 2, 29), 3) == date(2027, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("erasure_days", "29"),  # the law gives a month
        ("export_days", "0"),
        ("keep_mails_days", "-1"),
        ("keep_idle_accounts_days", "30"),
    ],
)
def test_a_period_that_cannot_be_right_is_refused(tmp_path: Path, name: str, value: str) -> None:
    environ = {"GOVMATCH_MODE": "test", "GOVMATCH_CONFIG": "-", f"GOVMATCH_{name.upper()}": value}
    with pytest.raises(SettingsError, match=name):
        settings_module.load(environ, data_dir=tmp_path)
