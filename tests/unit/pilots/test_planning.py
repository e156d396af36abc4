"""Making a pilot, writing its plan, agreeing to it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from govmatch.applications import rules as application_rules
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.kit.i18n import say
from govmatch.kit.journal import JournalRow
from govmatch.pilots import actions, queries
from govmatch.pilots.models import Pilot, State
from tests.unit.pilots.making import (
    NOW,
    STARTS,
    TODAY,
    acting,
    agree,
    case,
    confirmed,
    days,
    first,
    kpi_data,
    made,
    milestone_data,
    only_kpi,
    plan_data,
    planned,
    running,
)


def events(session: Session, pilot: Pilot) -> list[str]:
    commit(session)
    found = session.query(JournalRow).filter(JournalRow.subject_kind == "pilot")
    return [row.event for row in found.order_by(JournalRow.id) if row.subject_id == pilot.id]


def test_a_pilot_is_made_by_staff_and_by_a_manager_in_the_challenges_currency(
    session: Session,
) -> None:
    of = case(session)
    pilot = made(session, of, "eva")
    assert (pilot.state, pilot.currency, pilot.firm.name) == ("planned", "DKK", "Nordlys")
    assert events(session, pilot) == ["PilotPlanned"]
    assert not of.application.is_pilot_agreed


def test_one_application_has_one_pilot_and_a_challenge_at_most_its_number(
    session: Session,
) -> None:
    of = case(session)
    pilot = made(session, of)
    with pytest.raises(Conflict):
        made(session, of)
    of.application = confirmed(session, of.world, "weser")
    made(session, of)
    of.application = confirmed(session, of.world, "fjord")
    with pytest.raises(NotAllowed, match="may have"):
        made(session, of)
    actions.stop(session, pilot, reasons="No data", actor=acting(session, of.world.astrid), now=NOW)
    assert made(session, of).state == State.PLANNED, "a given up plan frees its place"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"budget": 600_001}, "budget"),
        ({"ends": STARTS}, "ends"),
        ({"ends": STARTS + timedelta(days=2000)}, "ends"),
    ],
)
def test_a_plan_keeps_within_what_the_challenge_offers(
    session: Session, changes: dict[str, Any], field: str
) -> None:
    of = case(session)
    with pytest.raises(Invalid) as error:
        made(session, of, **changes)
    assert set(error.value.errors) == {field}


def test_milestones_beyond_the_budget_are_refused_with_what_is_left(session: Session) -> None:
    of = case(session)
    pilot = planned(session, of)
    astrid = acting(session, of.world.astrid)
    with pytest.raises(Invalid) as error:
        actions.add_milestone(
            session, pilot, milestone_data(amount=1), revision=pilot.revision,
            lang="en", actor=astrid, now=NOW,
        )  # fmt: skip
    assert say(error.value.errors["amount"], "en") == (
        "This goes beyond the budget of DKK\u00a0500,000: "
        "at most DKK\u00a00 is left for this milestone."
    )
    with pytest.raises(Invalid) as error:
        actions.change_milestone(
            session, pilot, first(session, pilot), milestone_data(amount=200_001),
            revision=pilot.revision, lang="en", actor=astrid, now=NOW,
        )  # fmt: skip
    assert set(error.value.errors) == {"amount"}
    with pytest.raises(Invalid) as error:
        actions.change_plan(
            session, pilot, plan_data(budget=499_999), revision=pilot.revision,
            lang="en", actor=astrid, now=NOW,
        )  # fmt: skip
    assert set(error.value.errors) == {"budget"}


@pytest.mark.parametrize("due", [-11, 91])
def test_a_milestone_is_due_within_the_time_of_the_pilot(session: Session, due: int) -> None:
    of = case(session)
    pilot = made(session, of)
    with pytest.raises(Invalid) as error:
        actions.add_milestone(
            session, pilot, milestone_data(due=days(due)), revision=1,
            lang="en", actor=acting(session, of.world.astrid), now=NOW,
        )  # fmt: skip
    assert set(error.value.errors) == {"due"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": "count", "baseline": Decimal("1.5"), "target": Decimal(3)}, "baseline"),
        ({"unit": "points", "baseline": Decimal(2), "target": Decimal(11)}, "target"),
        ({"baseline": Decimal(-1)}, "baseline"),
        ({"target": Decimal(30)}, "target"),
    ],
)
def test_baseline_and_target_fit_their_unit(
    session: Session, changes: dict[str, Any], field: str
) -> None:
    of = case(session)
    pilot = made(session, of)
    with pytest.raises(Invalid) as error:
        actions.add_kpi(
            session, pilot, kpi_data(**changes), revision=1,
            lang="en", actor=acting(session, of.world.astrid), now=NOW,
        )  # fmt: skip
    assert set(error.value.errors) == {field}


@pytest.mark.parametrize("who", ["bo", "hanne", "jens", "mia", "fie", "finja", "dieter", "ida"])
def test_nobody_but_the_authoritys_side_writes_the_plan(session: Session, who: str) -> None:
    of = case(session)
    pilot = planned(session, of)
    actor = acting(session, of.world.people[who])
    with pytest.raises(NotAllowed):
        actions.change_plan(
            session, pilot, plan_data(), revision=pilot.revision, lang="en", actor=actor, now=NOW
        )
    with pytest.raises(NotAllowed):
        actions.remove_from_plan(
            session, pilot, only_kpi(session, pilot), revision=pilot.revision, actor=actor, now=NOW
        )


def test_both_agree_on_one_revision_and_the_pilot_runs(session: Session) -> None:
    of = case(session)
    pilot = planned(session, of)
    assert not pilot.agreed_at
    agree(session, of, pilot, "astrid")
    assert pilot.state == State.PLANNED
    agree(session, of, pilot, "bo")
    assert (pilot.state, pilot.agreed_at) == (State.RUNNING, NOW)
    assert of.application.is_pilot_agreed
    assert of.challenge.state == ChallengeState.PILOTING
    assert not application_rules.may_withdraw(acting(session, of.world.bo), of.application)
    assert events(session, pilot)[-2:] == ["PlanOffered", "PilotAgreed"]


def test_a_second_pilot_of_a_piloting_challenge_begins_too(session: Session) -> None:
    of = case(session)
    running(session, of)
    of.application = confirmed(session, of.world, "weser")
    pilot = planned(session, of)
    agree(session, of, pilot, "eva", "dieter")
    assert pilot.state == State.RUNNING


def test_a_change_empties_both_agreements_and_an_old_revision_is_not_agreed_to(
    session: Session,
) -> None:
    of = case(session)
    pilot = planned(session, of)
    agree(session, of, pilot, "astrid")
    old = pilot.revision
    astrid, bo = acting(session, of.world.astrid), acting(session, of.world.bo)
    actions.change_milestone(
        session, pilot, first(session, pilot), milestone_data(amount=1), revision=old,
        lang="en", actor=astrid, now=NOW,
    )  # fmt: skip
    assert pilot.authority_agreed_at is None
    with pytest.raises(NotAllowed):
        actions.agree(session, pilot, revision=old, actor=bo, now=NOW)
    agree(session, of, pilot, "astrid")
    with pytest.raises(Conflict):
        actions.agree(session, pilot, revision=old, actor=bo, now=NOW)
    assert pilot.state == State.PLANNED
    agree(session, of, pilot, "bo")
    assert pilot.state == State.RUNNING


def test_a_save_on_an_old_page_is_noticed(session: Session) -> None:
    of = case(session)
    pilot = planned(session, of)
    with pytest.raises(Conflict):
        actions.change_plan(
            session, pilot, plan_data(title="Mine"), revision=pilot.revision - 1,
            lang="en", actor=acting(session, of.world.eva), now=NOW,
        )  # fmt: skip
    assert pilot.title == "Scanning labels"


def test_a_plan_with_gaps_is_not_agreed_to(session: Session) -> None:
    of = case(session)
    pilot = made(session, of, summary={})
    with pytest.raises(Invalid) as error:
        agree(session, of, pilot, "astrid")
    said = [say(one, "en") for one in error.value.errors.values()]
    assert said == [
        "The public summary is missing.",
        "There is no milestone yet.",
        "There is no key figure yet.",
    ]


def test_the_firm_returns_a_plan_with_remarks_and_gets_it_again(session: Session) -> None:
    of = case(session)
    pilot = planned(session, of)
    bo = acting(session, of.world.bo)
    with pytest.raises(NotAllowed):
        actions.return_plan(session, pilot, remarks="x", revision=pilot.revision, actor=bo, now=NOW)
    agree(session, of, pilot, "astrid")
    with pytest.raises(Invalid):
        actions.return_plan(session, pilot, remarks=" ", revision=pilot.revision, actor=bo, now=NOW)
    actions.return_plan(
        session, pilot, remarks="Too early", revision=pilot.revision, actor=bo, now=NOW
    )
    assert (pilot.remarks, pilot.authority_agreed_at) == ("Too early", None)
    agree(session, of, pilot, "astrid", "bo")
    assert (pilot.remarks, pilot.state) == ("", State.RUNNING)


def test_what_was_withdrawn_is_not_agreed_to(session: Session) -> None:
    of = case(session)
    pilot = planned(session, of)
    agree(session, of, pilot, "astrid")
    of.application.state = "withdrawn"
    session.flush()
    with pytest.raises(NotAllowed, match="withdrawn"):
        agree(session, of, pilot, "bo")


def test_an_agreed_plan_is_written_no_more(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    astrid = acting(session, of.world.astrid)
    with pytest.raises(NotAllowed):
        actions.remove_from_plan(
            session, pilot, first(session, pilot), revision=pilot.revision, actor=astrid, now=NOW
        )
    assert len(queries.milestones(session, pilot)) == 2
    assert first(session, pilot).due == TODAY + timedelta(days=20)
