"""The way of an application as its firm sees it: one current step, and no internal move."""

from datetime import UTC, datetime, timedelta

import pytest

from govmatch.applications.models import Application, State
from govmatch.applications.way import Stage, way_of
from govmatch.challenges.models import Challenge

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
CLOSES = NOW - 10 * DAY
INSIDE = [State.SUBMITTED, State.INCOMPLETE, State.INELIGIBLE, State.IN_REVIEW, State.SHORTLISTED]


def application(state: State, *, opened: bool = True, released: bool = False) -> Application:
    challenge = Challenge(
        closes=CLOSES, opened_at=NOW - 9 * DAY if opened else None, end_reasons={}
    )
    return Application(
        challenge=challenge,
        state=state.value,
        submitted_at=None if state is State.DRAFT else CLOSES - DAY,
        decision_released_at=NOW - DAY if released else None,
        confirm_by=NOW + 5 * DAY if released else None,
        is_pilot_agreed=False,
    )


def current(one: Application, now: datetime = NOW) -> list[str]:
    return [
        name.text
        for name, stage, _ in way_of(one, now, until=one.challenge.closes)
        if stage is Stage.CURRENT
    ]


def test_a_draft_stands_at_writing_and_what_is_submitted_waits_for_the_deadline() -> None:
    early = CLOSES - 2 * DAY
    assert current(application(State.DRAFT, opened=False), early) == ["Written and submitted"]
    assert current(application(State.SUBMITTED, opened=False), early) == ["Deadline"]
    later = current(application(State.SUBMITTED, opened=False), CLOSES)
    assert later == ["Opened together with all others"]


def test_between_opening_and_release_every_state_reads_the_same() -> None:
    ways = [way_of(application(state), NOW, until=CLOSES) for state in INSIDE]
    assert all(way == ways[0] for way in ways)
    assert current(application(State.SHORTLISTED)) == ["Assessed by the published criteria"]


def test_whoever_is_selected_stands_at_the_answer_and_then_at_the_pilot() -> None:
    assert current(application(State.SELECTED, released=True)) == ["Your answer"]
    assert current(application(State.CONFIRMED, released=True)) == ["Pilot"]


@pytest.mark.parametrize("state", [State.NOT_SELECTED, State.RESERVE, State.INELIGIBLE])
def test_for_everybody_else_the_letter_is_the_last_step(state: State) -> None:
    way = way_of(application(state, released=True), NOW, until=CLOSES)
    assert [stage for _, stage, _ in way] == [Stage.DONE] * 5
    assert way[-1][0].text == "Letter with points and reasons"


@pytest.mark.parametrize("opened", [False, True])
def test_where_the_challenge_ended_early_nothing_is_ahead_and_no_review_is_told(
    opened: bool,
) -> None:
    one = application(State.SUBMITTED, opened=opened)
    one.challenge.end_reasons = {"en": "No money is left."}
    way = way_of(one, NOW, until=CLOSES)
    names = [name.text for name, _, _ in way]
    between = ["Opened together with all others"] if opened else []
    assert names == ["Written and submitted", "Deadline", *between, "The challenge ended early"]
    assert {stage for _, stage, _ in way} == {Stage.DONE}
    one.decision_released_at = NOW - DAY
    *_, (name, stage, at) = way_of(one, NOW, until=CLOSES)
    assert (name.text, stage, at) == ("Letter with the reasons", Stage.DONE, NOW - DAY)


def test_what_is_withdrawn_or_came_too_late_has_no_way() -> None:
    assert way_of(application(State.WITHDRAWN), NOW, until=CLOSES) == []
    assert way_of(application(State.DRAFT, opened=False), NOW, until=CLOSES) == []


def test_a_late_code_moves_the_deadline_of_its_way() -> None:
    one = application(State.DRAFT, opened=False)
    until = NOW + DAY
    assert way_of(one, NOW, until=until)[1][2] == until
