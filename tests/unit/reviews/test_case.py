"""What is left behind: the journal, its words, the mails, one person's data, the fixed weights."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from govmatch.challenges.actions import amend
from govmatch.challenges.actions.faulty import Faulty
from govmatch.challenges.statement import statement_of
from govmatch.kit import journal
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.journal import JournalRow
from govmatch.kit.signing import Signer
from govmatch.reviews import actions, events, history, notices, personal
from govmatch.reviews.models import Declaration
from govmatch.settings import Settings
from tests.unit.applications.acting import NOW, acting
from tests.unit.reviews.reviewing import assign, declare, review_of, score, submitted
from tests.web.reviews.world import Selection

CONTENT = Path(__file__).parents[3] / "content"
BACKGROUND = Background(Settings(), Signer("x" * 32), NOW, NOW)


@pytest.fixture
def rows(session: Session, selection: Selection) -> list[JournalRow]:
    """The journal of two reviewers at work, one of whom has a conflict in the end."""
    declare(session, selection, "greta", words="wallaby")
    declare(session, selection, "lea", firms=["weser"])
    assign(session, selection, "greta", "lea")
    review = submitted(session, selection, "greta", "nordlys", fit=5)
    greta = acting(session, selection.world.greta)
    actions.declare_conflict(session, review, "numbat", actor=greta, now=NOW)
    actions.clear_conflict(
        session, review.application, review.person_id, "potoroo",
        actor=acting(session, selection.world.eva), now=NOW, real_now=NOW,
    )  # fmt: skip
    actions.remind(session, now=NOW + timedelta(days=13))
    commit(session)
    return list(session.query(JournalRow).order_by(JournalRow.id).all())


def test_the_journal_holds_ids_and_no_words(session: Session, rows: list[JournalRow]) -> None:
    own = [row for row in rows if row.event in history.EVENTS]
    assert {row.event for row in own} >= {
        "ConflictsDeclared", "ConflictNoted", "ReviewAssigned", "ReviewsAssigned",
        "ReviewSubmitted", "ReviewSetAside", "ReviewsReminded", "ConflictCleared", "ReviewReturned",
    }  # fmt: skip
    for word in ("wallaby", "numbat", "potoroo", "because", "Greta", "Nordlys", "greta@"):
        assert not any(word in str(row.data) for row in own)
    assert journal.verify(session).bad_id is None


def test_each_event_is_said_in_words(rows: list[JournalRow]) -> None:
    said = {row.event: str(history.happened(row, lambda number: f"P{number}")) for row in rows}
    assert all(said[event] not in {"None", ""} for event in said if event in history.EVENTS)
    assert said["ApplicationSubmitted"] == "None"
    own = {
        one.__name__
        for one in vars(events).values()
        if isinstance(one, type) and issubclass(one, journal.Event) and one is not journal.Event
    }
    assert own - {"AboutApplication", "AboutChallenge", "ReviewEvent"} == history.EVENTS


def test_mails_say_only_that_something_is_there(
    session: Session, selection: Selection, rows: list[JournalRow]
) -> None:
    told = [
        notice
        for row in rows
        if row.event in notices.NOTICES
        for notice in notices.NOTICES[row.event](BACKGROUND, session, row)
    ]
    assert {(one.mail, one.address) for one in told} == {
        ("reviews/assigned", "greta@example.org"),
        ("reviews/assigned", "lea@example.org"),
        ("reviews/due", "greta@example.org"),
        ("reviews/due", "lea@example.org"),
        ("reviews/ended", "eva@example.org"),
    }
    theirs = [one for one in told if one.mail != "reviews/ended"]
    assert {one.topic for one in theirs} == {"reviews"}
    assert {one.path for one in theirs} == {"/reviews"}
    assert {key for one in told for key in one.values} == {"challenge", "due"}


def test_nobody_is_told_of_what_a_conflict_ended(session: Session, selection: Selection) -> None:
    declare(session, selection, "lea")
    assign(session, selection, "lea", to=["weser"])
    commit(session)
    row = session.query(JournalRow).filter(JournalRow.event == "ReviewsAssigned").one()
    lea = acting(session, selection.world.lea)
    review = review_of(session, selection, "lea", "weser")
    actions.declare_conflict(session, review, "A friend", actor=lea, now=NOW)
    session.flush()
    assert list(notices.assigned(BACKGROUND, session, row)) == []


def test_a_person_gets_and_loses_what_is_theirs(
    session: Session, selection: Selection, rows: list[JournalRow]
) -> None:
    greta = selection.world.greta.id
    given = cast(Any, personal.export(session, greta))
    assert given["declarations"][0]["other_ties"] == "wallaby"
    (scored,) = [one for one in given["reviews"] if one["scores"]]
    assert scored["applicant"] == 17
    assert "Nordlys" not in str(given)
    personal.erase(session, greta, now=NOW)
    session.expire_all()
    after = cast(Any, personal.export(session, greta))
    assert after["declarations"][0]["other_ties"] == ""
    assert [one["scores"] for one in after["reviews"]] == [
        one["scores"] for one in given["reviews"]
    ]
    assert session.query(Declaration).count() == 2


def test_weights_do_not_change_once_there_are_applications(
    session: Session, selection: Selection
) -> None:
    """A second approver asks, so that nothing but the deadline can be the reason."""
    before = [dict(one) for one in selection.challenge.criteria]
    statement = statement_of(selection.challenge)
    even = tuple(replace(one, weight=50) for one in statement.criteria)
    with pytest.raises(Faulty) as caught:
        amend(
            session, selection.challenge, replace(statement, criteria=even),
            reasons={"en": "Other weights"}, actor=acting(session, selection.world.hanne),
            now=NOW, content_dir=CONTENT,
        )  # fmt: skip
    assert any(one.name.startswith("criteria") for one in caught.value.faults)
    assert selection.challenge.criteria == before


def test_a_draft_is_no_act(session: Session, selection: Selection) -> None:
    declare(session, selection, "lea")
    assign(session, selection, "lea")
    before = len(session.info["journal"])
    score(session, review_of(session, selection, "lea", "nordlys"), selection.world.lea)
    assert len(session.info["journal"]) == before
