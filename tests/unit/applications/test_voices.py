"""A voice and no vote: who sits in the steering group has no right to any application."""

from datetime import datetime

import pytest
from sqlalchemy import select

from govmatch.accounts.models import HELD_FOR, Role
from govmatch.applications import queries, rules
from govmatch.applications.models import Application, State
from govmatch.challenges.models import State as ChallengeState
from govmatch.challenges.queries import visible_to as challenges_visible_to
from govmatch.challenges.rules import may_amend, may_approve, may_edit, may_publish, may_see
from govmatch.kit.actor import Actor, Held
from govmatch.kit.db import Session
from govmatch.triage.rules import may_run, may_work
from tests.unit.applications.acting import MINUTE, NOW, submitted
from tests.web.applications.world import World, fill


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


@pytest.fixture
def one(session: Session, world: World) -> Application:
    return submitted(session, world)


def voice(world: World, application: Application) -> Actor:
    """Return somebody who sits in the steering group of the very programme, and nothing else."""
    held = Held(Role.STEERING, "programme", application.challenge.programme_id)
    return Actor(person_id=world.gro.id, roles=frozenset({held}))


def test_a_voice_is_held_for_a_programme_alone() -> None:
    assert HELD_FOR[Role.STEERING] == {"programme"}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("opened", [None, NOW - MINUTE])
def test_no_application_is_shown_found_or_worked_on(
    session: Session, world: World, one: Application, state: State, opened: datetime | None
) -> None:
    one.state, one.challenge.opened_at = state.value, opened
    session.flush()
    actor = voice(world, one)
    assert rules.how(actor, one, None) is None
    assert not rules.may_see(actor, one, access=None)
    assert not may_run(actor, one)
    assert not may_work(actor, one)
    for found in (queries.visible_to(actor), queries.with_names_to(actor)):
        assert session.scalars(select(Application).where(found)).all() == []


@pytest.mark.parametrize("state", list(ChallengeState)[:4])
def test_no_challenge_is_seen_before_everybody_sees_it_or_changed(
    session: Session, world: World, one: Application, state: ChallengeState
) -> None:
    challenge = one.challenge
    challenge.state, challenge.published_at = state.value, None
    session.flush()
    actor = voice(world, one)
    assert not may_see(actor, challenge, NOW)
    assert not may_edit(actor, challenge)
    assert not may_approve(actor, challenge, own_approvers=())
    assert not may_publish(actor, challenge)
    assert not may_amend(actor, challenge)
    shown = session.scalars(select(type(challenge)).where(challenges_visible_to(actor, NOW)))
    assert challenge not in shown.all()
