"""Roles are given, ended, listed; nothing of them is stale at the next request."""

from typing import Any

import pytest

from govmatch.accounts import actions, queries
from govmatch.accounts.models import Role, RoleRow
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from tests.unit.accounts.making import (
    NOW,
    TIMES,
    acting,
    administrator,
    happened,
    journal_of,
    minutes,
    person,
    seen,
    signed_in,
)

AFTER: dict[str, Any] = {"now": NOW, "real_now": NOW + minutes(1)}


def test_an_administrator_gives_and_ends_a_role(session: Session) -> None:
    kim, astrid = administrator(session), person(session, "Astrid")
    done = signed_in(session, astrid, with_factor=True)
    row = actions.grant(
        session,
        astrid,
        Role.STAFF,
        "authority",
        7,
        actor=kim,
        object_label="Erhvervsstyrelsen",
        **TIMES,
    )
    actor = seen(session, done.token, NOW)
    assert actor is not None
    assert actor.holds(Role.STAFF, "authority", 7)
    assert (row.granted_by, row.object_label) == (kim.person_id, "Erhvervsstyrelsen")
    actions.end_role(session, row, actor=kim, **AFTER)
    actor = seen(session, done.token, NOW + minutes(1))
    assert actor is not None
    assert actor.roles == frozenset()
    rows = journal_of(session)[-2:]
    assert [r.event for r in rows] == ["RoleGiven", "RoleEnded"]
    expected = {"role_id": row.id, "role": "staff", "object_kind": "authority", "object_id": 7}
    assert [r.data for r in rows] == [expected] * 2


def test_nobody_else_gives_a_role(session: Session) -> None:
    astrid, ida = person(session, "Astrid"), person(session, "Ida")
    with pytest.raises(NotAllowed):
        actions.grant(session, ida, Role.STAFF, "authority", 7, actor=acting(astrid), **TIMES)
    assert session.query(RoleRow).count() == 0


def test_a_role_that_is_held_is_not_given_again(session: Session) -> None:
    kim, astrid = administrator(session), person(session, "Astrid")
    first = actions.grant(session, astrid, Role.STAFF, "authority", 7, actor=kim, **TIMES)
    again = actions.grant(session, astrid, Role.STAFF, "authority", 7, actor=kim, **TIMES)
    assert again is first
    assert happened(session).count("RoleGiven") == 2  # Kim's own and this one


def test_a_role_may_be_given_again_after_it_ended(session: Session) -> None:
    kim, astrid = administrator(session), person(session, "Astrid")
    first = actions.grant(session, astrid, Role.STAFF, "authority", 7, actor=kim, **TIMES)
    actions.end_role(session, first, actor=kim, **TIMES)
    again = actions.grant(session, astrid, Role.STAFF, "authority", 7, actor=kim, **AFTER)
    assert again.id != first.id
    history = queries.role_history(session, astrid)
    assert [(row.id, row.until) for row in history] == [(again.id, None), (first.id, NOW)]


@pytest.mark.parametrize(
    ("role", "object_kind", "number"),
    [
        (Role.STAFF, "programme", 3),
        (Role.ADMINISTRATOR, "site", 1),
        (Role.STAFF, "authority", 0),
        (Role.MEMBER, "challenge", 9),
    ],
)
def test_a_role_is_held_only_for_what_it_exists_for(
    session: Session, role: Role, object_kind: str, number: int
) -> None:
    astrid = person(session, "Astrid")
    with pytest.raises(ValueError, match="is not held for"):
        actions.give_role(session, astrid, role, object_kind, number, actor=VISITOR, **TIMES)


def test_the_only_administrator_and_the_only_lead_stay(session: Session) -> None:
    kim, bo = administrator(session), person(session, "Bo")
    lead = actions.give_role(session, bo, Role.LEAD, "firm", 5, actor=acting(bo), **TIMES)
    row = session.query(RoleRow).filter_by(role=Role.ADMINISTRATOR).one()
    with pytest.raises(NotAllowed):
        actions.end_role(session, row, actor=kim, **TIMES)
    with pytest.raises(NotAllowed):
        actions.end_role(session, lead, actor=acting(bo), **TIMES)
    leo = administrator(session, "Leo")
    actions.end_role(session, row, actor=leo, **TIMES)
    assert row.until == NOW


def test_a_disabled_administrator_does_not_count_as_another(session: Session) -> None:
    kim, leo = administrator(session), administrator(session, "Leo")
    assert leo.person_id is not None
    actions.disable_person(session, queries.by_id(session, leo.person_id), actor=kim, **TIMES)
    row = session.query(RoleRow).filter_by(person_id=kim.person_id).one()
    with pytest.raises(NotAllowed):
        actions.end_role(session, row, actor=kim, **TIMES)


def test_holders_are_those_of_the_object_now(session: Session) -> None:
    kim = administrator(session)
    astrid, ida, finn = (person(session, name) for name in ("Astrid", "Ida", "Finn"))
    for who, role, number in (
        (ida, Role.STAFF, 7),
        (astrid, Role.APPROVER, 7),
        (finn, Role.STAFF, 8),
    ):
        actions.grant(session, who, role, "authority", number, actor=kim, **TIMES)
    gone = actions.grant(session, finn, Role.STAFF, "authority", 7, actor=kim, **TIMES)
    actions.end_role(session, gone, actor=kim, **TIMES)
    found = queries.holders(session, "authority", 7, now=NOW)
    assert [(row.person.name, row.role) for row in found] == [
        ("Astrid", "approver"),
        ("Ida", "staff"),
    ]
    staff = queries.holders(session, "authority", 7, now=NOW, roles=[Role.STAFF])
    assert [row.person.name for row in staff] == ["Ida"]


def test_people_with_roles_are_those_of_the_site_and_not_of_firms(session: Session) -> None:
    kim, eva, bo = administrator(session), person(session, "Eva"), person(session, "Bo")
    actions.grant(session, eva, Role.MANAGER, "programme", 3, actor=kim, **TIMES)
    actions.grant(session, eva, Role.REVIEWER, "challenge", 9, actor=kim, **TIMES)
    actions.give_role(session, bo, Role.LEAD, "firm", 5, actor=acting(bo), **TIMES)
    found = queries.people_with_roles(session, now=NOW)
    assert [(h.person.name, [r.role for r in h.roles]) for h in found] == [
        ("Eva", ["manager", "reviewer"]),
        ("Kim", ["administrator"]),
    ]


def test_when_an_object_is_over_its_roles_and_invitations_are(session: Session) -> None:
    kim, astrid, ida = administrator(session), person(session, "Astrid"), person(session, "Ida")
    actions.grant(session, astrid, Role.STAFF, "authority", 7, actor=kim, **TIMES)
    kept = actions.grant(session, ida, Role.STAFF, "authority", 8, actor=kim, **TIMES)
    for number in (7, 8):
        actions.invite(
            session,
            "new@example.org",
            Role.APPROVER,
            "authority",
            number,
            object_label="X",
            lang="en",
            actor=kim,
            **TIMES,
        )
    count = actions.end_all_for_object(session, "authority", 7, actor=kim, **AFTER)
    assert count == 1
    later = NOW + minutes(2)
    assert queries.holders(session, "authority", 7, now=later) == []
    assert queries.holders(session, "authority", 8, now=later) == [kept]
    waiting = queries.open_invitations(session, now=later)
    assert [invitation.object_id for invitation in waiting] == [8]
