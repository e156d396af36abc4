"""No sequence of acts leaves the table of states, and none raises anything but a plain no."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session as ReadSession

from govmatch.challenges import actions, rules
from govmatch.challenges.actions.holding import move
from govmatch.challenges.models import AFTER_PUBLICATION, NEXT_STATES, Challenge, State
from govmatch.kit.actor import Actor
from govmatch.kit.content import FILES
from govmatch.kit.db import Session
from govmatch.kit.errors import GovmatchError
from tests.databases import Databases, Kind
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    World,
    amended,
    make_world,
    remark,
    statement,
)

Act = Callable[[Session, Challenge, Actor, datetime], object]

ACTS: dict[str, Act] = {
    "save": lambda s, c, who, now: actions.save(
        s, c, statement(pilots_max=2), revision=c.revision, actor=who, now=now
    ),
    "submit": lambda s, c, who, now: actions.submit_for_approval(
        s, c, actor=who, now=now, content_dir=CONTENT
    ),
    "return": lambda s, c, who, now: actions.return_(
        s, c, written=[remark("x")], actor=who, now=now, real_now=now
    ),
    "approve": lambda s, c, who, now: actions.approve(s, c, actor=who, now=now, real_now=now),
    "publish": lambda s, c, who, now: actions.publish(
        s, c, actor=who, now=now, content_dir=CONTENT
    ),
    "later": lambda s, c, who, now: actions.publish(
        s, c, actor=who, now=now, at=now + timedelta(days=1), content_dir=CONTENT
    ),
    "move": lambda s, c, who, now: actions.move_publication(
        s, c, actor=who, now=now, content_dir=CONTENT
    ),
    "withdraw": lambda s, c, who, now: actions.withdraw_publication(s, c, actor=who, now=now),
    "amend": lambda s, c, who, now: amended(s, c, who, now, budget_max=700_000),
    "cancel": lambda s, c, who, now: actions.cancel(s, c, reasons={"en": "x"}, actor=who, now=now),
    "approve files": lambda s, c, who, now: actions.approve_from_file(
        s, c, by="Office", actor=who, now=now
    ),
    "publish files": lambda s, c, who, now: actions.publish_from_file(
        s, c, at=now, actor=who, now=now, content_dir=CONTENT
    ),
    "take back": lambda s, c, who, now: actions.take_back(s, c, actor=who, now=now),
}
DECIDING = ("astrid", "hanne", "eva", "pia", "ida", "bo", "files")


@dataclass(frozen=True)
class Stage:
    session: Session
    world: World

    def actor(self, name: str) -> Actor:
        return FILES if name == "files" else self.world.everybody[name]


@pytest.fixture(scope="module")
def stage(databases: Databases) -> Iterator[Stage]:
    """One world for all examples; each example is undone by its savepoint."""
    engine = databases.shared(Kind.SQLITE).engine.execution_options(govmatch_begin="IMMEDIATE")
    with engine.connect() as connection:
        outer = connection.begin()
        with ReadSession(connection, join_transaction_mode="create_savepoint") as opened:
            session = Session(opened)
            yield Stage(session, make_world(session))
        outer.rollback()


STEPS = st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(DECIDING), st.integers(0, 20))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=4, max_size=14), from_file=st.booleans())
def test_whatever_is_done_follows_the_table(
    stage: Stage, steps: list[tuple[str, str, int]], *, from_file: bool
) -> None:
    session = stage.session
    savepoint = session.begin_nested()
    challenge = actions.create(
        session,
        statement(),
        actor=FILES if from_file else stage.world.astrid,
        now=NOW,
        slug="x",
        source_path="challenges/x" if from_file else None,
    )
    days = 0
    for act, name, more in steps:
        days += more
        before = State(challenge.state)
        _try(stage, challenge, act, name, NOW + timedelta(days=days))
        after = State(challenge.state)
        assert after is before or after in NEXT_STATES[before], (before, act, name, after)
        _check(challenge)
    savepoint.rollback()
    session.expunge_all()
    session.info.clear()


def _try(stage: Stage, challenge: Challenge, act: str, name: str, now: datetime) -> None:
    """Let somebody do something; a no is as good as a yes, anything else is not."""
    with suppress(GovmatchError):
        ACTS[act](stage.session, challenge, stage.actor(name), now)
    stage.session.flush()


def _check(challenge: Challenge) -> None:
    """What always holds, whatever was done."""
    state = State(challenge.state)
    if state in {State.APPROVED, State.PUBLISHED}:
        assert challenge.approved_by is not None or challenge.approved_in_file is not None
        assert challenge.approved_by not in rules.wrote(challenge)
        assert challenge.version is not None
    assert state is not State.PUBLISHED or challenge.published_at is not None
    if challenge.published_at is not None:
        assert state in AFTER_PUBLICATION
        assert challenge.opens is not None
        assert challenge.published_at <= challenge.opens


@pytest.mark.parametrize("state", State)
def test_a_step_that_is_not_in_the_table_is_refused(state: State) -> None:
    for to in State:
        challenge = Challenge(state=state.value)
        if to in NEXT_STATES[state]:
            assert move(challenge, to, now=NOW) is state
            assert challenge.state == to
        else:
            with pytest.raises(ValueError, match="does not follow"):
                move(challenge, to, now=NOW)
            assert challenge.state == state


def test_every_state_can_be_reached_and_leads_to_an_end() -> None:
    reached, waiting = set(), [State.DRAFT]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += NEXT_STATES[state]
    assert reached == set(State)
    assert [state for state in State if not NEXT_STATES[state]] == [State.ARCHIVED]
