"""A link opens one account, once, for 15 minutes, and only as long as it is that account's."""

from datetime import timedelta
from typing import Any

import pytest

from govmatch.accounts import actions, links
from govmatch.accounts.actions.links import client_group
from govmatch.accounts.lifetimes import LINKS_BY_CLIENT, MAILS_TO_ADDRESS, REFUSED_LINKS
from govmatch.accounts.models import LinkRequest, Person, Purpose
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session
from govmatch.kit.errors import Gone, TooMany
from tests.unit.accounts.making import (
    NOW,
    SIGNER,
    SITE_NOW,
    TIMES,
    administrator,
    asked,
    journal_of,
    link,
    minutes,
    opened,
    person,
    seen,
)

HOUR = timedelta(hours=1)


def spend(session: Session, token: str) -> actions.SignedInNow:
    return actions.use_link(
        session, opened(session, token), user_agent="", session_days=14, actor=VISITOR, **TIMES
    )


def test_a_link_signs_its_person_in(session: Session) -> None:
    bo = person(session, "Bo")
    done = spend(session, link(asked(session, bo.email), bo))
    actor = seen(session, done.token, NOW)
    assert actor is not None
    assert actor.person_id == bo.id


def test_a_link_works_once(session: Session) -> None:
    bo = person(session, "Bo")
    token = link(asked(session, bo.email), bo)
    spend(session, token)
    with pytest.raises(Gone, match="used"):
        opened(session, token)


def test_of_two_that_both_saw_it_open_one_signs_in(session: Session) -> None:
    bo = person(session, "Bo")
    token = link(asked(session, bo.email), bo)
    first, second = opened(session, token), opened(session, token)
    given: dict[str, Any] = {"user_agent": "", "session_days": 14, "actor": VISITOR}
    actions.use_link(session, first, **given, **TIMES)
    with pytest.raises(Gone, match="used"):
        actions.use_link(session, second, **given, **TIMES)


def test_a_link_ends_after_fifteen_minutes(session: Session) -> None:
    bo = person(session, "Bo")
    token = link(asked(session, bo.email), bo)
    assert opened(session, token, at=NOW + minutes(14.9)).person is bo
    with pytest.raises(Gone, match="15 minutes"):
        opened(session, token, at=NOW + minutes(15))


def test_a_link_ends_when_the_account_gets_another_address(session: Session) -> None:
    bo = person(session, "Bo")
    token = link(asked(session, bo.email), bo)
    bo.email = "bo@elsewhere.example"
    with pytest.raises(Gone, match="no longer"):
        opened(session, token)


def test_a_link_opens_no_other_account_that_came_to_its_address(session: Session) -> None:
    bo = person(session, "Bo")
    token = link(asked(session, bo.email), bo)
    bo.email = "bo@elsewhere.example"
    session.flush()
    person(session, "Carla", address="bo@example.org")
    with pytest.raises(Gone, match="no longer"):
        opened(session, token)


def test_a_link_ends_when_the_account_is_disabled(session: Session) -> None:
    bo = person(session, "Bo")
    token = link(asked(session, bo.email), bo)
    actions.disable_person(session, bo, actor=administrator(session), **TIMES)
    with pytest.raises(Gone, match="no longer"):
        opened(session, token)


def test_a_changed_cut_or_foreign_link_opens_nothing(session: Session) -> None:
    bo, carla = person(session, "Bo"), person(session, "Carla")
    token = link(asked(session, bo.email), bo)
    foreign = type(SIGNER)("another key, also of more than 32 characters")
    made = links.Link("abc", carla.public_id, NOW + minutes(15))
    invitation = links.sign_invitation(SIGNER, bo.public_id)
    for wrong in (
        token[:-1],
        token[1:],
        token + "x",
        links.sign(foreign, made),
        invitation,
        "",
        "ø",
    ):
        with pytest.raises(Gone, match="not complete"):
            opened(session, wrong)


def test_a_link_for_one_thing_does_not_do_the_other(session: Session) -> None:
    bo = person(session, "Bo")
    sign_in = link(asked(session, bo.email), bo)
    change = link(asked(session, "new@example.org", purpose=Purpose.CHANGE_ADDRESS, person=bo), bo)
    with pytest.raises(Gone):
        opened(session, sign_in, changes_address=True)
    with pytest.raises(Gone):
        opened(session, change)


def test_a_link_of_a_new_address_makes_the_account(session: Session) -> None:
    request = asked(
        session, "dieter@example.org", purpose=Purpose.REGISTER, name="Dieter", lang="da"
    )
    done = spend(session, link(request, None))
    found = (done.person.email, done.person.name, done.person.lang, done.person.terms_at)
    assert found == ("dieter@example.org", "Dieter", "da", NOW)
    assert done.person.verified_at == NOW


def test_two_registrations_of_one_address_end_in_one_account(session: Session) -> None:
    requests = [
        asked(session, "d@example.org", purpose=Purpose.REGISTER, name=name) for name in "AB"
    ]
    both = [opened(session, link(request, None)) for request in requests]
    given: dict[str, Any] = {"user_agent": "", "session_days": 14, "actor": VISITOR}
    found = [actions.use_link(session, one, **given, **TIMES).person for one in both]
    assert found[0] is found[1]
    assert [p.name for p in session.query(Person)] == ["A"]


def test_a_link_from_the_shell_signs_in_and_is_mailed_to_nobody(session: Session) -> None:
    bo = person(session, "Bo")
    path = actions.make_link(session, bo, signer=SIGNER, actor=VISITOR, **TIMES)
    assert path.startswith("/login/")
    assert spend(session, path.removeprefix("/login/")).person is bo
    with pytest.raises(Gone):
        opened(session, path.removeprefix("/login/"), at=NOW + minutes(15))


def test_asking_says_nothing_of_people_and_keeps_no_address_in_the_journal(
    session: Session,
) -> None:
    person(session, "Bo")
    known = asked(session, "bo@example.org")
    unknown = asked(session, "nobody@example.org")
    assert (known.person_id, unknown.person_id) == (None, None)
    rows = [row for row in journal_of(session) if row.event == "LinkRequested"]
    assert [row.subject_id for row in rows] == [known.id, unknown.id]
    assert [row.data for row in rows] == [{"purpose": "sign_in"}] * 2
    assert {row.at for row in rows} == {SITE_NOW}


@pytest.mark.parametrize("address", ["bo@example.org", "nobody@example.org"])
def test_five_mails_an_hour_for_an_address_known_or_not(session: Session, address: str) -> None:
    person(session, "Bo")
    for number in range(5):
        asked(session, address, client=f"192.0.2.{number}", real_now=NOW + minutes(number))
    with pytest.raises(TooMany) as refused:
        asked(session, address, client="192.0.2.99", real_now=NOW + minutes(30))
    assert refused.value.retry_after == 30 * 60
    asked(session, address, client="192.0.2.99", real_now=NOW + HOUR)


def test_thirty_wishes_an_hour_from_one_client(session: Session) -> None:
    for number in range(LINKS_BY_CLIENT.count):
        asked(session, f"p{number}@example.org")
    with pytest.raises(TooMany):
        asked(session, "one-more@example.org")
    asked(session, "one-more@example.org", client="198.51.100.7")
    assert session.query(LinkRequest).count() == LINKS_BY_CLIENT.count + 1
    assert MAILS_TO_ADDRESS.count == 5


@pytest.mark.parametrize(
    ("client", "group"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_line_of_ipv6_counts_as_one_client(client: str, group: str) -> None:
    assert client_group(client) == group


def test_links_that_are_over_are_noted_and_counted(session: Session) -> None:
    request = asked(session, "bo@example.org")
    given: dict[str, Any] = {"client": "192.0.2.1", "actor": VISITOR, **TIMES}
    for request_id in (request.id, *[None] * (REFUSED_LINKS.count - 1)):
        actions.count_refused_link(session, request_id, **given)
    with pytest.raises(TooMany):
        actions.count_refused_link(session, None, **given)
    rows = [row for row in journal_of(session) if row.event == "LinkRefused"]
    assert [row.subject_id for row in rows][:2] == [request.id, 0]
