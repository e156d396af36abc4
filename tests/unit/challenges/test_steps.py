"""The way of a challenge as everybody reads it on its public page."""

from datetime import timedelta

import pytest

from govmatch.challenges import actions
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.views.detail.steps import steps
from govmatch.kit.db import Session
from tests.unit.challenges.world import NOW, World, make_world, published

REASON = {"en": "There is no money left."}


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def shown(challenge: Challenge, days: int) -> list[tuple[str, str]]:
    """Return (label, state) of each step so many days from now."""
    found = steps(challenge, NOW + timedelta(days=days))
    return [(label.text, state) for label, state, _ in found]


def test_what_was_cancelled_before_it_opened_is_no_further_ever_after(
    session: Session, world: World
) -> None:
    challenge = published(session, world)
    actions.cancel(session, challenge, reasons=REASON, actor=world.eva, now=NOW)
    assert shown(challenge, 400) == [("Cancelled", "current")]


def test_what_did_not_proceed_shows_how_far_it_came(session: Session, world: World) -> None:
    challenge = published(session, world)
    assert challenge.closes is not None
    opened = challenge.closes + timedelta(days=1)
    challenge.opened_at = opened
    for to in (State.IN_SELECTION, State.DID_NOT_PROCEED):
        actions.move_on(
            session, challenge, to, actor=world.eva, now=opened + timedelta(days=2), reasons=REASON
        )
    assert shown(challenge, 400) == [
        ("Opens", "done"),
        ("Open for applications", "done"),
        ("Selection", "done"),
        ("Did not proceed", "current"),
    ]


def test_what_goes_on_shows_its_whole_way(session: Session, world: World) -> None:
    challenge = published(session, world)
    assert [label for label, _ in shown(challenge, 0)] == [
        "Opens", "Open for applications", "Selection", "Decision", "Pilot", "Outcome",
    ]  # fmt: skip
