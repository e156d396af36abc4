"""Scheduled, open and closed follow from dates and the clock; everything else is stored."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.challenges.models import AFTER_PUBLICATION, Challenge, State
from govmatch.challenges.rules import (
    Phase,
    is_open,
    is_past_deadline,
    is_public,
    phase,
    takes_questions,
)
from tests.unit.challenges.world import NOW

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def challenge(state: State = State.PUBLISHED, **changes: datetime | None) -> Challenge:
    dates = {
        "published_at": NOW,
        "opens": NOW + 2 * DAY,
        "questions_until": NOW + 5 * DAY,
        "closes": NOW + 9 * DAY,
    }
    return Challenge(state=state.value, **{**dates, **changes})


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (-SECOND, Phase.APPROVED),
        (timedelta(0), Phase.SCHEDULED),
        (2 * DAY - SECOND, Phase.SCHEDULED),
        (2 * DAY, Phase.OPEN),
        (9 * DAY - SECOND, Phase.OPEN),
        (9 * DAY, Phase.CLOSED),
        (900 * DAY, Phase.CLOSED),
    ],
)
def test_a_published_one_steps_through_its_dates(at: timedelta, expected: Phase) -> None:
    assert phase(challenge(), NOW + at) is expected
    assert is_open(challenge(), NOW + at) is (expected is Phase.OPEN)
    assert is_past_deadline(challenge(), NOW + at) is (expected is Phase.CLOSED)


@pytest.mark.parametrize("state", [state for state in State if state is not State.PUBLISHED])
def test_every_other_state_is_its_phase_whatever_the_clock(state: State) -> None:
    for at in (-DAY, DAY, 3 * DAY, 20 * DAY):
        assert phase(challenge(state), NOW + at) == state.value
        assert not is_open(challenge(state), NOW + at)


def test_questions_are_taken_from_publication_until_their_last_day() -> None:
    one = challenge()
    instants = [-SECOND, timedelta(0), 3 * DAY, 5 * DAY - SECOND, 5 * DAY]
    assert [takes_questions(one, NOW + at) for at in instants] == [False, True, True, True, False]
    assert not takes_questions(challenge(State.CANCELLED), NOW + DAY)


def test_the_public_sees_it_from_its_instant_on_and_drafts_never() -> None:
    assert not is_public(challenge(), NOW - SECOND)
    assert is_public(challenge(), NOW)
    assert not is_public(challenge(published_at=None), NOW + DAY)
    assert not is_public(challenge(State.APPROVED), NOW + DAY)


@given(state=st.sampled_from(State), at=st.integers(-100, 100), published=st.booleans())
def test_open_implies_public(state: State, at: int, *, published: bool) -> None:
    one = challenge(state, published_at=NOW if published else None)
    now = NOW + at * DAY
    if is_open(one, now):
        assert is_public(one, now)
        assert state in AFTER_PUBLICATION
