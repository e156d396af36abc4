"""Deliveries, decisions, key figures, changes, mentors, the end."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govmatch.accounts.models import Invitation, Role
from govmatch.accounts.queries import holders
from govmatch.challenges.models import State as ChallengeState
from govmatch.decisions import queries as decisions
from govmatch.files.refused import Refused
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.pilots import actions, queries
from govmatch.pilots.actions import Reported, Wish
from govmatch.pilots.models import Change, Delivery, KpiValue, Outcome, Pilot, State
from govmatch.programmes.models import Programme
from govmatch.settings import Settings
from govmatch.web.visit import Upload
from tests.unit.pilots.making import (
    ENDS,
    NOW,
    STARTS,
    TODAY,
    Case,
    acting,
    case,
    conclude,
    days,
    deliver,
    first,
    only_kpi,
    planned,
    running,
    settle,
)

OTHERS = ["astrid", "hanne", "jens", "mia", "fie", "finja", "dieter", "ida", "kim"]


def reported(session: Session, pilot: Pilot, **changes: Any) -> Reported:
    values: dict[str, Any] = {
        "kpi": only_kpi(session, pilot),
        "unit": "minutes",
        "value": Decimal("20.5"),
        "measured": TODAY,
    }
    return Reported(**{**values, **changes})


def test_a_milestone_is_delivered_with_files_and_values_and_accepted(
    session: Session, tmp_path: Path
) -> None:
    of = case(session)
    pilot = running(session, of)
    milestone = first(session, pilot)
    delivery = deliver(
        session, of, pilot, milestone,
        uploads=[Upload("labels.txt", b"ten labels")],
        reported=[reported(session, pilot)],
        settings=Settings(data_dir=tmp_path),
    )  # fmt: skip
    assert (milestone.state, delivery.number) == ("delivered", 1)
    assert delivery.html == "<p>It reads <strong>ten</strong> labels.</p>"
    files = queries.files_of_deliveries(session, [delivery.id])
    assert [one.name for one in files[delivery.id]] == ["labels.txt"]
    assert session.query(KpiValue).one().milestone_id == milestone.id
    actions.accept(
        session, pilot, milestone, number=1, actor=acting(session, of.world.eva), now=NOW
    )
    assert (milestone.state, delivery.is_accepted) == ("accepted", True)


def test_a_return_needs_reasons_and_what_follows_is_a_new_delivery(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    milestone, astrid = first(session, pilot), acting(session, of.world.astrid)
    deliver(session, of, pilot, milestone)
    with pytest.raises(Invalid):
        actions.return_delivery(
            session, pilot, milestone, number=1, reasons=" ", actor=astrid, now=NOW
        )
    actions.return_delivery(
        session, pilot, milestone, number=1, reasons="Nine", actor=astrid, now=NOW
    )
    assert milestone.state == "returned"
    deliver(session, of, pilot, milestone, number=2)
    found = queries.deliveries(session, [milestone])
    assert [(one.number, one.is_accepted, one.reasons) for one in found] == [
        (2, None, ""),
        (1, False, "Nine"),
    ]


def test_of_two_deliveries_at_once_one_is_kept(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    deliver(session, of, pilot, first(session, pilot))
    with pytest.raises(Conflict):
        deliver(session, of, pilot, first(session, pilot), text="Carla's")
    assert [one.text for one in session.query(Delivery)] == ["It reads **ten** labels."]


@pytest.mark.parametrize("second", [actions.accept, actions.return_delivery])
def test_a_decision_pressed_twice_counts_once(session: Session, second: Any) -> None:
    of = case(session)
    pilot = running(session, of)
    milestone, astrid = first(session, pilot), acting(session, of.world.astrid)
    deliver(session, of, pilot, milestone)
    actions.accept(session, pilot, milestone, number=1, actor=astrid, now=NOW)
    with pytest.raises(Conflict):
        second(session, pilot, milestone, number=1, reasons="No", actor=astrid, now=NOW)
    assert milestone.state == "accepted"


def test_a_decision_on_an_older_delivery_is_refused(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    milestone, astrid = first(session, pilot), acting(session, of.world.astrid)
    deliver(session, of, pilot, milestone)
    actions.return_delivery(session, pilot, milestone, number=1, reasons="x", actor=astrid, now=NOW)
    deliver(session, of, pilot, milestone, number=2)
    with pytest.raises(Conflict):
        actions.accept(session, pilot, milestone, number=1, actor=astrid, now=NOW)
    assert milestone.state == "delivered"


def test_an_accepted_milestone_is_frozen(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    milestone = first(session, pilot)
    settle(session, of, pilot)
    with pytest.raises(NotAllowed, match="accepted already"):
        deliver(session, of, pilot, milestone, number=2)


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_firm_delivers_and_reports(session: Session, who: str) -> None:
    of = case(session)
    pilot = running(session, of)
    actor = acting(session, of.world.people[who])
    with pytest.raises(NotAllowed):
        deliver(session, of, pilot, first(session, pilot), actor=actor)
    with pytest.raises(NotAllowed):
        actions.measure(session, pilot, reported(session, pilot), lang="en", actor=actor, now=NOW)
    assert session.query(Delivery).count() == session.query(KpiValue).count() == 0


@pytest.mark.parametrize("who", ["bo", *OTHERS[1:]])
def test_only_the_authoritys_side_decides(session: Session, who: str) -> None:
    of = case(session)
    pilot = running(session, of)
    milestone = first(session, pilot)
    deliver(session, of, pilot, milestone)
    with pytest.raises(NotAllowed):
        actions.accept(
            session, pilot, milestone, number=1,
            actor=acting(session, of.world.people[who]), now=NOW,
        )  # fmt: skip
    assert milestone.state == "delivered"


def test_a_planned_pilot_takes_no_delivery_and_no_value(session: Session) -> None:
    of = case(session)
    pilot = planned(session, of)
    with pytest.raises(NotAllowed):
        deliver(session, of, pilot, first(session, pilot))
    with pytest.raises(NotAllowed):
        actions.measure(
            session, pilot, reported(session, pilot),
            lang="en", actor=acting(session, of.world.bo), now=NOW,
        )  # fmt: skip


def test_what_is_no_file_of_ours_is_refused(session: Session, tmp_path: Path) -> None:
    of = case(session)
    pilot = running(session, of)
    with pytest.raises(Refused):
        deliver(
            session, of, pilot, first(session, pilot),
            uploads=[Upload("x.exe", b"MZ\x00\x01")], settings=Settings(data_dir=tmp_path),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": "hours"}, "value"),
        ({"value": Decimal(-1)}, "value"),
        ({"value": Decimal("1.234")}, "value"),
        ({"measured": TODAY + timedelta(days=2)}, "measured"),
        ({"measured": STARTS - timedelta(days=1)}, "measured"),
    ],
)
def test_a_value_of_another_unit_form_or_time_is_refused(
    session: Session, changes: dict[str, Any], field: str
) -> None:
    of = case(session)
    pilot = running(session, of)
    with pytest.raises(Invalid) as error:
        actions.measure(
            session, pilot, reported(session, pilot, **changes),
            lang="en", actor=acting(session, of.world.bo), now=NOW,
        )  # fmt: skip
    assert set(error.value.errors) == {f"{field}-{only_kpi(session, pilot).public_id}"}
    assert session.query(KpiValue).count() == 0


def test_of_two_values_for_a_day_the_later_one_counts(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    bo = acting(session, of.world.bo)
    for value, day in ((25, -1), (18, -5), (22, -1)):
        actions.measure(
            session, pilot, reported(session, pilot, value=Decimal(value), measured=days(day)),
            lang="en", actor=bo, now=NOW,
        )  # fmt: skip
    (latest,) = queries.latest_values(session, pilot).values()
    assert latest.value == 22
    (story,) = queries.public_story(session, of.challenge)
    assert story.kpis[0].values == [(days(-5), Decimal(18)), (days(-1), Decimal(22))]


def wishes(session: Session, pilot: Pilot, **changes: Any) -> list[Wish]:
    one = first(session, pilot)
    return [Wish(milestone=one, **{"due": one.due, "amount": one.amount, **changes})]


def propose(session: Session, of: Case, pilot: Pilot, who: str = "bo", **changes: Any) -> Change:
    ends = changes.pop("ends", ENDS)
    reason = changes.pop("reason", "Data came late")
    return actions.propose_change(
        session, pilot, wishes(session, pilot, **changes), ends=ends, reason=reason,
        revision=pilot.revision, lang="en",
        actor=acting(session, of.world.people[who]), now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(("who", "other"), [("bo", "astrid"), ("eva", "carla")])
def test_a_change_counts_when_the_other_side_agrees(session: Session, who: str, other: str) -> None:
    of = case(session)
    pilot = running(session, of)
    before = pilot.revision
    change = propose(session, of, pilot, who, due=days(30))
    assert first(session, pilot).due == days(20)
    with pytest.raises(NotAllowed):
        actions.agree_to_change(
            session, pilot, change, actor=acting(session, of.world.people[who]), now=NOW
        )
    actions.agree_to_change(
        session, pilot, change, actor=acting(session, of.world.people[other]), now=NOW
    )
    assert first(session, pilot).due == days(30)
    assert pilot.revision == before + 1
    assert {pilot.firm_agreed_by, pilot.authority_agreed_by} == {
        of.world.people[who].id,
        of.world.people[other].id,
    }
    with pytest.raises(Conflict):
        actions.agree_to_change(
            session, pilot, change, actor=acting(session, of.world.people[other]), now=NOW
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": 200_001}, "amount-1"),
        ({"due": days(91)}, "due-1"),
        ({"ends": days(40)}, "ends"),
        ({}, "reason"),
        ({"due": days(21), "reason": " "}, "reason"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    session: Session, changes: dict[str, Any], field: str
) -> None:
    of = case(session)
    pilot = running(session, of)
    with pytest.raises(Invalid) as error:
        propose(session, of, pilot, **changes)
    assert set(error.value.errors) == {field}


def test_one_change_waits_at_a_time_and_is_declined_or_taken_back(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    change = propose(session, of, pilot, due=days(30))
    with pytest.raises(NotAllowed):
        propose(session, of, pilot, "astrid", due=days(31))
    astrid = acting(session, of.world.astrid)
    with pytest.raises(Invalid):
        actions.decline_change(session, pilot, change, answer="", actor=astrid, now=NOW)
    actions.decline_change(session, pilot, change, answer="No", actor=astrid, now=NOW)
    again = propose(session, of, pilot, due=days(31))
    actions.withdraw_change(session, pilot, again, actor=acting(session, of.world.bo), now=NOW)
    assert [one.state for one in queries.changes(session, pilot)] == ["withdrawn", "declined"]
    assert first(session, pilot).due == days(20)


def test_a_milestone_accepted_meanwhile_stays_as_it_is(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    change = propose(session, of, pilot, amount=100_000)
    settle(session, of, pilot)
    with pytest.raises(Conflict):
        actions.agree_to_change(
            session, pilot, change, actor=acting(session, of.world.astrid), now=NOW
        )
    assert first(session, pilot).amount == 200_000


@pytest.mark.parametrize("who", ["bo", "astrid", "eva"])
def test_either_side_stops_a_running_pilot_with_reasons(session: Session, who: str) -> None:
    of = case(session)
    pilot = running(session, of)
    propose(session, of, pilot, due=days(30))
    actor = acting(session, of.world.people[who])
    with pytest.raises(Invalid):
        actions.stop(session, pilot, reasons="", actor=actor, now=NOW)
    actions.stop(session, pilot, reasons="The data are missing", actor=actor, now=NOW)
    assert (pilot.state, pilot.stopped_side) == (
        State.STOPPED,
        "firm" if who == "bo" else "authority",
    )
    assert queries.open_change(session, pilot) is None
    with pytest.raises(NotAllowed):
        deliver(session, of, pilot, first(session, pilot))
    conclude(session, of, pilot)
    assert (pilot.state, pilot.outcome) == (State.STOPPED, "scale")


def test_what_was_delivered_before_a_stop_is_still_decided_on(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    milestone = first(session, pilot)
    deliver(session, of, pilot, milestone)
    actions.stop(session, pilot, reasons="x", actor=acting(session, of.world.bo), now=NOW)
    astrid = acting(session, of.world.astrid)
    actions.accept(session, pilot, milestone, number=1, actor=astrid, now=NOW)
    assert milestone.state == "accepted"


def test_the_outcome_follows_the_last_milestone_once(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    with pytest.raises(NotAllowed, match="every milestone"):
        conclude(session, of, pilot)
    settle(session, of, pilot)
    with pytest.raises(NotAllowed):
        actions.state_outcome(
            session, pilot, outcome=Outcome.STOP, reasons={"en": "x"}, cost=1,
            actor=acting(session, of.world.bo), now=NOW,
        )  # fmt: skip
    with pytest.raises(Invalid):
        actions.state_outcome(
            session, pilot, outcome=Outcome.STOP, reasons={"en": " "}, cost=1,
            actor=acting(session, of.world.astrid), now=NOW,
        )  # fmt: skip
    conclude(session, of, pilot)
    assert (pilot.state, pilot.outcome, pilot.cost) == (State.COMPLETED, "scale", 480_000)
    with pytest.raises(Conflict):
        conclude(session, of, pilot)
    entry = actions.note(
        session, pilot, text="We disagree", actor=acting(session, of.world.bo), now=NOW
    )
    assert entry.text == "We disagree", "the firm can still say what it thinks"


def test_a_challenge_is_completed_when_all_is_told(session: Session) -> None:
    of = case(session)
    eva, astrid = acting(session, of.world.eva), acting(session, of.world.astrid)

    def refused() -> str:
        with pytest.raises(NotAllowed) as error:
            actions.complete(session, of.challenge, actor=eva, now=NOW)
        return error.value.reason.text

    assert refused() == "There was no pilot. End it with the reason why it did not proceed."
    pilot = running(session, of)
    assert refused() == "Not every pilot has an outcome yet."
    settle(session, of, pilot)
    conclude(session, of, pilot)
    assert [one.id for one in decisions.without_letter(session, of.challenge)] == [
        of.application.id
    ]
    assert refused() == "Somebody who applied has no letter with reasons yet."
    programme = session.get_one(Programme, of.challenge.programme_id)
    programme.rules = {**programme.rules, "feedback_required": {"value": False}}
    session.flush()
    with pytest.raises(NotAllowed, match="manager"):
        actions.complete(session, of.challenge, actor=astrid, now=NOW)
    actions.complete(session, of.challenge, actor=eva, now=NOW)
    assert of.challenge.state == ChallengeState.COMPLETED


def invite(session: Session, of: Case, pilot: Pilot, address: str, who: str) -> Invitation:
    return actions.invite_mentor(
        session, pilot, address, lang="en",
        actor=acting(session, of.world.people[who]), now=NOW, real_now=real_now(),
    )  # fmt: skip


@pytest.mark.parametrize("who", ["bo", "hanne", "jens", "mia", "ida", "kim"])
def test_only_the_authoritys_side_invites_mentors(session: Session, who: str) -> None:
    of = case(session)
    pilot = running(session, of)
    with pytest.raises(NotAllowed):
        invite(session, of, pilot, "gro@example.org", who)


def test_a_mentor_is_not_of_the_firm_and_ends_by_the_authority_or_themselves(
    session: Session,
) -> None:
    of = case(session)
    pilot = running(session, of)
    with pytest.raises(Invalid):
        invite(session, of, pilot, "carla@example.org", "astrid")
    offered = invite(session, of, pilot, "gro@example.org", "eva")
    assert (offered.role, offered.object_kind, offered.object_id) == ("mentor", "pilot", pilot.id)
    (row,) = holders(session, "pilot", pilot.id, now=real_now(), roles=[Role.MENTOR])
    for who in ("bo", "hanne", "mona"):
        with pytest.raises(NotAllowed):
            actions.end_mentor(
                session, pilot, row,
                actor=acting(session, of.world.people[who]), now=NOW, real_now=real_now(),
            )  # fmt: skip
    mia = acting(session, of.world.mia)
    actions.end_mentor(session, pilot, row, actor=mia, now=NOW, real_now=real_now())
    assert holders(session, "pilot", pilot.id, now=real_now()) == []


@pytest.mark.parametrize(
    ("who", "may"),
    [("bo", True), ("eva", True), ("mia", True), ("hanne", False), ("jens", False), ("fie", False)],
)
def test_both_sides_and_mentors_write_in_the_log(session: Session, who: str, may: bool) -> None:
    of = case(session)
    pilot = running(session, of)
    actor = acting(session, of.world.people[who])
    if may:
        actions.note(session, pilot, text="Tuesdays at nine", actor=actor, now=NOW)
    else:
        with pytest.raises(NotAllowed):
            actions.note(session, pilot, text="Tuesdays at nine", actor=actor, now=NOW)
    assert queries.count_log(session, pilot) == may


def test_the_final_presentation_is_planned_and_then_held_once(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    astrid = acting(session, of.world.astrid)
    later = NOW + timedelta(days=3)
    with pytest.raises(Invalid):
        actions.plan_presentation(session, pilot, at=NOW, place="x", actor=astrid, now=NOW)
    actions.plan_presentation(session, pilot, at=later, place="Hall", actor=astrid, now=NOW)
    with pytest.raises(NotAllowed):
        actions.hold_presentation(session, pilot, actor=astrid, now=NOW)
    actions.hold_presentation(session, pilot, actor=astrid, now=later)
    with pytest.raises(Conflict):
        actions.hold_presentation(session, pilot, actor=astrid, now=later)
    assert pilot.presented_at == later


def test_who_added_a_document_removes_it(session: Session, tmp_path: Path) -> None:
    of = case(session)
    pilot = running(session, of)
    given: dict[str, Any] = {"now": NOW, "real_now": NOW}
    file = actions.add_document(
        session, pilot, Upload("minutes.txt", b"We met"), settings=Settings(data_dir=tmp_path),
        actor=acting(session, of.world.bo), **given,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.remove_document(
            session, pilot, file, actor=acting(session, of.world.astrid), **given
        )
    actions.remove_document(session, pilot, file, actor=acting(session, of.world.bo), **given)
    assert queries.documents(session, pilot) == []
