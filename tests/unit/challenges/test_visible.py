"""Who sees what: the SQL that narrows lists says the same as the rule about one."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.challenges import queries, rules
from govmatch.challenges.models import Challenge, State
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.content import FILES
from govmatch.kit.db import Session
from govmatch.kit.errors import NotFound
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme
from tests.unit.challenges.world import NOW, World, drafted, make_world, published

DAY = timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


Pair = tuple[int, int]


def two(session: Session, table: type[Authority] | type[Programme]) -> Pair:
    """Return the ids of two authorities or programmes."""
    first, second, *_ = session.scalars(select(table.id).order_by(table.id))
    return first, second


def every_kind(session: Session) -> list[Challenge]:
    """Make a challenge of each state and owner, published before, now, later or not at all."""
    found = []
    instants = (None, NOW - DAY, NOW, NOW + DAY)
    owners = list(product(two(session, Authority), two(session, Programme)))
    for number, (state, instant, owner) in enumerate(product(State, instants, owners)):
        challenge = Challenge(
            public_id=f"p{number}",
            slug=f"c{number}",
            state=state.value,
            published_at=instant,
            zone="UTC",
            authority_id=owner[0],
            programme_id=owner[1],
            created_at=NOW,
            updated_at=NOW,
        )
        session.add(challenge)
        found.append(challenge)
    session.flush()
    return found


def every_role(authorities: Pair, programmes: Pair) -> list[frozenset[Held]]:
    """Return sets of roles as people hold them."""
    single = (
        Held(Role.STAFF, "authority", authorities[0]),
        Held(Role.APPROVER, "authority", authorities[1]),
        Held(Role.AUDITOR, "authority", authorities[0]),
        Held(Role.MANAGER, "programme", programmes[1]),
        Held(Role.AUDITOR, "programme", programmes[0]),
        Held(Role.AUDITOR, "site", 0),
        Held(Role.ADMINISTRATOR, "site", 0),
        Held(Role.LEAD, "firm", authorities[0]),
        Held(Role.REVIEWER, "challenge", 1),
        Held(Role.STAFF, "authority", 10**6),
    )
    return [
        frozenset(),
        *(frozenset({held}) for held in single),
        frozenset(single[:4]),
        FILES.roles,
    ]


def test_the_list_has_exactly_what_the_rule_allows(session: Session, world: World) -> None:
    every = every_kind(session)
    sizes = set()
    for roles in every_role(two(session, Authority), two(session, Programme)):
        actor = Actor(person_id=1, roles=roles)
        for now in (NOW - DAY, NOW, NOW + DAY):
            listed = session.scalars(
                select(Challenge.slug).where(queries.visible_to(actor, now))
            ).all()
            allowed = {one.slug for one in every if rules.may_see(actor, one, now)}
            assert set(listed) == allowed, (roles, now)
            sizes.add(len(allowed))
    assert len(sizes) > 5  # they do not all see the same


def test_the_public_sees_neither_drafts_nor_what_is_still_to_be_published(
    session: Session, world: World
) -> None:
    every_kind(session)
    seen = session.scalars(select(Challenge).where(queries.visible_to(VISITOR, NOW))).all()
    assert seen
    for one in seen:
        assert one.published_at is not None
        assert one.published_at <= NOW
        assert one.state not in {"draft", "in_review", "returned", "approved"}


def test_one_is_found_by_its_address_or_not_at_all(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    for name, actor in world.everybody.items():
        if name in {"astrid", "hanne", "eva", "pia", "jens"}:
            found = queries.get_visible(session, actor=actor, now=NOW, slug=challenge.slug)
            assert found is challenge
        else:
            with pytest.raises(NotFound):
                queries.get_visible(session, actor=actor, now=NOW, slug=challenge.slug)
    with pytest.raises(NotFound):
        queries.get_visible(session, actor=world.astrid, now=NOW, slug="../x")


def test_among_some_only_the_visible_ones_are_named(session: Session, world: World) -> None:
    hidden, shown = drafted(session, world), published(session, world)
    ids = [hidden.id, shown.id, 12345]
    assert queries.visible_among(session, ids, actor=VISITOR, now=NOW) == {shown.id}
    assert queries.visible_among(session, ids, actor=world.astrid, now=NOW) == {
        hidden.id,
        shown.id,
    }
    assert queries.visible_among(session, [], actor=world.astrid, now=NOW) == set()
