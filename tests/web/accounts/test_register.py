"""Registering: the same answer whether the address has an account or not."""

import pytest

from govmatch.accounts.models import Person
from tests.site import Site, text_of
from tests.web.accounts.acting import (
    events,
    is_in,
    mailed_path,
    mails,
    people,
    person,
    requests,
    sessions,
)

FORM = {"name": "Dieter", "email": "Dieter@Example.org", "lang": "de", "terms": "yes"}


def test_a_firms_founder_registers_and_is_signed_in_by_the_link(site: Site) -> None:
    browser = site.visit()
    sent = browser.submit("/register?next=/firm", "/register", FORM)
    assert (sent.status_code, sent.headers["location"]) == (303, "/register/sent")
    assert people(site) == {}
    assert mails(site) == [("dieter@example.org", "Schließen Sie Ihre Registrierung ab")]
    path = mailed_path(site)
    assert "dieter@example.org" in text_of(browser.get(path).text)
    assert people(site) == {}
    done = browser.post(path)
    assert (done.status_code, done.headers["location"]) == (303, "/firm")
    assert people(site) == {"dieter@example.org": "Dieter"}
    assert '<html lang="de">' in browser.get("/account").text
    assert events(site) == ["LinkRequested", "PersonRegistered", "SignedIn"]


def test_agreeing_to_the_terms_is_kept_with_its_time(site: Site) -> None:
    browser = site.visit()
    browser.post("/register", FORM)
    browser.post(mailed_path(site))
    (asked_at,) = [request.at for request in requests(site)]
    with site.database.reading() as session:
        assert [p.terms_at for p in session.query(Person)] == [asked_at]


def test_a_known_address_gets_a_link_to_sign_in_and_the_same_answer(site: Site) -> None:
    """Bug class 14."""
    person(site, "Bo")
    browser = site.visit()
    known = browser.post("/register", {**FORM, "email": "bo@example.org", "name": "Mallory"})
    other = browser.post("/register", FORM)
    for name in ("location", "content-type", "cache-control", "vary", "set-cookie"):
        assert known.headers.get(name) == other.headers.get(name)
    assert (known.status_code, known.content) == (other.status_code, other.content)
    assert sorted(mails(site)) == [
        ("bo@example.org", "Ihr Link zum Anmelden"),
        ("dieter@example.org", "Schließen Sie Ihre Registrierung ab"),
    ]
    assert people(site) == {"bo@example.org": "Bo"}


def test_the_link_of_a_registration_works_once(site: Site) -> None:
    site.visit().post("/register", FORM)
    path = mailed_path(site)
    assert site.visit().post(path).status_code == 303
    assert site.visit().post(path).status_code == 410
    assert (sessions(site), len(people(site))) == (1, 1)


@pytest.mark.parametrize("missing", ["name", "email", "lang", "terms"])
def test_what_is_missing_is_said_and_the_rest_is_kept(site: Site, missing: str) -> None:
    answer = site.visit().post("/register", {k: v for k, v in FORM.items() if k != missing})
    assert answer.status_code == 422
    assert f'href="#f-{missing}"' in answer.text
    assert f'id="f-{missing}-error"' in answer.text
    kept = {"name": 'value="Dieter"', "email": 'value="Dieter@Example.org"'}
    assert [shown in answer.text for name, shown in kept.items() if name != missing].count(
        False
    ) == 0
    assert requests(site) == []


def test_switching_the_language_keeps_the_form_and_asks_for_nothing(site: Site) -> None:
    answer = site.visit().post("/register", {"name": "Dieter", "switch_lang": "da"})
    assert (answer.status_code, requests(site)) == (200, [])
    assert 'value="Dieter"' in answer.text
    assert "Opret konto" in answer.text


@pytest.mark.parametrize(
    "more",
    [
        {"role": "administrator"},
        {"person_id": "1", "id": "1"},
        {"verified_at": "2020-01-01", "purpose": "change_address"},
        {"object_kind": "site", "object_id": "0"},
    ],
)
def test_further_fields_give_nothing(site: Site, more: dict[str, str]) -> None:
    """Bug class 10: mass assignment."""
    browser = site.visit()
    browser.post("/register", {**FORM, **more})
    browser.post(mailed_path(site))
    assert is_in(browser)
    assert "RoleGiven" not in events(site)
    assert [(r.purpose, r.person_id) for r in requests(site)] == [("register", None)]


def test_a_name_with_markup_is_shown_as_text(site: Site) -> None:
    """Bug class 6."""
    browser = site.visit()
    browser.post("/register", {**FORM, "name": "<script>alert(1)</script>\u202e{{7*7}}"})
    browser.post(mailed_path(site))
    page = browser.get("/account").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in page
    assert "{{7*7}}" in page
