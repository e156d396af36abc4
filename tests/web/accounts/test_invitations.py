"""Accepting an invitation: for one address, once, in time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from govmatch.accounts import actions, queries
from govmatch.accounts.models import Invitation, Role, RoleRow
from govmatch.kit.actor import Actor, Held
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session, commit
from tests.site import Site, text_of
from tests.web.accounts.acting import (
    cookie,
    events,
    is_in,
    mailed_path,
    mails,
    people,
    person,
    sign_in,
    with_cookie,
)

FORM = {"name": "Finn", "terms": "yes"}


def as_kim(site: Site, act: Callable[[Session, Actor], Any]) -> None:
    """Let an administrator do something."""
    with site.database.reading() as reading:
        found = queries.by_email(reading, "kim@example.org")
    kim = found or person(site, "Kim", (Role.ADMINISTRATOR, "site", 0))
    actor = Actor(person_id=kim.id, roles=frozenset({Held(Role.ADMINISTRATOR, "site", 0)}))
    with site.database.writing() as session:
        act(session, actor)
        commit(session)


def invited(site: Site, address: str = "finn@example.org") -> str:
    """Invite somebody to review, and return the path that the mail carries."""
    now = real_now()
    as_kim(
        site,
        lambda session, kim: actions.invite(
            session,
            address,
            Role.REVIEWER,
            "challenge",
            9,
            object_label="Scanning",
            lang="en",
            actor=kim,
            now=now,
            real_now=now,
        ),
    )
    return mailed_path(site)


def roles(site: Site) -> list[tuple[int, str]]:
    with site.database.reading() as session:
        rows = session.query(RoleRow).filter_by(object_kind="challenge").order_by(RoleRow.id)
        return [(row.person_id, row.role) for row in rows]


def test_somebody_new_accepts_and_goes_on_to_the_second_factor(site: Site) -> None:
    path = invited(site)
    assert mails(site)[-1] == ("finn@example.org", "Invitation to govmatch")
    browser = site.visit()
    page = browser.get(path)
    shown = text_of(page.text)
    assert page.headers["cache-control"] == "no-store"
    for words in ("Kim invites you", "Reviewer", "Scanning", "finn@example.org", "second factor"):
        assert words in shown
    assert roles(site) == []
    done = browser.submit(path, path, FORM)
    assert (done.status_code, done.headers["location"]) == (
        303,
        "/second-factor?next=%2Freviews",
    )
    assert people(site)["finn@example.org"] == "Finn"
    assert is_in(browser)
    assert len(roles(site)) == 1
    assert browser.get("/second-factor/set-up").status_code == 200
    assert events(site)[-4:] == ["PersonRegistered", "InvitationAccepted", "RoleGiven", "SignedIn"]


def test_an_invitation_is_accepted_once(site: Site) -> None:
    path = invited(site)
    assert site.visit().post(path, FORM).status_code == 303
    stranger = site.visit()
    assert [stranger.post(path, FORM).status_code, stranger.get(path).status_code] == [410, 410]
    assert not is_in(stranger)
    assert len(roles(site)) == 1


@pytest.mark.parametrize("missing", ["name", "terms"])
def test_what_is_missing_is_said(site: Site, missing: str) -> None:
    path = invited(site)
    answer = site.visit().post(path, {k: v for k, v in FORM.items() if k != missing})
    assert answer.status_code == 422
    assert f'id="f-{missing}-error"' in answer.text
    assert (roles(site), "finn@example.org" in people(site)) == ([], False)


def test_it_is_no_way_to_sign_in_to_an_account_that_exists(site: Site) -> None:
    """An invitation is open for 14 days, a link to sign in for 15 minutes."""
    finn = person(site, "Finn")
    path = invited(site)
    browser = site.visit()
    shown = browser.get(path).text
    assert "This address has an account" in text_of(shown)
    assert browser.post(path, FORM).status_code == 403
    assert (is_in(browser), roles(site)) == (False, [])
    sent = browser.submit(path, f"{path}/sign-in", {})
    assert sent.headers["location"] == "/login/sent"
    link = mailed_path(site)
    assert browser.post(link).headers["location"] == path
    assert browser.post(path).status_code == 303
    assert roles(site) == [(finn.id, "reviewer")]


def test_who_is_signed_in_as_somebody_else_does_not_take_it(site: Site) -> None:
    person(site, "Finn")
    path = invited(site)
    greta = sign_in(site, person(site, "Greta"))
    assert greta.post(path, FORM).status_code == 403
    assert roles(site) == []


def test_a_new_account_ends_the_session_that_the_browser_had(site: Site) -> None:
    path = invited(site)
    browser = sign_in(site, person(site, "Greta"))
    before = cookie(browser)
    assert "Greta is signed in" in text_of(browser.get(path).text)
    assert browser.post(path, FORM).status_code == 303
    assert not is_in(with_cookie(site, before))
    assert "Finn" in browser.get("/login/sent").text


def test_an_invitation_that_was_taken_back_or_expired_is_over(site: Site) -> None:
    path = invited(site)
    now = real_now()

    def revoke(session: Session, kim: Actor) -> None:
        (one,) = queries.open_invitations(session, now=now)
        actions.revoke_invitation(session, one, actor=kim, now=now, real_now=now)

    as_kim(site, revoke)
    visitor = site.visit()
    assert [visitor.get(path).status_code, visitor.post(path, FORM).status_code] == [410, 410]
    other = invited(site, "ida@example.org")
    with site.database.writing() as session:
        for row in session.query(Invitation):
            row.expires_at -= timedelta(days=14, seconds=1)
        commit(session)
    for answer in (visitor.get(other), visitor.post(other, FORM)):
        assert answer.status_code == 410
        assert "expired" in text_of(answer.text)
    assert visitor.post(f"{other}/sign-in").status_code == 410
    assert roles(site) == []


def test_an_invitation_that_is_not_ours_opens_nothing(site: Site) -> None:
    path = invited(site)
    visitor = site.visit()
    for wrong in (path[:-1], path + "x", "/invitations/x"):
        assert visitor.get(wrong).status_code == 410
        assert visitor.post(wrong, FORM).status_code == 410
    assert roles(site) == []


def test_further_fields_give_no_other_role(site: Site) -> None:
    """Bug class 10."""
    path = invited(site)
    more = {"role": "administrator", "object_kind": "site", "object_id": "0", "address": "x@y.org"}
    site.visit().post(path, {**FORM, **more})
    assert [role for _, role in roles(site)] == ["reviewer"]
    assert "x@y.org" not in people(site)


def test_switching_the_language_keeps_what_was_typed(site: Site) -> None:
    path = invited(site)
    answer = site.visit().post(path, {"name": "Finn", "switch_lang": "de"})
    assert (answer.status_code, roles(site)) == (200, [])
    assert 'value="Finn"' in answer.text
    assert "Begutachtende Person" in text_of(answer.text)
