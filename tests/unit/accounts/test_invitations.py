"""A role offered by mail: for one address, for 14 days, until taken back; taken once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from govmatch.accounts import actions, queries
from govmatch.accounts.models import Invitation, Person, Role
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Gone, Invalid, NotAllowed, TooMany
from tests.unit.accounts.making import (
    NOW,
    SITE_NOW,
    TIMES,
    acting,
    administrator,
    happened,
    journal_of,
    minutes,
    person,
)

FORTNIGHT = timedelta(days=14)


@pytest.fixture
def kim(session: Session) -> Actor:
    return administrator(session)


def invite(
    session: Session, actor: Actor, address: str = "finn@example.org", **more: object
) -> Invitation:
    given: dict[str, Any] = {"object_label": "Usage data", "lang": "da", **TIMES, **more}
    return actions.invite(
        session,
        address,
        Role.REVIEWER,
        "challenge",
        9,
        actor=actor,
        **given,
    )


def accept(
    session: Session, invitation: Invitation, actor: Actor = VISITOR, *, at: datetime = NOW
) -> Person:
    return actions.accept_invitation(
        session,
        invitation,
        name="Finn",
        lang="da",
        actor=actor,
        now=SITE_NOW,
        real_now=at,
    )


def test_who_accepts_gets_the_role_and_an_account(session: Session, kim: Actor) -> None:
    invitation = invite(session, kim, "Finn@Example.org")
    finn = accept(session, invitation)
    assert (finn.email, finn.name, finn.verified_at, finn.terms_at) == (
        "finn@example.org",
        "Finn",
        NOW,
        NOW,
    )
    (row,) = queries.roles_in_force(session, finn, now=NOW)
    assert (row.role, row.object_id, row.object_label, row.granted_by) == (
        "reviewer",
        9,
        "Usage data",
        kim.person_id,
    )
    rows = journal_of(session)[-4:]
    assert [r.event for r in rows] == [
        "InvitationSent",
        "PersonRegistered",
        "InvitationAccepted",
        "RoleGiven",
    ]
    assert [r.actor_id for r in rows[2:]] == [finn.id] * 2
    assert "finn" not in str([r.data for r in rows])


def test_who_has_an_account_accepts_in_it_and_in_no_other(session: Session, kim: Actor) -> None:
    finn, greta = person(session, "Finn"), person(session, "Greta")
    invitation = invite(session, kim)
    for other in (VISITOR, acting(greta), kim):
        with pytest.raises(NotAllowed):
            accept(session, invitation, other)
    assert accept(session, invitation, acting(finn)) is finn
    assert [r.person_id for r in queries.holders(session, "challenge", 9, now=NOW)] == [finn.id]


def test_an_invitation_is_accepted_once(session: Session, kim: Actor) -> None:
    invitation = invite(session, kim)
    finn = accept(session, invitation)
    with pytest.raises(Gone):
        accept(session, invitation, acting(finn))


def test_an_invitation_expires_after_fourteen_days(session: Session, kim: Actor) -> None:
    invitation = invite(session, kim)
    assert queries.open_invitations(session, now=NOW + FORTNIGHT - minutes(1)) == [invitation]
    assert queries.open_invitations(session, now=NOW + FORTNIGHT) == []
    with pytest.raises(Gone):
        accept(session, invitation, at=NOW + FORTNIGHT)


def test_an_invitation_that_was_taken_back_opens_nothing(session: Session, kim: Actor) -> None:
    invitation = invite(session, kim)
    actions.revoke_invitation(session, invitation, actor=kim, **TIMES)
    assert queries.open_invitations(session, now=NOW) == []
    with pytest.raises(Gone):
        accept(session, invitation)
    with pytest.raises(Conflict):
        actions.revoke_invitation(session, invitation, actor=kim, **TIMES)
    assert happened(session)[-1] == "InvitationRevoked"


def test_only_who_may_give_the_role_offers_it_and_takes_it_back(
    session: Session, kim: Actor
) -> None:
    eva = person(session, "Eva")
    with pytest.raises(NotAllowed):
        invite(session, acting(eva))
    invitation = invite(session, kim)
    with pytest.raises(NotAllowed):
        actions.revoke_invitation(session, invitation, actor=acting(eva), **TIMES)
    manager = acting(eva, Held(Role.MANAGER, "programme", 3))
    actions.revoke_invitation(session, invitation, actor=manager, **TIMES)


def test_an_invitation_is_sent_again_and_not_made_twice(session: Session, kim: Actor) -> None:
    first = invite(session, kim)
    again = invite(session, kim, real_now=NOW + timedelta(days=10))
    assert again is first
    assert first.expires_at == NOW + timedelta(days=24)
    assert happened(session).count("InvitationSent") == 2


def test_who_holds_the_role_is_not_invited_to_it(session: Session, kim: Actor) -> None:
    accept(session, invite(session, kim))
    with pytest.raises(Conflict):
        invite(session, kim)


def test_what_is_no_address_is_not_invited(session: Session, kim: Actor) -> None:
    with pytest.raises(Invalid):
        invite(session, kim, "finn@example.org\r\nBcc: all@example.org")


def test_five_mails_an_hour_to_an_address_and_a_hundred_invitations_by_a_person(
    session: Session, kim: Actor
) -> None:
    for _ in range(5):
        invite(session, kim)
    with pytest.raises(TooMany):
        invite(session, kim)
    for number in range(94):  # in a request, the one that was refused is not counted
        invite(session, kim, f"p{number}@example.org")
    with pytest.raises(TooMany):
        invite(session, kim, "one-more@example.org")


def test_open_invitations_are_those_of_one_object_or_all(session: Session, kim: Actor) -> None:
    one = invite(session, kim)
    other = actions.invite(
        session,
        "ida@example.org",
        Role.STAFF,
        "authority",
        7,
        object_label="",
        lang="de",
        actor=kim,
        **TIMES,
    )
    assert queries.open_invitations(session, now=NOW) == [other, one]
    found = queries.open_invitations(session, now=NOW, object_kind="challenge", object_id=9)
    assert found == [one]
    assert queries.open_invitations(session, now=NOW, object_kind="authority", object_id=9) == []
