"""Roles in a firm: given by its lead, one at a time, and never without a lead."""

import pytest

from govmatch.accounts.models import Person, Role
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, NotAllowed
from govmatch.organisations import actions, queries, rules
from govmatch.organisations.models import Firm
from tests.unit.organisations.samples import NOW, add_firm, add_person, join


@pytest.fixture
def firm(session: Session) -> Firm:
    return add_firm(session)


@pytest.fixture
def bo(session: Session, firm: Firm) -> Actor:
    """Leads the firm."""
    return join(session, add_person(session, "Bo"), firm, Role.LEAD)


@pytest.fixture
def carla(session: Session, firm: Firm) -> Actor:
    """Is a member of the firm."""
    return join(session, add_person(session, "Carla"), firm)


def roles(session: Session, firm: Firm) -> dict[str, set[str]]:
    return {
        member.person.name: {row.role for row in member.rows}
        for member in queries.members_of(session, firm, real_now=NOW)
    }


def change(session: Session, firm: Firm, whose: Actor, role: Role, *, by: Actor) -> None:
    person = session.get_one(Person, whose.person_id)
    member = queries.get_member(session, firm, person.public_id, real_now=NOW)
    actions.change_role(session, firm, member, role, actor=by, now=NOW, real_now=NOW)


@pytest.mark.parametrize("role", [Role.READER, Role.FINANCE, Role.LEAD, Role.MEMBER])
def test_a_member_has_the_one_role_that_the_lead_gives(
    session: Session, firm: Firm, bo: Actor, carla: Actor, role: Role
) -> None:
    change(session, firm, carla, role, by=bo)
    assert roles(session, firm) == {"Bo": {"lead"}, "Carla": {role.value}}


def test_several_roles_become_one(session: Session, firm: Firm, bo: Actor, carla: Actor) -> None:
    join(session, session.get_one(Person, carla.person_id), firm, Role.FINANCE)
    assert roles(session, firm)["Carla"] == {"member", "finance"}
    change(session, firm, carla, Role.READER, by=bo)
    assert roles(session, firm)["Carla"] == {"reader"}


def test_the_last_lead_keeps_the_role_and_one_of_two_gives_it_up(
    session: Session, firm: Firm, bo: Actor, carla: Actor
) -> None:
    with pytest.raises(NotAllowed, match="Nobody else leads the firm"):
        change(session, firm, bo, Role.MEMBER, by=bo)
    change(session, firm, carla, Role.LEAD, by=bo)
    change(session, firm, bo, Role.READER, by=bo)
    assert roles(session, firm) == {"Bo": {"reader"}, "Carla": {"lead"}}


def test_nobody_but_the_lead_gives_roles(
    session: Session, firm: Firm, bo: Actor, carla: Actor
) -> None:
    with pytest.raises(NotAllowed):
        change(session, firm, carla, Role.LEAD, by=carla)
    other = add_firm(session, "Other ApS")
    dieter = join(session, add_person(session, "Dieter"), other, Role.LEAD)
    with pytest.raises(NotAllowed):
        change(session, firm, carla, Role.READER, by=dieter)
    assert roles(session, firm) == {"Bo": {"lead"}, "Carla": {"member"}}


def test_an_account_that_is_closed_gets_no_role(
    session: Session, firm: Firm, bo: Actor, carla: Actor
) -> None:
    session.get_one(Person, carla.person_id).disabled_at = NOW
    session.flush()
    with pytest.raises(Conflict):
        change(session, firm, carla, Role.LEAD, by=bo)
    assert roles(session, firm)["Carla"] == {"member"}


@pytest.mark.parametrize("role", [Role.READER, Role.FINANCE])
def test_who_reads_along_sees_the_firm_and_changes_nothing(session: Session, role: Role) -> None:
    hidden = add_firm(session, "Hidden ApS", is_public=False)
    anna = join(session, add_person(session, "Anna"), hidden, role)
    assert rules.may_see(anna, hidden)
    assert queries.own_firms(session, anna) == [hidden]
    for rule in (rules.may_edit, rules.may_manage, rules.may_close):
        assert not rule(anna, hidden)
