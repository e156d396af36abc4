"""Changing the address: proved by the new mailbox, told to the old one."""

from datetime import timedelta

import pytest

from govmatch.accounts.models import Role
from tests.site import Site, text_of
from tests.web.accounts.acting import (
    again,
    age_sessions,
    events,
    expired,
    made_link,
    mailed_path,
    mails,
    people,
    person,
    requests,
    set_up_factor,
    sign_in,
)

NEW = {"email": "Bo@New.example"}


def test_the_new_address_is_confirmed_by_its_link_and_the_old_one_is_told(site: Site) -> None:
    bo = person(site, "Bo")
    browser = sign_in(site, bo)
    answer = browser.submit("/account/address", "/account/address", NEW)
    assert answer.headers["location"] == "/account/address/sent"
    path = mailed_path(site)
    assert mails(site) == [("bo@new.example", "Confirm your new address")]
    assert again(site, bo).email == "bo@example.org"
    elsewhere = site.visit()
    assert "bo@new.example" in text_of(elsewhere.get(path).text)
    assert again(site, bo).email == "bo@example.org"
    assert elsewhere.post(path).headers["location"] == "/account"
    assert again(site, bo).email == "bo@new.example"
    assert mails(site)[-1] == ("bo@example.org", "Your account has a new address")
    assert events(site)[-1] == "AddressChanged"


def test_links_to_the_old_address_open_nothing_any_more(site: Site) -> None:
    """Bug class 16."""
    bo = person(site, "Bo")
    waiting = made_link(site, bo)
    browser = sign_in(site, bo)
    browser.post("/account/address", NEW)
    browser.post(mailed_path(site))
    stranger = site.visit()
    assert [stranger.get(waiting).status_code, stranger.post(waiting).status_code] == [410, 410]
    stranger.post("/login", {"email": "bo@example.org"})
    assert mails(site)[-1][0] == "bo@example.org"
    assert mails(site)[-1][1] == "Your account has a new address"


def test_the_link_works_once_and_for_fifteen_minutes(site: Site) -> None:
    bo = person(site, "Bo")
    browser = sign_in(site, bo)
    browser.post("/account/address", NEW)
    path = mailed_path(site)
    assert browser.post(expired(site, path)).status_code == 410
    assert browser.client.head(path).status_code == 200
    assert browser.post(path).status_code == 303
    assert browser.post(path).status_code == 410
    assert events(site).count("AddressChanged") == 1


def test_somebody_elses_address_gets_the_same_answer_and_no_link(site: Site) -> None:
    """Bug class 14: this form must not tell who has an account either."""
    person(site, "Carla")
    browser = sign_in(site, person(site, "Bo"))
    taken = browser.post("/account/address", {"email": "carla@example.org"})
    free = browser.post("/account/address", {"email": "free@example.org"})
    assert (taken.status_code, taken.headers["location"], taken.content) == (
        free.status_code,
        free.headers["location"],
        free.content,
    )
    assert mails(site) == [("free@example.org", "Confirm your new address")]


def test_an_address_that_was_taken_meanwhile_is_refused(site: Site) -> None:
    bo = person(site, "Bo")
    browser = sign_in(site, bo)
    browser.post("/account/address", {"email": "carla@example.org"})
    path = mailed_path(site)
    person(site, "Carla")
    answer = browser.post(path)
    assert answer.status_code == 410
    assert "cannot be used" in text_of(answer.text)
    assert people(site) == {"bo@example.org": "Bo", "carla@example.org": "Carla"}


@pytest.mark.parametrize("typed", ["", "x", "ｂｏ@example.org", "BO@example.org"])
def test_what_cannot_be_the_new_address_is_said(site: Site, typed: str) -> None:
    browser = sign_in(site, person(site, "Bo"))
    answer = browser.post("/account/address", {"email": typed})
    assert answer.status_code == 422
    assert 'id="f-email-error"' in answer.text
    assert [r.purpose for r in requests(site)] == ["shell"]


def test_it_wants_a_fresh_sign_in(site: Site) -> None:
    """ASVS 5.0, V7.5.1: a cookie alone does not move the account to another mailbox."""
    browser = sign_in(site, person(site, "Bo"))
    age_sessions(site, timedelta(minutes=31))
    target = "/account/fresh?next=%2Faccount%2Faddress"
    assert browser.get("/account/address").headers["location"] == target
    assert browser.post("/account/address", NEW).headers["location"] == target
    assert [r.purpose for r in requests(site)] == ["shell"]


def test_with_a_second_factor_it_wants_a_fresh_code(site: Site) -> None:
    eva = person(site, "Eva", (Role.MANAGER, "programme", 3))
    browser = sign_in(site, eva)
    set_up_factor(site, browser)
    age_sessions(site, timedelta(minutes=31))
    step = browser.get("/account/address").headers["location"]
    assert browser.get(step).headers["location"] == "/second-factor?next=%2Faccount%2Faddress"
