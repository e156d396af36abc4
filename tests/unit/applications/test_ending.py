"""A challenge ends early: whoever applied or was about to learns it, and waits for nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from govmatch.applications import notices, showing
from govmatch.applications.actions import withdraw
from govmatch.applications.models import State
from govmatch.applications.views.next_button import first_button, interview_button
from govmatch.challenges.actions.publication import cancel, move_on
from govmatch.challenges.models import State as Stage
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.settings import Settings
from tests.unit.applications.acting import MINUTE, NOW, acting, begun, submitted
from tests.unit.triage.doing import staffed
from tests.web.applications.world import World, fill

WHY = {"en": "No money is left."}
CLOSED = timedelta(days=30)
"""The deadline is over by then."""


@pytest.fixture
def world(session: Session) -> World:
    return staffed(session, fill(session))


def told(session: Session, event: str, *, at: timedelta = MINUTE) -> list[Notice]:
    (row,) = session.scalars(select(JournalRow).where(JournalRow.event == event))
    background = Background(Settings(), Signer("x" * 40), NOW + at, NOW + at)
    return list(notices.NOTICES[event](background, session, row))


def call_off(session: Session, world: World, *, at: timedelta = MINUTE) -> None:
    challenge = world.challenges["long"]
    cancel(session, challenge, reasons=WHY, actor=acting(session, world.eva), now=NOW + at)
    commit(session)


def test_who_applied_or_began_is_told_that_it_was_cancelled(session: Session, world: World) -> None:
    application = submitted(session, world)
    draft = begun(session, world, "dieter", "weser")
    gone = submitted(session, world, "per", "baltic")
    withdraw(session, gone, actor=acting(session, world.per), now=NOW)
    call_off(session, world)
    found = told(session, "ChallengeCancelled", at=CLOSED)
    assert sorted((one.address, one.path) for one in found) == [
        ("bo@example.org", f"/applications/{application.public_id}"),
        ("carla@example.org", f"/applications/{application.public_id}"),
        ("dieter@example.org", f"/applications/{draft.public_id}"),
    ]
    assert {(one.mail, one.topic) for one in found} == {
        ("applications/challenge_ended", "requests")
    }
    assert all(set(one.values) == {"challenge"} for one in found)


def test_a_draft_that_came_too_late_is_not_told_of_its_end(session: Session, world: World) -> None:
    begun(session, world, "dieter", "weser")
    application = submitted(session, world)
    call_off(session, world, at=CLOSED)
    paths = {one.path for one in told(session, "ChallengeCancelled", at=CLOSED)}
    assert paths == {f"/applications/{application.public_id}"}


def test_where_it_does_not_proceed_those_with_a_letter_are_not_told_twice(
    session: Session, world: World
) -> None:
    submitted(session, world)
    draft = begun(session, world, "dieter", "weser")
    challenge, eva = world.challenges["long"], acting(session, world.eva)
    move_on(
        session, challenge, Stage.DID_NOT_PROCEED, reasons=WHY, actor=eva, now=NOW + MINUTE
    )  # fmt: skip
    commit(session)
    (one,) = told(session, "ChallengeMovedOn")
    assert (one.mail, one.path) == (
        "applications/challenge_ended", f"/applications/{draft.public_id}",
    )  # fmt: skip


def test_that_a_selection_begins_is_told_to_nobody_here(session: Session, world: World) -> None:
    begun(session, world, "dieter", "weser")
    challenge, eva = world.challenges["long"], acting(session, world.eva)
    move_on(session, challenge, Stage.IN_SELECTION, actor=eva, now=NOW + MINUTE)
    commit(session)
    assert told(session, "ChallengeMovedOn") == []


@pytest.mark.parametrize("state", [State.SUBMITTED, State.INCOMPLETE, State.SHORTLISTED])
def test_nothing_is_asked_of_a_firm_any_more(session: Session, world: World, state: State) -> None:
    application = submitted(session, world)
    application.state = state
    application.interview_until = NOW + CLOSED
    assert interview_button(application, NOW, leads=True) is not None
    call_off(session, world)
    assert showing.state_for_firm(application) == showing.ENDED
    assert showing.next_step(application, NOW + MINUTE, "en").text == (
        "The challenge ended early. There is nothing left for you to do."
    )
    assert interview_button(application, NOW + MINUTE, leads=True) is None
    found = first_button(application, [], can_save=False, is_changed=False)
    assert found is not None
    assert found[0].text == "Read the answers"


def test_what_was_withdrawn_or_decided_keeps_its_own_word(session: Session, world: World) -> None:
    application = submitted(session, world)
    gone = submitted(session, world, "per", "baltic")
    withdraw(session, gone, actor=acting(session, world.per), now=NOW)
    application.state, application.decision_released_at = State.NOT_SELECTED, NOW
    call_off(session, world)
    assert showing.state_for_firm(gone)[0].text == "Withdrawn"
    assert showing.state_for_firm(application)[0].text == "Not selected"
    assert told(session, "ChallengeCancelled") == []
