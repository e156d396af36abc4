"""Too often is 429 with the time to wait, for known and unknown alike (bug classes 12, 14, 33)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from govmatch.accounts.lifetimes import LINKS_BY_CLIENT, REFUSED_LINKS
from tests.site import Site
from tests.web.accounts.acting import (
    code_for,
    events,
    made_link,
    mails,
    person,
    requests,
    set_up_factor,
    sign_in,
)


def waits(answer: object) -> int:
    """Return for how many seconds an answer of 429 asks to wait."""
    assert answer.status_code == 429, answer.status_code  # type: ignore[attr-defined]
    return int(answer.headers["retry-after"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["bo@example.org", "nobody@example.org"])
def test_the_sixth_link_within_an_hour_has_to_wait(site: Site, address: str) -> None:
    person(site, "Bo")
    browser = site.visit()
    statuses = [browser.post("/login", {"email": address}).status_code for _ in range(5)]
    assert statuses == [303] * 5
    for spelling in (address, address.upper(), f" {address} "):
        assert 3500 < waits(browser.post("/login", {"email": spelling})) <= 3600
    register = {"email": address, "name": "B", "lang": "en", "terms": "yes"}
    assert waits(browser.post("/register", register)) > 3500
    assert len(requests(site)) == 5
    assert len(mails(site)) == (5 if address == "bo@example.org" else 0)


def test_a_flood_over_many_addresses_ends_whatever_headers_say(site: Site) -> None:
    """The client is who is connected; X-Forwarded-For and X-Remote-User are what anybody writes."""
    client = site.visit().client
    statuses = []
    for number in range(LINKS_BY_CLIENT.count + 5):
        headers = {"x-forwarded-for": f"198.51.100.{number}", "x-remote-user": "kim"}
        data = {"email": f"p{number}@example.org"}
        statuses.append(client.post("/login", data=data, headers=headers).status_code)
    assert statuses == [303] * LINKS_BY_CLIENT.count + [429] * 5
    assert len(requests(site)) == LINKS_BY_CLIENT.count


def test_guessing_links_ends_and_a_right_one_still_works(site: Site) -> None:
    browser = site.visit()
    statuses = [browser.post(f"/login/guess{n}").status_code for n in range(REFUSED_LINKS.count)]
    assert set(statuses) == {410}
    assert waits(browser.post("/login/guess")) > 0
    assert events(site) == ["LinkRefused"] * REFUSED_LINKS.count
    assert browser.post(made_link(site, person(site, "Bo"))).status_code == 303


def test_after_five_wrong_codes_the_right_one_waits(site: Site) -> None:
    bo = person(site, "Bo")
    secret, codes = set_up_factor(site, sign_in(site, bo))
    browser = sign_in(site, bo)
    for _ in range(5):
        assert browser.post("/second-factor", {"code": "000000"}).status_code == 422
    right = {"code": code_for(secret, steps=1)}
    assert 800 < waits(browser.post("/second-factor", right)) <= 900
    assert waits(browser.post("/second-factor", {"way": "recovery", "code": codes[0]})) > 800
    assert events(site).count("SecondFactorFailed") == 5
    assert (
        codes[0] not in browser.post("/second-factor", {"way": "recovery", "code": codes[0]}).text
    )


def test_requests_at_the_same_time_count_each_other(site: Site) -> None:
    """Bug class 28: the limit is looked at and counted in one transaction after the other."""
    browsers = [site.visit() for _ in range(10)]
    with ThreadPoolExecutor(10) as pool:
        found = pool.map(lambda b: b.post("/login", {"email": "bo@example.org"}), browsers)
    assert sorted(answer.status_code for answer in found) == [303] * 5 + [429] * 5
    assert len(requests(site)) == 5


def test_codes_guessed_at_the_same_time_count_each_other(site: Site) -> None:
    bo = person(site, "Bo")
    set_up_factor(site, sign_in(site, bo))
    browsers = [sign_in(site, bo) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda b: b.post("/second-factor", {"code": "000000"}), browsers)
    assert sorted(answer.status_code for answer in found) == [422] * 5 + [429] * 3


def test_a_form_sent_twice_sends_one_mail(site: Site) -> None:
    person(site, "Bo")
    browser = site.visit()
    form = {"email": "bo@example.org", "form_key": "one and the same"}
    answers = [browser.post("/login", form).headers["location"] for _ in range(3)]
    assert answers == ["/login/sent"] * 3
    assert len(requests(site)) == 1
