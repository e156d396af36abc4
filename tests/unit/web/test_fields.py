"""Local times as they are typed: an instant, or the reason why there is none."""

from datetime import UTC, datetime

import pytest

from govmatch.web.fields import Reader, type_showing
from govmatch.web.visit import Values

GOES_FORWARD = "There is no such time on this day: the clocks go forward."
GOES_BACK = "This time comes twice on this day: the clocks go back."


def read(typed: str, zone: str = "Europe/Copenhagen") -> datetime | str | None:
    """Return the instant, or what is wrong with it."""
    reader = Reader(Values({"at": [typed]}))
    at = reader.local_time("at", zone)
    assert (at is None) is bool(reader.errors)
    return reader.errors["at"].text if reader.errors else at


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2027-01-15T12:00", datetime(2027, 1, 15, 11, tzinfo=UTC)),
        ("2027-07-15T12:00", datetime(2027, 7, 15, 10, tzinfo=UTC)),
        ("2027-03-28T01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28T03:00", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        ("2027-10-31T01:59", datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        ("2027-10-31T03:00", datetime(2027, 10, 31, 2, tzinfo=UTC)),
    ],
)
def test_a_time_is_meant_on_the_clocks_of_its_zone(typed: str, instant: datetime) -> None:
    assert read(typed) == instant


@pytest.mark.parametrize("typed", ["2027-03-28T02:00", "2027-03-28T02:59"])
def test_a_time_that_the_clocks_leave_out_is_refused(typed: str) -> None:
    assert read(typed) == GOES_FORWARD


@pytest.mark.parametrize("typed", ["2027-10-31T02:00", "2027-10-31T02:59"])
def test_a_time_that_comes_twice_is_refused(typed: str) -> None:
    assert read(typed) == GOES_BACK


def test_what_one_zone_leaves_out_is_a_time_in_another() -> None:
    assert read("2027-03-28T01:30", "Europe/London") == GOES_FORWARD
    assert read("2027-03-28T01:30") == datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    assert read("2027-03-28T02:30", "UTC") == datetime(2027, 3, 28, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["", "noon", "2027-13-01T12:00", "1066-10-14T12:00", "2027-01-15T12:00+05:00"]
)
def test_what_is_no_local_time_is_refused(typed: str) -> None:
    assert isinstance(read(typed), str)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2026-03-01"),
        ("date", ""),
        ("datetime-local", "2026-03-29T03:30"),
        ("url", "https://example.org/a?b=c#d"),
        ("url", "http://127.0.0.1:8000"),
        ("email", "no address"),
    ],
)
def test_a_field_stays_of_its_kind_while_it_can_show_its_value(kind: str, value: str) -> None:
    assert type_showing(value, kind) == kind


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "1 March"),
        ("date", "2026-02-30"),
        ("date", "20260301"),
        ("date", "2026-03-01T10:00"),
        ("datetime-local", "2026-03-01"),
        ("datetime-local", "2026-03-01 10:00"),
        ("datetime-local", "2026-03-01T10:00+01:00"),
        ("url", "example.org"),
        ("url", "https://example.org/a b"),
        ("url", "https://"),
    ],
)
def test_what_a_browser_would_not_show_is_shown_as_text(kind: str, value: str) -> None:
    assert type_showing(value, kind) == "text"
