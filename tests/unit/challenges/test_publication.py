"""A time that was chosen for the publication: moved or withdrawn until it is reached."""

from datetime import timedelta

import pytest

from govmatch.challenges import actions, rules
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.queries import visible_among
from govmatch.kit.actor import VISITOR
from govmatch.kit.content import FILES
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid, NotAllowed
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    World,
    approved,
    happened,
    make_world,
    statement,
)

DAY = timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


@pytest.fixture
def later(session: Session, world: World) -> Challenge:
    """A challenge that becomes public in two days."""
    challenge = approved(session, world)
    actions.publish(
        session, challenge, at=NOW + 2 * DAY, actor=world.eva, now=NOW, content_dir=CONTENT
    )
    return challenge


def test_another_time_is_chosen(session: Session, world: World, later: Challenge) -> None:
    actions.move_publication(
        session, later, at=NOW + 5 * DAY, actor=world.eva, now=NOW + DAY, content_dir=CONTENT
    )
    assert later.published_at == NOW + 5 * DAY
    assert not rules.is_public(later, NOW + 3 * DAY)
    assert rules.is_public(later, NOW + 5 * DAY)
    assert happened(session)[-1] == "PublicationMoved"


def test_it_becomes_public_at_once(session: Session, world: World, later: Challenge) -> None:
    actions.move_publication(session, later, actor=world.eva, now=NOW + DAY, content_dir=CONTENT)
    assert rules.is_public(later, NOW + DAY)


@pytest.mark.parametrize(("facts", "kept"), [({}, 0), ({"decision_days": 35}, 35)])
def test_what_is_promised_is_kept_with_the_publication_and_taken_back_with_it(
    session: Session, world: World, facts: dict[str, int], kept: int
) -> None:
    challenge = approved(session, world)
    assert not challenge.promised_days
    challenge.programme.facts = facts
    at = NOW + 2 * DAY
    actions.publish(session, challenge, at=at, actor=world.eva, now=NOW, content_dir=CONTENT)
    assert challenge.promised_days == kept
    challenge.programme.facts = {"decision_days": 9}
    assert challenge.promised_days == kept
    actions.withdraw_publication(session, challenge, actor=world.eva, now=NOW + DAY)
    assert challenge.promised_days is None


def test_when_questions_are_answered_is_kept_with_the_publication(
    session: Session, world: World
) -> None:
    challenge = approved(session, world)
    asked, answered = 28, 33
    challenge.programme.phases = called(questions_until=asked, answers_by=answered)
    at = NOW + 2 * DAY
    actions.publish(session, challenge, at=at, actor=world.eva, now=NOW, content_dir=CONTENT)
    challenge.programme.phases = called(questions_until=28, answers_by=30)
    assert challenge.answer_days == answered - asked
    actions.withdraw_publication(session, challenge, actor=world.eva, now=NOW + DAY)
    assert challenge.answer_days is None


def called(*, questions_until: int, answers_by: int) -> list[dict[str, object]]:
    days = {"questions_until_day": questions_until, "answers_by_day": answers_by}
    return [{"id": "call", **days}]


def test_what_is_promised_is_what_stands_when_the_publication_is_moved(
    session: Session, world: World, later: Challenge
) -> None:
    later.programme.facts = {"decision_days": 9}
    later.programme.phases = called(questions_until=28, answers_by=30)
    at = NOW + 5 * DAY
    actions.move_publication(
        session, later, at=at, actor=world.eva, now=NOW + DAY, content_dir=CONTENT
    )
    assert (later.promised_days, later.answer_days) == (9, 2)


def test_the_same_time_again_is_no_change(session: Session, world: World, later: Challenge) -> None:
    actions.move_publication(
        session, later, at=NOW + 2 * DAY, actor=world.eva, now=NOW + DAY, content_dir=CONTENT
    )
    assert happened(session)[-1] == "ChallengePublished"


@pytest.mark.parametrize("days", [-1, 11])
def test_the_new_time_is_neither_past_nor_after_the_opening(
    session: Session, world: World, later: Challenge, days: int
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.move_publication(
            session, later, at=NOW + days * DAY, actor=world.eva, now=NOW, content_dir=CONTENT
        )
    assert list(refused.value.errors) == ["at"]
    assert later.published_at == NOW + 2 * DAY


def test_what_is_withdrawn_is_approved_and_never_becomes_public_by_itself(
    session: Session, world: World, later: Challenge
) -> None:
    actions.withdraw_publication(session, later, actor=world.eva, now=NOW + DAY)
    assert (later.state, later.published_at) == (State.APPROVED, None)
    assert later.approved_by == world.hanne.person_id
    session.flush()
    at = NOW + 3 * DAY
    assert visible_among(session, [later.id], actor=VISITOR, now=at) == set()
    actions.publish(session, later, actor=world.eva, now=at, content_dir=CONTENT)
    assert visible_among(session, [later.id], actor=VISITOR, now=at) == {later.id}


@pytest.mark.security(3)
@pytest.mark.parametrize("who", ["astrid", "hanne", "ida", "pia", "jens", "kim", "bo", "visitor"])
def test_only_a_manager_of_the_programme_does_either(
    session: Session, world: World, later: Challenge, who: str
) -> None:
    actor = world.everybody[who]
    with pytest.raises(NotAllowed):
        actions.move_publication(
            session, later, at=NOW + DAY, actor=actor, now=NOW, content_dir=CONTENT
        )
    with pytest.raises(NotAllowed):
        actions.withdraw_publication(session, later, actor=actor, now=NOW)


def test_from_its_time_on_neither_is_possible(
    session: Session, world: World, later: Challenge
) -> None:
    at = NOW + 2 * DAY
    with pytest.raises(NotAllowed):
        actions.move_publication(
            session, later, at=at + DAY, actor=world.eva, now=at, content_dir=CONTENT
        )
    with pytest.raises(NotAllowed):
        actions.withdraw_publication(session, later, actor=world.eva, now=at)
    assert rules.is_public(later, at)


def test_what_files_publish_is_withdrawn_in_its_files(session: Session, world: World) -> None:
    challenge = actions.create(
        session, statement(), actor=FILES, now=NOW, slug="x", source_path="challenges/x"
    )
    actions.approve_from_file(session, challenge, by="Office", actor=FILES, now=NOW)
    actions.publish_from_file(
        session, challenge, at=NOW + DAY, actor=FILES, now=NOW, content_dir=CONTENT
    )
    with pytest.raises(NotAllowed):
        actions.withdraw_publication(session, challenge, actor=world.eva, now=NOW)
