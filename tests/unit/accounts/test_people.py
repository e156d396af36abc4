"""Accounts are made, closed, opened, exported and erased."""

import json
from typing import Any

import pytest

from govmatch.accounts import actions, personal, queries
from govmatch.accounts.models import Invitation, LinkRequest, Role
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from tests.unit.accounts.making import (
    NOW,
    TIMES,
    acting,
    administrator,
    asked,
    happened,
    link,
    minutes,
    opened,
    person,
    seen,
    signed_in,
)


def test_an_account_from_the_shell_has_its_address_in_one_spelling(session: Session) -> None:
    kim = person(session, "Kim", address=" Kim@EXAMPLE.org ")
    assert (kim.email, kim.verified_at, kim.terms_at) == ("kim@example.org", NOW, None)
    assert queries.by_email(session, "kim@example.org") is kim
    assert queries.by_public_id(session, kim.public_id) is kim
    assert happened(session) == ["PersonCreated"]


def test_an_address_has_one_account(session: Session) -> None:
    person(session, "Kim")
    with pytest.raises(Conflict):
        person(session, "Kim", address="KIM@example.org")
    with pytest.raises(Invalid):
        person(session, "Kim", address="ｋｉｍ@example.org")


def test_disabling_and_enabling_is_for_administrators_and_not_for_oneself(session: Session) -> None:
    kim, bo = administrator(session), person(session, "Bo")
    assert kim.person_id is not None
    himself = queries.by_id(session, kim.person_id)
    for actor, target in ((acting(bo), bo), (VISITOR, bo), (kim, himself)):
        with pytest.raises(NotAllowed):
            actions.disable_person(session, target, actor=actor, **TIMES)
    actions.disable_person(session, bo, actor=kim, **TIMES)
    with pytest.raises(NotAllowed):
        actions.enable_person(session, bo, actor=acting(bo), now=NOW)
    actions.disable_person(session, bo, actor=kim, **TIMES)
    actions.enable_person(session, bo, actor=kim, now=NOW)
    actions.enable_person(session, bo, actor=kim, now=NOW)
    assert bo.disabled_at is None
    assert happened(session)[-2:] == ["PersonDisabled", "PersonEnabled"]


def test_details_are_kept_and_noted_only_when_they_change(session: Session) -> None:
    bo = person(session, "Bo")
    given: dict[str, Any] = {"name": "Bo B.", "lang": "da", "zone": "Europe/Copenhagen"}
    for _ in range(2):
        actions.change_details(session, bo, **given, actor=acting(bo), now=NOW)
    assert (bo.name, bo.lang, bo.zone) == ("Bo B.", "da", "Europe/Copenhagen")
    assert happened(session) == ["PersonCreated", "DetailsChanged"]


def held_data(session: Session) -> dict[str, object]:
    """Return the export of somebody with something of everything."""
    bo = person(session, "Bo", address="bo@example.org")
    kim = administrator(session)
    actions.grant(
        session, bo, Role.STAFF, "authority", 7, actor=kim, object_label="Somewhere", **TIMES
    )
    actions.invite(
        session,
        bo.email,
        Role.REVIEWER,
        "challenge",
        9,
        object_label="X",
        lang="en",
        actor=kim,
        **TIMES,
    )
    signed_in(session, bo, user_agent="Firefox")
    actions.make_recovery_codes(session, bo, actor=acting(bo), now=NOW)
    asked(session, bo.email)
    session.flush()
    return personal.export(session, bo.id)


def test_the_export_holds_what_is_kept_and_nothing_of_others(session: Session) -> None:
    exported = json.loads(json.dumps(held_data(session)))
    assert exported["person"]["email"] == "bo@example.org"
    assert exported["recovery_codes_left"] == 10
    assert [r["role"] for r in exported["roles"]] == ["staff"]
    assert [s["user_agent"] for s in exported["sessions"]] == ["Firefox"]
    assert [i["role"] for i in exported["invitations"]] == ["reviewer"]
    assert "kim" not in str(exported).lower()
    assert "salt" not in str(exported)


def test_after_erasure_nothing_names_the_person_and_the_chain_is_whole(session: Session) -> None:
    held_data(session)
    bo = queries.by_email(session, "bo@example.org")
    assert bo is not None
    done = signed_in(session, bo)
    personal.erase(session, bo.id, now=NOW + minutes(1))
    commit(session)
    assert (bo.name, bo.salt, bo.lang) == ("", "", None)
    assert queries.by_email(session, "bo@example.org") is None
    assert queries.roles_in_force(session, bo, now=NOW + minutes(1)) == []
    assert seen(session, done.token, NOW + minutes(1)) is None
    assert session.query(LinkRequest).filter_by(address="bo@example.org").count() == 0
    assert [i.address for i in session.query(Invitation)] == [""]
    assert queries.open_invitations(session, now=NOW + minutes(1)) == []
    assert journal.verify(session).bad_id is None


def test_an_address_is_changed_by_the_link_to_the_new_one(session: Session) -> None:
    bo = person(session, "Bo")
    request = asked(session, "new@example.org", purpose="change_address", person=bo)
    change = opened(session, link(request, bo), changes_address=True)
    actions.change_address(session, change, **TIMES)
    assert (bo.email, request.old_address) == ("new@example.org", "bo@example.org")
    commit(session)
    row = session.query(journal.JournalRow).filter_by(event="AddressChanged").one()
    assert "example.org" not in str(row.data)
    assert len(str(row.data["new_digest"])) == 64
