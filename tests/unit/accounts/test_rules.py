"""Who may give, end, disable and reset what."""

from itertools import product

import pytest

from govmatch.accounts.models import HELD_FOR, Person, Role
from govmatch.accounts.rules import (
    FIRM_ROLES,
    JURY_ROLES,
    may_disable,
    may_end,
    may_end_sessions,
    may_grant,
    may_remove_factor,
    may_reset_factor,
)
from govmatch.kit.actor import VISITOR, Actor, Held
from tests.unit.accounts.making import NOW

KIM = Actor(person_id=1, roles=frozenset({Held(Role.ADMINISTRATOR, "site", 0)}))
EVA = Actor(person_id=2, roles=frozenset({Held(Role.MANAGER, "programme", 3)}))
BO = Actor(person_id=3, roles=frozenset({Held(Role.LEAD, "firm", 5)}))
CARLA = Actor(person_id=4, roles=frozenset({Held(Role.MEMBER, "firm", 5)}))
ASTRID = Actor(person_id=5, roles=frozenset({Held(Role.STAFF, "authority", 7)}))
# Kim before the second factor: the role is held and does not count.
HALF = Actor(person_id=1, needs_factor=True)

PAIRS = [(role, kind) for role in Role for kind in sorted(HELD_FOR[role])]
OTHERS = [
    (r, k)
    for r, k in product(Role, ["site", "programme", "authority", "challenge", "pilot", "firm"])
]


def object_id(kind: str) -> int:
    return {"site": 0, "programme": 3, "firm": 5, "authority": 7, "challenge": 9, "pilot": 11}[kind]


def gives(actor: Actor) -> set[tuple[Role, str]]:
    return {(r, k) for r, k in OTHERS if may_grant(actor, r, k, object_id(k))}


def test_administrators_give_every_role_but_those_of_firms() -> None:
    assert gives(KIM) == {(role, kind) for role, kind in PAIRS if kind != "firm"}


def test_programme_managers_give_the_roles_of_a_jury_and_of_mentors() -> None:
    jury = {(role, "challenge") for role in JURY_ROLES}
    assert gives(EVA) == jury | {(Role.MENTOR, "pilot")}


def test_staff_of_authorities_give_the_role_of_a_mentor() -> None:
    assert gives(ASTRID) == {(Role.MENTOR, "pilot")}


def test_who_leads_a_firm_gives_the_roles_of_that_firm() -> None:
    assert gives(BO) == {(role, "firm") for role in FIRM_ROLES}
    assert not may_grant(BO, Role.MEMBER, "firm", 6)


@pytest.mark.parametrize("actor", [CARLA, HALF, VISITOR])
def test_nobody_else_gives_any(actor: Actor) -> None:
    assert gives(actor) == set()


def test_a_role_is_ended_by_who_may_give_it_and_by_its_holder() -> None:
    reviewer = Held(Role.REVIEWER, "challenge", 9)
    who = {"Kim": KIM, "Eva": EVA, "Bo": BO, "Astrid": ASTRID, "visitor": VISITOR}
    may = {name for name, actor in who.items() if may_end(actor, reviewer, 8, is_last=False)}
    assert may == {"Kim", "Eva"}
    assert may_end(Actor(person_id=8), reviewer, 8, is_last=False)


def test_the_last_of_a_kind_stays() -> None:
    assert not may_end(KIM, Held(Role.ADMINISTRATOR, "site", 0), 1, is_last=True)


@pytest.mark.parametrize("rule", [may_disable, may_reset_factor])
def test_administrators_disable_and_reset_others_and_never_themselves(rule: object) -> None:
    assert callable(rule)
    someone = Person(id=8)
    assert rule(KIM, someone)
    assert not rule(KIM, Person(id=1))
    assert not any(rule(actor, someone) for actor in (EVA, BO, ASTRID, HALF, VISITOR))
    assert not rule(Actor(person_id=8), someone)


def test_sessions_are_ended_by_their_person_and_by_administrators() -> None:
    bo = Person(id=3)
    assert may_end_sessions(BO, bo)
    assert may_end_sessions(KIM, bo)
    assert not any(may_end_sessions(actor, bo) for actor in (EVA, CARLA, HALF, VISITOR))


def test_a_second_factor_is_removed_only_where_no_role_needs_it() -> None:
    with_factor = Person(totp_confirmed_at=NOW)
    assert may_remove_factor(with_factor, {Held(Role.LEAD, "firm", 5)})
    assert not may_remove_factor(with_factor, {Held(Role.REVIEWER, "challenge", 9)})
    assert not may_remove_factor(Person(), set())
