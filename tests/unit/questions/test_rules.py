"""Who asks, who answers, who sees what, and by when answers are due."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from govmatch.challenges.models import State as ChallengeState
from govmatch.challenges.rules.answering import answers_by
from govmatch.kit.actor import VISITOR, No
from govmatch.kit.db import Session
from govmatch.kit.i18n import say
from govmatch.questions import queries, rules
from govmatch.questions.models import Question, State
from govmatch.questions.queries import visible_to
from tests.unit.challenges.world import NOW
from tests.unit.questions.world import CLOSES, DAY, UNTIL, World, fill


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def may_ask(world: World, who: str, at: datetime = NOW, asked: int = 0) -> bool:
    actor = world.actor(who)
    return bool(rules.may_ask(actor, world.challenge, at, asked=asked, lang="en"))


def test_whoever_has_signed_in_asks_until_the_last_moment_and_not_at_it(world: World) -> None:
    assert may_ask(world, "bo")
    assert may_ask(world, "jens")
    assert may_ask(world, "bo", UNTIL - timedelta(seconds=1))
    assert not may_ask(world, "bo", UNTIL)
    assert not may_ask(world, "visitor")
    assert not may_ask(world, "bo", asked=rules.MOST_BY_ONE)
    for who in ("astrid", "hanne", "eva", "pia"):
        assert not may_ask(world, who), who


@pytest.mark.parametrize("state", [ChallengeState.CANCELLED, ChallengeState.DID_NOT_PROCEED])
def test_what_has_ended_takes_no_questions(world: World, state: ChallengeState) -> None:
    world.challenge.state = state.value
    ruling = rules.may_ask(world.actor("bo"), world.challenge, NOW, asked=0, lang="en")
    assert isinstance(ruling, No)
    assert "has ended" in say(ruling.reason, "en")
    assert "govtech@sik.example" in say(ruling.reason, "en")


def test_a_late_question_is_refused_with_the_local_date(world: World) -> None:
    ruling = rules.may_ask(world.actor("bo"), world.challenge, UNTIL, asked=0, lang="de")
    assert isinstance(ruling, No)
    assert "1. Dezember 2026" in say(ruling.reason, "de")


def test_staff_approvers_and_managers_answer_late_too_and_nobody_else(world: World) -> None:
    for who in ("astrid", "hanne", "eva"):
        for at in (NOW, UNTIL, CLOSES + DAY):
            assert rules.may_answer(world.actor(who), world.challenge, at)
    for who in ("ida", "pia", "jens", "kim", "bo", "visitor"):
        assert not rules.may_answer(world.actor(who), world.challenge, NOW), who


def test_answers_are_due_as_many_days_later_as_the_programme_says_at_the_same_local_time(
    world: World,
) -> None:
    challenge = world.challenge
    challenge.zone = "Europe/Copenhagen"
    challenge.questions_until = datetime(2027, 3, 25, 11, tzinfo=UTC)
    challenge.closes = datetime(2027, 4, 20, 10, tzinfo=UTC)
    # The clocks go forward on 28 March: noon stays noon.
    assert answers_by(challenge) == datetime(2027, 4, 1, 10, tzinfo=UTC)
    challenge.closes = datetime(2027, 3, 30, 10, tzinfo=UTC)
    assert answers_by(challenge) == challenge.closes
    challenge.answer_days = None
    challenge.programme.phases = [{"id": "call", "questions_until_day": 10, "answers_by_day": 12}]
    assert answers_by(challenge) == datetime(2027, 3, 27, 11, tzinfo=UTC)
    challenge.answer_days = 3
    assert answers_by(challenge) == datetime(2027, 3, 28, 10, tzinfo=UTC)
    challenge.answer_days = None
    challenge.programme.phases = [{"id": "call"}]
    challenge.closes = None
    assert answers_by(challenge) == datetime(2027, 4, 1, 10, tzinfo=UTC)
    challenge.questions_until = None
    assert answers_by(challenge) is None


def test_the_list_narrowed_in_sql_holds_exactly_what_the_rule_allows(world: World) -> None:
    made: list[tuple[str, Question]] = []
    for by, state in product(("bo", "gro"), State):
        if state is not State.WITHDRAWN:
            question = world.ask(f"{state} of {by}", by=by)
            _bring(world, question, state)
            made.append((by, question))
    shown = world.ask("declined for all", by="gro")
    world.decline(shown, shows=True)
    made.append(("gro", shown))
    world.session.flush()
    instants = (NOW - DAY, NOW, CLOSES + DAY)
    people = {**world.people, "visitor": VISITOR}
    for (name, actor), at in product(people.items(), instants):
        found = set(world.session.scalars(select(Question.id).where(visible_to(actor, at))))
        allowed = {one.id for by, one in made if rules.may_see(actor, one, at, is_own=by == name)}
        assert found == allowed, (name, at)
        assert (
            queries.visible_among(world.session, [one.id for _, one in made], actor=actor, now=at)
            == allowed
        )


def _bring(world: World, question: Question, state: State) -> None:
    match state:
        case State.ANSWERED:
            world.save(question)
        case State.PUBLISHED:
            world.publish(question)
        case State.DECLINED:
            world.decline(question)
