"""Who may do what, in which state, until when."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from govmatch.applications import queries, rules
from govmatch.applications.eligibility import Gate, Met
from govmatch.applications.models import State
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session
from tests.unit.applications.acting import NOW, acting, begun, submitted
from tests.web.applications.world import World, fill

SECOND = timedelta(seconds=1)


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("bo", True),
        ("dieter", True),
        ("gro", True),
        ("ida", True),
        ("astrid", False),
        ("eva", False),
        ("finn", False),
        ("jens", False),
        ("kim", False),
    ],
)
def test_those_who_run_a_challenge_may_not_apply(
    session: Session, world: World, who: str, allowed: object
) -> None:
    actor = acting(session, world.people[who])
    held = queries.every_role(session, actor, real_now=NOW)
    ruling = rules.may_apply(world.challenges["long"], held=held, now=NOW)
    assert bool(ruling) is allowed


def test_a_role_that_waits_for_the_second_factor_counts(session: Session, world: World) -> None:
    waiting = acting(session, world.finn)
    without = type(waiting)(person_id=waiting.person_id)
    held = queries.every_role(session, without, real_now=NOW)
    assert not rules.may_apply(world.challenges["long"], held=held, now=NOW)


def test_a_programme_may_let_its_staff_apply(session: Session, world: World) -> None:
    programme = world.programmes["long"]
    programme.rules = {"staff_may_not_apply": {"value": False}}
    held = queries.every_role(session, acting(session, world.finn), real_now=NOW)
    assert rules.may_apply(world.challenges["long"], held=held, now=NOW)


def test_a_challenge_is_open_from_its_opening_to_just_before_its_deadline(
    session: Session, world: World
) -> None:
    challenge = world.challenges["long"]
    assert challenge.opens is not None
    assert challenge.closes is not None

    def at(instant: object) -> str:
        ruling = rules.may_apply(challenge, held=(), now=instant)  # type: ignore[arg-type]
        return "" if ruling else str(ruling.reason)

    assert at(challenge.opens - SECOND) == "This challenge is not open yet."
    assert at(challenge.opens) == ""
    assert at(challenge.closes - SECOND) == ""
    assert at(challenge.closes) == "The deadline has passed."
    assert at(challenge.closes + SECOND) == "The deadline has passed."
    challenge.state = "cancelled"
    assert at(NOW) == "This challenge takes no applications."


@pytest.mark.parametrize("state", State)
def test_answers_change_until_the_deadline_and_in_three_states_only(
    session: Session, world: World, state: State
) -> None:
    application = begun(session, world)
    application.state = state
    bo = acting(session, world.bo)
    can = bool(rules.may_save(bo, application, held=bo.roles, now=NOW))
    assert can is (state in {State.DRAFT, State.SUBMITTED, State.WITHDRAWN})
    closes = application.challenge.closes
    assert closes is not None
    assert not rules.may_save(bo, application, held=bo.roles, now=closes)


@pytest.mark.parametrize("who", ["dieter", "gro", "astrid", "eva", "finn", "jens", "kim", None])
@pytest.mark.parametrize("may", ["save", "submit", "withdraw"])
def test_nobody_but_the_firm_does_anything(
    session: Session, world: World, who: str | None, may: str
) -> None:
    application = submitted(session, world)
    actor = acting(session, world.people[who]) if who else VISITOR
    asked: dict[str, Callable[[], object]] = {
        "save": lambda: rules.may_save(actor, application, held=(), now=NOW),
        "submit": lambda: rules.may_submit(actor, application, held=(), gates=(), now=NOW),
        "withdraw": lambda: rules.may_withdraw(actor, application),
    }
    assert not asked[may]()
    firm = acting(session, world.carla)
    assert rules.may_save(firm, application, held=(), now=NOW)
    assert rules.may_submit(firm, application, held=(), gates=(), now=NOW)
    assert rules.may_withdraw(firm, application)


@pytest.mark.parametrize(
    ("is_hard", "met", "allowed"),
    [
        (True, Met.NO, False),
        (True, Met.UNKNOWN, True),
        (False, Met.NO, True),
        (True, Met.YES, True),
    ],
)
def test_only_a_hard_gate_that_is_not_met_stops_a_submission(
    session: Session, world: World, is_hard: bool, met: Met, allowed: object
) -> None:
    application = begun(session, world)
    gate = Gate("country", ("DK",), "US", met, is_hard=is_hard)
    bo = acting(session, world.bo)
    ruling = rules.may_submit(bo, application, held=(), gates=[gate], now=NOW)
    assert bool(ruling) is allowed


@pytest.mark.parametrize("state", State)
def test_what_was_submitted_may_be_withdrawn_until_it_is_over(
    session: Session, world: World, state: State
) -> None:
    application = submitted(session, world)
    application.state = state
    final = {State.DRAFT, State.WITHDRAWN, State.NOT_SELECTED, State.DECLINED}
    can = bool(rules.may_withdraw(acting(session, world.bo), application))
    assert can is (state not in final)


def test_from_the_agreement_on_a_pilot_nothing_is_withdrawn(session: Session, world: World) -> None:
    application = submitted(session, world)
    application.state = State.CONFIRMED
    bo = acting(session, world.bo)
    assert rules.may_withdraw(bo, application)
    application.is_pilot_agreed = True
    assert not rules.may_withdraw(bo, application)


def test_a_withdrawal_is_final_from_the_deadline_on(session: Session, world: World) -> None:
    application = submitted(session, world)
    closes = application.challenge.closes
    assert closes is not None
    assert not rules.is_withdrawal_final(application, closes - SECOND)
    assert rules.is_withdrawal_final(application, closes)
