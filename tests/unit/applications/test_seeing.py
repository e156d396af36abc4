"""Who sees an application, and how: the same in SQL and in Python, for everybody, at any time."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govmatch.accounts.models import HELD_FOR, Role
from govmatch.applications import queries, rules
from govmatch.applications.actions import access
from govmatch.applications.models import Access, Application, How, State
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, NotFound
from govmatch.kit.journal import JournalRow
from tests.unit.applications.acting import MINUTE, NOW, acting, begun, submitted
from tests.web.applications.world import World, fill


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def see(session: Session, actor: Actor, application: Application) -> How | None:
    return queries.how_of(session, actor, application)


HELD = [(role, kind) for role in Role for kind in sorted(HELD_FOR[role])]
TIMES = [None, NOW - MINUTE, NOW, NOW + MINUTE]


@given(
    held=st.sets(st.tuples(st.sampled_from(HELD), st.booleans()), max_size=3),
    state=st.sampled_from(State),
    opened=st.sampled_from(TIMES),
    withdrawn=st.sampled_from(TIMES),
    alias=st.sampled_from([None, 17]),
    way=st.sampled_from([None, *How]),
    is_signed_in=st.booleans(),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_sql_shows_is_what_the_rule_allows(
    session: Session,
    world: World,
    one: Application,
    held: set[tuple[tuple[Role, str], bool]],
    state: State,
    opened: datetime | None,
    withdrawn: datetime | None,
    alias: int | None,
    way: How | None,
    is_signed_in: bool,
) -> None:
    one.state, one.alias, one.withdrawn_at = state.value, alias, withdrawn
    one.challenge.opened_at = opened
    places = _places(one)
    roles = {
        Held(role, kind, places[kind] if is_here or kind == "site" else places[kind] + 1_000)
        for (role, kind), is_here in held
    }
    actor = Actor(person_id=world.gro.id, roles=frozenset(roles)) if is_signed_in else VISITOR
    with session.begin_nested() as undone, session.no_autoflush:
        access_row = way if is_signed_in else None
        if access_row is not None:
            session.add(_row(one, world.gro.id, access_row))
        session.flush()
        how = rules.how(actor, one, access_row)
        assert see(session, actor, one) is how
        seen = session.query(Application).filter(queries.visible_to(actor)).all()
        assert (one in seen) is (how is not None)
        assert (one in seen) is bool(rules.may_see(actor, one, access=access_row))
        named = session.query(Application).filter(queries.with_names_to(actor)).all()
        assert (one in named) is (how is How.FULL)
        undone.rollback()


@pytest.fixture
def one(session: Session, world: World) -> Application:
    """A submitted application whose reader has an account and nothing else."""
    application = submitted(session, world)
    session.flush()
    return application


def _row(application: Application, reader: int, way: How) -> Access:
    return Access(application_id=application.id, person_id=reader, how=way, why="t", since=NOW)


def _places(application: Application) -> dict[str, int]:
    """Return the ids of what roles may be held for here; no pilot has to do with it yet."""
    return {
        "site": 0,
        "firm": application.firm_id,
        "challenge": application.challenge_id,
        "programme": application.challenge.programme_id,
        "authority": application.challenge.authority_id,
        "pilot": 1,
    }


@pytest.mark.parametrize(
    ("who", "how"),
    [
        ("bo", How.FULL),
        ("carla", How.FULL),
        ("dieter", None),
        ("gro", None),
        ("astrid", How.FULL),
        ("eva", How.FULL),
        ("finn", None),
        ("ida", None),
        ("jens", How.FULL),
        ("kim", None),
    ],
)
def test_the_opening_shows_it_to_those_who_run_own_or_audit_the_challenge(
    session: Session, world: World, who: str, how: How | None
) -> None:
    application = submitted(session, world)
    actor = acting(session, world.people[who])
    is_firm = who in {"bo", "carla"}
    assert see(session, actor, application) is (How.FULL if is_firm else None)
    application.challenge.opened_at = NOW
    assert see(session, actor, application) is how


def test_what_was_withdrawn_before_the_opening_stays_unknown(
    session: Session, world: World
) -> None:
    application = submitted(session, world)
    application.challenge.opened_at = NOW
    application.state, application.withdrawn_at = State.WITHDRAWN, NOW - MINUTE
    eva = acting(session, world.eva)
    assert see(session, eva, application) is None
    application.withdrawn_at = NOW + MINUTE
    assert see(session, eva, application) is How.FULL
    assert see(session, acting(session, world.bo), application) is How.FULL


def test_the_table_of_access_is_asked_once_for_many(session: Session, world: World) -> None:
    one, other = submitted(session, world), submitted(session, world, "dieter", "weser")
    one.challenge.opened_at = NOW
    finn, eva = acting(session, world.finn), acting(session, world.eva)
    _grant(session, one, world.finn.id, How.BLIND)
    access.close(session, other, world.eva.id, why="conflict", actor=eva, now=NOW)
    assert queries.access_of(session, finn, [one, other]) == {one.id: How.BLIND}
    assert queries.access_of(session, eva, [one, other]) == {other.id: How.CLOSED}
    assert queries.ways_of(session, finn, [one, other]) == {one.id: How.BLIND}
    assert queries.ways_of(session, eva, [one, other]) == {one.id: How.FULL}
    assert queries.access_of(session, VISITOR, [one]) == {}
    assert queries.people_with(session, one.id) == {world.finn.id: How.BLIND}


# Granting, ending, closing


def _grant(session: Session, application: Application, person_id: int, how: How) -> None:
    manager = Actor(person_id=None)
    access.grant(session, application, person_id, how=how, why="review", actor=manager, now=NOW)


def events(session: Session) -> list[tuple[str, object]]:
    commit(session)
    rows = session.query(JournalRow).order_by(JournalRow.id).all()
    return [(row.event, row.data.get("how")) for row in rows if row.event.startswith("Access")]


def test_what_is_granted_can_be_widened_and_ended(session: Session, world: World) -> None:
    application = submitted(session, world)
    application.challenge.opened_at = NOW
    finn, eva = acting(session, world.finn), acting(session, world.eva)
    _grant(session, application, world.finn.id, How.BLIND)
    _grant(session, application, world.finn.id, How.BLIND)
    assert see(session, finn, application) is How.BLIND
    _grant(session, application, world.finn.id, How.FULL)
    assert see(session, finn, application) is How.FULL
    access.end(session, application, world.finn.id, why="review", actor=eva, now=NOW)
    access.end(session, application, world.finn.id, why="review", actor=eva, now=NOW)
    assert see(session, finn, application) is None
    assert events(session) == [
        ("AccessGranted", "blind"),
        ("AccessGranted", "full"),
        ("AccessEnded", None),
    ]


def test_what_is_closed_stays_so_until_it_is_opened_again(session: Session, world: World) -> None:
    application = submitted(session, world)
    application.challenge.opened_at = NOW
    eva = acting(session, world.eva)
    _grant(session, application, world.eva.id, How.FULL)
    access.close(session, application, world.eva.id, why="conflict", actor=eva, now=NOW)
    access.close(session, application, world.eva.id, why="conflict", actor=eva, now=NOW)
    access.end(session, application, world.eva.id, why="review", actor=eva, now=NOW)
    assert see(session, eva, application) is None
    with pytest.raises(NotFound):
        queries.get_visible(session, eva, application.public_id)
    with pytest.raises(Conflict):
        _grant(session, application, world.eva.id, How.FULL)
    access.reopen(session, application, world.eva.id, why="mistake", actor=eva, now=NOW)
    assert see(session, eva, application) is How.FULL
    assert [name for name, _ in events(session)] == [
        "AccessGranted",
        "AccessClosed",
        "AccessReopened",
    ]


def test_closing_is_no_way_of_granting(session: Session, world: World) -> None:
    application = submitted(session, world)
    with pytest.raises(ValueError, match="closing"):
        _grant(session, application, world.finn.id, How.CLOSED)


def test_several_are_taken_for_one_act_in_one_order_and_only_what_is_seen(
    session: Session, world: World
) -> None:
    one, other = submitted(session, world), submitted(session, world, "dieter", "weser")
    draft = begun(session, world, "bo")
    one.challenge.opened_at = NOW + timedelta(seconds=1)
    session.flush()
    ids = [other.public_id, draft.public_id, one.public_id, "nothing"]
    eva, gro = acting(session, world.eva), acting(session, world.gro)
    assert queries.visible_to_change(session, eva, ids) == [one, other]
    assert queries.visible_to_change(session, gro, ids) == []
    assert queries.get_visible_to_change(session, eva, one.public_id) is one
    with pytest.raises(NotFound):
        queries.get_visible_to_change(session, gro, one.public_id)
