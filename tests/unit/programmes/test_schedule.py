"""The days of a round: counted by the calendar, at local times, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.programmes.schedule import call_of, schedule
from tests.unit.challenges.world import shipped_base

PHASES = shipped_base().programmes["govtech"].phases
START = date(2026, 6, 1)


def phase(days: int, **more: Any) -> dict[str, Any]:
    return {"id": "call", "number": 0, "days": days, "name": {"en": "Call"}, **more}


def test_each_phase_begins_on_the_day_on_which_the_one_before_ends() -> None:
    planned = schedule(PHASES, starts=START, zone="Europe/Copenhagen")
    assert [(one.number, (one.ends - one.starts).days // 7) for one in planned] == [
        (0, 4), (1, 6), (2, 6), (3, 2), (4, 2), (5, 5), (6, 15), (7, 4),
    ]  # fmt: skip
    assert planned[0].starts == START
    pairs = pairwise(planned)
    assert all(one.ends == following.starts for one, following in pairs)
    assert [one.id for one in planned if one.call] == ["call"]


def test_the_call_has_its_four_instants_at_local_time() -> None:
    call = call_of(PHASES, starts=START, zone="Europe/Copenhagen")
    assert call is not None
    day = datetime(2026, 8, 10, tzinfo=UTC)
    assert call.opens == day + timedelta(hours=7)
    assert call.questions_until == day + timedelta(days=28, hours=10)
    assert call.answers_by == day + timedelta(days=35, hours=10)
    assert call.closes == day + timedelta(days=42, hours=10)


def test_it_closes_at_noon_on_both_sides_of_the_change_of_the_clocks() -> None:
    zone = ZoneInfo("Europe/Berlin")
    for day in (date(2026, 9, 21), date(2027, 2, 22)):
        call = call_of([phase(42, closes_at="12:00")], starts=day, zone="Europe/Berlin")
        assert call is not None
        assert call.opens.utcoffset() == timedelta(0)
        local = call.closes.astimezone(zone)
        assert (local.date(), local.hour) == (day + timedelta(days=42), 12)
        assert call.opens.astimezone(zone).utcoffset() != local.utcoffset()


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        # Clocks go from 2:00 to 3:00: the same time after the gap.
        (date(2027, 3, 27), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        # Clocks go from 3:00 back to 2:00: the later of the two.
        (date(2026, 10, 24), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_no_deadline_comes_earlier_than_it_reads(day: date, instant: datetime) -> None:
    call = call_of([phase(1, closes_at="02:30")], starts=day, zone="Europe/Copenhagen")
    assert call is not None
    assert call.closes == instant


def test_a_phase_with_a_day_of_its_own_moves_what_follows() -> None:
    usual = schedule(PHASES, starts=START, zone="UTC")
    moved = schedule(PHASES, starts=START, zone="UTC", fixed={"call": "2026-09-07"})
    assert [one.starts for one in moved[:2]] == [one.starts for one in usual[:2]]
    by = date(2026, 9, 7) - usual[2].starts
    assert [one.starts for one in moved[2:]] == [one.starts + by for one in usual[2:]]


def test_a_programme_without_a_call_has_no_dates_to_take() -> None:
    assert call_of([{**phase(7), "id": "pilot"}], starts=START, zone="UTC") is None


def test_where_a_programme_says_nothing_questions_end_with_the_call() -> None:
    call = call_of([phase(10)], starts=START, zone="UTC")
    assert call is not None
    assert call.questions_until == call.answers_by == call.closes
    assert (call.opens.hour, call.closes.hour) == (9, 12)


@given(
    starts=st.dates(date(2000, 1, 1), date(2150, 1, 1)),
    zone=st.sampled_from(["Europe/Copenhagen", "Europe/London", "Asia/Kathmandu", "UTC"]),
)
def test_whenever_it_begins_its_instants_follow_each_other(starts: date, zone: str) -> None:
    call = call_of(PHASES, starts=starts, zone=zone)
    assert call is not None
    assert call.opens < call.questions_until < call.answers_by < call.closes
    assert call.closes.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "12:00"
