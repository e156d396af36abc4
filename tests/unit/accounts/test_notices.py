"""Who gets which mail, and who gets none."""

from datetime import timedelta
from typing import Any

import pytest

from govmatch.accounts import actions, handlers, links
from govmatch.accounts.models import LinkRequest, Purpose, Role, SessionRow
from govmatch.accounts.notices import NOTICES
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session
from govmatch.kit.notices import Notice
from govmatch.notifications.actions import written
from govmatch.settings import Settings, shipped
from tests.unit.accounts.making import (
    NOW,
    SIGNER,
    SITE_NOW,
    TIMES,
    acting,
    administrator,
    asked,
    background,
    journal_of,
    link,
    minutes,
    opened,
    person,
    signed_in,
)


def told(session: Session, event: str, **more: Any) -> list[Notice]:
    """Return what the last event of this name makes the worker send."""
    row = [row for row in journal_of(session) if row.event == event][-1]
    return list(NOTICES[event](background(**more), session, row))


def test_a_known_address_gets_a_link_that_opens_its_account(session: Session) -> None:
    bo = person(session, "Bo")
    request = asked(session, bo.email, lang="da")
    (notice,) = told(session, "LinkRequested")
    assert (notice.mail, notice.address, notice.lang) == ("accounts/sign_in", bo.email, "da")
    assert notice.secret
    path = notice.links["link"]
    assert path.startswith("/login/")
    read = links.read(SIGNER, path.removeprefix("/login/"))
    assert read == links.Link(request.public_id, bo.public_id, NOW + minutes(15))


def test_the_fifteen_minutes_begin_when_the_mail_is_made(session: Session) -> None:
    bo = person(session, "Bo")
    asked(session, bo.email)
    (notice,) = told(session, "LinkRequested", real_now=NOW + minutes(10))
    read = links.read(SIGNER, notice.links["link"].removeprefix("/login/"))
    assert read is not None
    assert read.expires_at == NOW + minutes(25)


def test_an_unknown_address_gets_nothing(session: Session) -> None:
    asked(session, "nobody@example.org")
    assert told(session, "LinkRequested") == []


def test_a_link_is_not_made_twice_too_late_or_for_a_closed_account(session: Session) -> None:
    bo = person(session, "Bo")
    request = asked(session, bo.email)
    assert told(session, "LinkRequested", real_now=NOW + minutes(61)) == []
    request.used_at = NOW
    assert told(session, "LinkRequested") == []
    request.used_at = None
    assert len(told(session, "LinkRequested")) == 1
    actions.disable_person(session, bo, actor=administrator(session), **TIMES)
    assert told(session, "LinkRequested") == []
    session.delete(request)
    session.flush()
    assert told(session, "LinkRequested") == []


def test_registering_a_known_address_sends_a_link_to_sign_in(session: Session) -> None:
    person(session, "Bo")
    asked(session, "bo@example.org", purpose=Purpose.REGISTER, name="Mallory")
    (notice,) = told(session, "LinkRequested")
    assert notice.mail == "accounts/sign_in"


def test_a_mail_to_a_stranger_carries_nothing_that_the_sender_wrote(session: Session) -> None:
    """Bug class 13: our mails must not become somebody's advertisement."""
    name = "Click http://evil.example [here](http://evil.example)\r\nBcc: all@example.org"
    asked(session, "stranger@example.org", purpose=Purpose.REGISTER, name=name)
    (notice,) = told(session, "LinkRequested")
    assert notice.mail == "accounts/register"
    assert notice.values == {}
    assert "evil" not in str(notice)


def test_an_invitation_shows_names_as_plain_text(session: Session) -> None:
    kim = administrator(session, "Kim")
    assert kim.person_id is not None
    actions.invite(
        session,
        "finn@example.org",
        Role.REVIEWER,
        "challenge",
        9,
        object_label="Click http://evil.example\r\nBcc: x@example.org {link} www.evil.example",
        lang="de",
        actor=kim,
        **TIMES,
    )
    (notice,) = told(session, "InvitationSent")
    settings = Settings(templates_dir=shipped("templates"), base_url="https://govmatch.example")
    subject, body = written(notice, settings)
    assert subject == "Einladung zu govmatch"
    assert "Rolle: Begutachtende Person\n" in body
    assert "Kim lädt Sie" in body
    assert "15. März 2027" in body
    assert body.count("://") == 2  # the invitation's own link, and the site's address
    assert "www.evil" not in body
    assert "\nBcc" not in body


def test_an_invitation_that_is_over_is_not_mailed(session: Session) -> None:
    kim = administrator(session)
    given: dict[str, Any] = {"object_label": "", "lang": "en", "actor": kim}
    invitation = actions.invite(
        session,
        "finn@example.org",
        Role.STAFF,
        "authority",
        7,
        **given,
        **TIMES,
    )
    (notice,) = told(session, "InvitationSent")
    token = notice.links["link"].removeprefix("/invitations/")
    assert links.read_invitation(SIGNER, token) == invitation.public_id
    assert told(session, "InvitationSent", real_now=NOW + timedelta(days=14)) == []
    actions.revoke_invitation(session, invitation, actor=kim, **TIMES)
    assert told(session, "InvitationSent") == []


def test_a_new_address_gets_the_link_and_the_old_one_a_note(session: Session) -> None:
    bo = person(session, "Bo")
    request = asked(session, "new@example.org", purpose=Purpose.CHANGE_ADDRESS, person=bo)
    (notice,) = told(session, "LinkRequested")
    assert (notice.mail, notice.address) == ("accounts/address_change", "new@example.org")
    assert notice.links["link"].startswith("/account/address/")
    change = opened(session, link(request, bo), changes_address=True)
    actions.change_address(session, change, **TIMES)
    (note,) = told(session, "AddressChanged")
    assert (note.mail, note.address) == ("accounts/address_changed", "bo@example.org")


def test_an_address_of_somebody_else_gets_no_link(session: Session) -> None:
    bo, carla = person(session, "Bo"), person(session, "Carla")
    asked(session, carla.email, purpose=Purpose.CHANGE_ADDRESS, person=bo)
    assert told(session, "LinkRequested") == []


def test_a_role_from_somebody_else_is_told_and_ones_own_act_is_not(session: Session) -> None:
    kim, bo = administrator(session), person(session, "Bo")
    actions.give_role(session, bo, Role.LEAD, "firm", 5, actor=acting(bo), **TIMES)
    assert told(session, "RoleGiven") == []
    row = actions.grant(
        session, bo, Role.STAFF, "authority", 7, actor=kim, object_label="Somewhere", **TIMES
    )
    (given,) = told(session, "RoleGiven")
    assert (given.address, given.mail) == (bo.email, "accounts/role_given")
    assert given.values["object"] == "Somewhere"
    actions.end_role(session, row, actor=kim, **TIMES)
    (ended,) = told(session, "RoleEnded")
    assert ended.mail == "accounts/role_ended"


@pytest.mark.parametrize("lang", ["de", "da", "en"])
def test_every_mail_can_be_written_in_every_language(session: Session, lang: str) -> None:
    kim, bo = administrator(session), person(session, "Bo")
    bo.lang = lang
    settings = Settings(templates_dir=shipped("templates"), base_url="https://govmatch.example")
    for purpose, address in (
        (Purpose.SIGN_IN, bo.email),
        (Purpose.REGISTER, "new@example.org"),
        (Purpose.CHANGE_ADDRESS, "newer@example.org"),
    ):
        asked(session, address, purpose=purpose, person=bo, lang=lang)
        (notice,) = told(session, "LinkRequested")
        subject, body = written(notice, settings)
        assert subject
        assert f"https://govmatch.example{notice.links['link']}\n" in body
    actions.give_role(session, bo, Role.LEAD, "firm", 5, actor=kim, **TIMES)
    (notice,) = told(session, "RoleGiven")
    assert notice.lang == lang
    subject, body = written(notice, settings)
    assert "{" not in body


def test_old_requests_and_sessions_are_forgotten_and_the_rest_is_kept(session: Session) -> None:
    bo = person(session, "Bo")
    asked(session, bo.email)
    fresh = asked(session, bo.email, real_now=NOW + timedelta(hours=12))
    over, alive = signed_in(session, bo), signed_in(session, bo, session_days=90)
    over.row.ended_at = NOW
    for _ in range(2):
        handlers.forget_old(background(real_now=NOW + timedelta(days=1, hours=1)), session)
    assert [row.id for row in session.query(LinkRequest)] == [fresh.id]
    assert session.query(SessionRow).count() == 2
    handlers.forget_old(background(real_now=NOW + timedelta(days=31)), session)
    assert [row.id for row in session.query(SessionRow)] == [alive.row.id]


def test_the_id_of_a_forgotten_request_is_not_used_again(session: Session) -> None:
    """The journal names requests by id; SQLite would give the highest one to the next row."""
    first = asked(session, "bo@example.org").id
    handlers.forget_old(background(real_now=NOW + timedelta(days=2)), session)
    session.flush()
    assert asked(session, "bo@example.org", real_now=NOW + timedelta(days=2)).id > first


def test_the_journal_follows_the_clock_of_the_site(session: Session) -> None:
    actions.make_link(session, person(session, "Bo"), signer=SIGNER, actor=VISITOR, **TIMES)
    assert {row.at for row in journal_of(session)} == {SITE_NOW}
