"""What the background tells, reminds of, finds and keeps about pilots."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import timedelta

import pytest

from govmatch.applications.models import Access, How
from govmatch.challenges.models import Challenge
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.journal import Event, JournalRow
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.notifications.actions import written
from govmatch.pilots import actions, events, queries
from govmatch.pilots.actions import Reported
from govmatch.pilots.events import AboutPilot, PublicAboutPilot
from govmatch.pilots.handlers import remind_of_decisions, remind_of_milestones, stage
from govmatch.pilots.history import happened
from govmatch.pilots.index_entries import INDEXED
from govmatch.pilots.notices import NOTICES
from govmatch.pilots.personal import erase, export
from govmatch.settings import Settings, shipped
from tests.unit.pilots.making import (
    NOW,
    TODAY,
    acting,
    agree,
    case,
    conclude,
    confirmed,
    days,
    deliver,
    first,
    only_kpi,
    planned,
    running,
    settle,
)

DAY = timedelta(days=1)
SETTINGS = Settings(templates_dir=shipped("templates"), base_url="https://govmatch.example")


def background(days_on: int = 0) -> Background:
    return Background(SETTINGS, Signer("x" * 40), NOW + days_on * DAY, NOW)


def told(session: Session, event: str) -> dict[str, Notice]:
    """Return the notices of the last such event by who gets them."""
    commit(session)
    row = (
        session.query(JournalRow)
        .filter(JournalRow.event == event)
        .order_by(JournalRow.id.desc())
        .first()
    )
    assert row is not None
    found: Iterable[Notice] = NOTICES[event](background(), session, row)
    return {notice.address.partition("@")[0]: notice for notice in found}


def test_the_side_that_is_asked_is_told_and_nobody_else(session: Session) -> None:
    of = case(session)
    pilot = planned(session, of)
    agree(session, of, pilot, "astrid")
    assert set(told(session, "PlanOffered")) == {"bo", "carla"}
    actions.return_plan(
        session, pilot, remarks="No", revision=pilot.revision,
        actor=acting(session, of.world.bo), now=NOW,
    )  # fmt: skip
    assert set(told(session, "PlanReturned")) == {"astrid"}
    agree(session, of, pilot)
    assert set(told(session, "PilotAgreed")) == {"carla", "astrid"}
    deliver(session, of, pilot, first(session, pilot))
    notices = told(session, "MilestoneDelivered")
    assert set(notices) == {"astrid"}
    assert notices["astrid"].topic == "tasks"
    assert notices["astrid"].path.endswith(first(session, pilot).public_id)


def test_whoever_has_a_conflict_is_not_told(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    session.add(
        Access(
            application_id=pilot.application_id, person_id=of.world.astrid.id,
            how=How.CLOSED.value, why="conflict", since=NOW,
        )
    )  # fmt: skip
    deliver(session, of, pilot, first(session, pilot))
    assert told(session, "MilestoneDelivered") == {}


@pytest.mark.parametrize("lang", ["de", "da", "en"])
def test_no_mail_says_what_is_inside_or_who_it_is_about(session: Session, lang: str) -> None:
    of = case(session)
    for who in of.world.people.values():
        who.lang = lang
    pilot = running(session, of)
    deliver(session, of, pilot, first(session, pilot))
    actions.return_delivery(
        session, pilot, first(session, pilot), number=1, reasons="Nine labels",
        actor=acting(session, of.world.astrid), now=NOW,
    )  # fmt: skip
    remind_of_milestones(background(30), session)
    deliver(session, of, pilot, first(session, pilot), number=2)
    remind_of_decisions(background(30), session)
    for name in ("PilotAgreed", "MilestoneDue", "AcceptanceDue", "MilestoneDelivered"):
        for notice in told_any(session, name):
            subject, body = written(notice, SETTINGS)
            for word in (
                "Nordlys",
                "Scanning labels",
                "First version",
                "Nine",
                "It reads",
                "{",
                "200",
            ):
                assert word not in subject + body.replace(pilot.public_id, "")
            assert f"https://govmatch.example{notice.path}" in body


def told_any(session: Session, event: str) -> list[Notice]:
    commit(session)
    rows = session.query(JournalRow).filter(JournalRow.event == event).all()
    return [notice for row in rows for notice in NOTICES[event](background(), session, row)]


def reminders(session: Session, event: str) -> list[int]:
    commit(session)
    rows = session.query(JournalRow).filter(JournalRow.event == event).order_by(JournalRow.id)
    return [int(str(row.data["days"])) for row in rows]


def test_the_firm_is_reminded_seven_days_and_one_day_before_and_once_it_is_past(
    session: Session,
) -> None:
    of = case(session)
    pilot = running(session, of)
    queries.milestones(session, pilot)[1].state = "accepted"
    for day in range(25):
        for _ in range(2):
            remind_of_milestones(background(day), session)
    assert reminders(session, "MilestoneDue") == [7, 1, -1]
    assert [notice.address for notice in told_any(session, "MilestoneDue")] == [
        "bo@example.org",
        "carla@example.org",
    ] * 3


def test_a_worker_that_was_away_sends_one_reminder_and_a_moved_day_begins_anew(
    session: Session,
) -> None:
    of = case(session)
    pilot = running(session, of)
    queries.milestones(session, pilot)[1].state = "accepted"
    remind_of_milestones(background(22), session)
    remind_of_milestones(background(23), session)
    assert reminders(session, "MilestoneDue") == [-1]
    wish = actions.Wish(milestone=first(session, pilot), due=days(40), amount=200_000)
    change = actions.propose_change(
        session, pilot, [wish], ends=pilot.ends, reason="Late", revision=pilot.revision,
        lang="en", actor=acting(session, of.world.bo), now=NOW,
    )  # fmt: skip
    actions.agree_to_change(session, pilot, change, actor=acting(session, of.world.astrid), now=NOW)
    remind_of_milestones(background(34), session)
    assert reminders(session, "MilestoneDue") == [-1, 7]


def test_the_authority_is_reminded_of_a_decision(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    deliver(session, of, pilot, first(session, pilot))
    for day in range(20):
        remind_of_decisions(background(day), session)
    assert reminders(session, "AcceptanceDue") == [7, 1, -1]
    assert {notice.address for notice in told_any(session, "AcceptanceDue")} == {
        "astrid@example.org"
    }
    assert reminders(session, "MilestoneDue") == []


def test_nobody_is_reminded_of_what_was_done_or_is_over(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    settle(session, of, pilot)
    remind_of_milestones(background(90), session)
    remind_of_decisions(background(90), session)
    of.application = confirmed(session, of.world, "weser")
    stopped = planned(session, of)
    agree(session, of, stopped, "astrid", "dieter")
    actions.stop(session, stopped, reasons="x", actor=acting(session, of.world.eva), now=NOW)
    remind_of_milestones(background(90), session)
    assert reminders(session, "MilestoneDue") == reminders(session, "AcceptanceDue") == []


@pytest.mark.parametrize(
    ("days_left", "due"),
    [(30, None), (8, None), (7, 7), (2, 7), (1, 1), (0, 1), (-1, -1), (-50, -1)],
)
def test_each_day_calls_for_its_reminder(days_left: int, due: int | None) -> None:
    assert stage(days_left) == due


def test_a_pilot_is_found_by_those_who_see_it_in_full(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    found = INDEXED["pilot"].entries(background(), session, pilot.id)
    assert {one.lang for one in found} == {"en", "da"}
    may = {
        name
        for name, who in of.world.people.items()
        if acting(session, who).audience & found[0].audience
    }
    full = {"bo", "carla", "astrid", "eva", "hanne", "jens", "mia"}
    assert may == full
    assert "public" not in found[0].audience
    assert "First version" in found[0].text


def test_an_entry_is_closed_to_whoever_has_a_conflict(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    row = Access(
        application_id=pilot.application_id, person_id=of.world.hanne.id,
        how=How.CLOSED.value, why="conflict", since=NOW,
    )  # fmt: skip
    session.add(row)
    session.flush()
    (one, _) = INDEXED["pilot"].entries(background(), session, pilot.id)
    assert one.closed == {f"person:{of.world.hanne.id}"}


def test_the_public_reads_a_pilot_from_its_agreement_on_and_no_deliveries(
    session: Session,
) -> None:
    of = case(session)
    pilot = planned(session, of)
    assert queries.public_story(session, of.challenge) == []
    agree(session, of, pilot)
    deliver(
        session, of, pilot, first(session, pilot), text="zimtstern",
        reported=[Reported(kpi=only_kpi(session, pilot), unit="minutes",
                           value=only_kpi(session, pilot).target, measured=TODAY,
                           note="zimtstern")],
    )  # fmt: skip
    (story,) = queries.public_story(session, of.challenge)
    assert (story.firm, story.state, story.outcome, story.cost) == (
        "Nordlys",
        "running",
        None,
        None,
    )
    assert [(one.title, one.state) for one in story.milestones] == [
        ("First version", "delivered"),
        ("Trial", "planned"),
    ]
    assert "zimtstern" not in repr(story)
    assert "200" not in repr(story.milestones)
    actions.accept(
        session, pilot, first(session, pilot), number=1,
        actor=acting(session, of.world.astrid), now=NOW,
    )  # fmt: skip
    actions.stop(session, pilot, reasons="zimtstern", actor=acting(session, of.world.bo), now=NOW)
    conclude(session, of, pilot)
    (story,) = queries.public_story(session, of.challenge)
    assert (story.outcome, story.reasons, story.cost) == (
        "scale",
        {"en": "It saves time."},
        480_000,
    )
    assert "zimtstern" not in repr(story)


def test_a_plan_that_was_given_up_is_never_public(session: Session) -> None:
    of = case(session)
    pilot = planned(session, of)
    actions.stop(session, pilot, reasons="x", actor=acting(session, of.world.eva), now=NOW)
    assert queries.public_story(session, of.challenge) == []
    other = session.query(Challenge).filter(Challenge.id != of.challenge.id).first()
    assert other is not None
    assert queries.public_stories(session, [other.id, of.challenge.id]) == {}


def test_what_a_person_did_is_exported_and_stays_with_the_case(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    deliver(session, of, pilot, first(session, pilot))
    bo = acting(session, of.world.bo)
    actions.note(session, pilot, text="Tuesday", actor=bo, now=NOW)
    found = export(session, of.world.bo.id)
    assert found["pilots"] == [{"title": "Scanning labels", "part": ["agreed for the firm"]}]
    assert found["pilot_log"] == [{"at": NOW.isoformat(), "text": "Tuesday"}]
    assert found["pilot_deliveries"] == [
        {
            "milestone": "First version",
            "delivery": 1,
            "delivered_at": NOW.isoformat(),
            "text": "It reads **ten** labels.",
        }
    ]
    assert not any(export(session, of.world.dieter.id).values())
    erase(session, of.world.bo.id, now=NOW)
    assert export(session, of.world.bo.id) == found


def _events() -> list[type[Event]]:
    made = [*AboutPilot.__subclasses__(), *PublicAboutPilot.__subclasses__()]
    return [one for one in made if one is not PublicAboutPilot]


DATA = {
    "revision": 2, "number": 1, "days": 7, "side": "firm", "outcome": "scale",
    "at": NOW.isoformat(), "from_state": "running",
}  # fmt: skip


@pytest.mark.parametrize("event", _events(), ids=lambda event: event.__name__)
def test_every_event_has_words_and_speaks_of_ids_alone(event: type[Event]) -> None:
    assert event.__module__ == events.__name__
    row = JournalRow(event=event.__name__, subject_kind="pilot", subject_id=1, data=DATA)
    assert happened(row, lang="en", zone="Europe/Berlin") is not None
    named = {field.name for field in fields(event) if not field.name.endswith("_id")}
    assert named <= DATA.keys()


def test_events_of_others_have_no_words_here() -> None:
    row = JournalRow(event="ChallengePublished", subject_kind="challenge", subject_id=1, data={})
    assert happened(row, lang="en", zone="Europe/Berlin") is None
