"""The second factor on pages: asked for at once, set up, recovered, and never skipped."""

import re
from datetime import timedelta

import pytest

from govmatch.accounts.models import Role
from tests.site import Browser, Site, text_of
from tests.web.accounts.acting import (
    again,
    age_sessions,
    code_for,
    cookie,
    events,
    is_in,
    mails,
    person,
    set_up_factor,
    shown_key,
    sign_in,
    with_cookie,
)

MANAGER = (Role.MANAGER, "programme", 3)
GUARDED = [
    "/account",
    "/account/details",
    "/account/address",
    "/account/sessions",
]


def next_step(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 303, (path, answer.status_code)
    return str(answer.headers["location"])


def test_a_role_that_needs_it_leads_to_setting_it_up_and_on(site: Site) -> None:
    eva = person(site, "Eva", MANAGER)
    browser = sign_in(site, eva)
    assert next_step(browser, "/second-factor?next=/desk") == ("/second-factor/set-up?next=%2Fdesk")
    page = browser.get("/second-factor/set-up?next=/desk").text
    assert re.search(r'<img class="gm-qr" src="data:image/svg\+xml;[^"]+" width="\d+"', page)
    before = cookie(browser)
    answer = browser.submit(
        "/second-factor/set-up?next=/desk",
        "/second-factor/set-up",
        {"code": code_for(shown_key(page))},
    )
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    codes = re.search(r'<pre[^>]*id="codes"[^>]*>([^<]+)</pre>', answer.text)
    assert codes is not None
    assert len(codes[1].split()) == 10
    assert 'href="/desk"' in answer.text
    assert 'download="recovery-codes.txt"' in answer.text
    assert not is_in(with_cookie(site, before))
    assert browser.get("/account").status_code == 200
    assert mails(site)[-1] == ("eva@example.org", "Second factor set up")


@pytest.mark.parametrize("path", GUARDED)
def test_before_it_is_given_nothing_of_the_account_can_be_seen_or_changed(
    site: Site, path: str
) -> None:
    eva = person(site, "Eva", MANAGER)
    set_up_factor(site, sign_in(site, eva))
    half = sign_in(site, eva)
    assert next_step(half, path).startswith("/second-factor?next=")
    for target, fields in (
        ("/account/details", {"name": "Mallory"}),
        ("/account/address", {"email": "mallory@example.org"}),
        ("/account/sessions/end-others", {}),
        ("/second-factor/recovery-codes", {}),
        ("/second-factor/remove", {}),
    ):
        assert half.post(target, fields).status_code == 403, target
    assert again(site, eva).name == "Eva"


def test_before_it_is_given_it_cannot_be_replaced(site: Site) -> None:
    """Otherwise who reads the mailbox would set up an app of their own."""
    eva = person(site, "Eva", MANAGER)
    secret, _ = set_up_factor(site, sign_in(site, eva))
    half = sign_in(site, eva)
    step = next_step(half, "/second-factor/set-up")
    assert step == "/account/fresh?next=%2Fsecond-factor%2Fset-up"
    assert next_step(half, step).startswith("/second-factor?next=")
    answer = half.post("/second-factor/set-up", {"code": code_for(secret)})
    assert (answer.status_code, answer.headers["location"]) == (303, step)
    assert (again(site, eva).totp_count, events(site).count("SecondFactorSet")) == (1, 1)


def test_the_code_opens_the_account_and_leads_on(site: Site) -> None:
    eva = person(site, "Eva", MANAGER)
    secret, _ = set_up_factor(site, sign_in(site, eva))
    browser = sign_in(site, eva)
    before = cookie(browser)
    typed = code_for(secret, steps=1)
    answer = browser.submit(
        "/second-factor?next=/challenges", "/second-factor", {"code": f"{typed[:3]} {typed[3:]}"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/challenges")
    assert cookie(browser) != before
    assert not is_in(with_cookie(site, before))
    assert browser.get("/account").status_code == 200


def test_a_code_is_taken_once(site: Site) -> None:
    """Bug class 16: a code seen over the shoulder is worth nothing."""
    eva = person(site, "Eva", MANAGER)
    secret, _ = set_up_factor(site, sign_in(site, eva))
    typed = {"code": code_for(secret, steps=1)}
    assert sign_in(site, eva).post("/second-factor", typed).status_code == 303
    thief = sign_in(site, eva)
    answer = thief.post("/second-factor", typed)
    assert answer.status_code == 422
    assert "used before" in text_of(answer.text)
    assert next_step(thief, "/account").startswith("/second-factor")


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_is_no_code_is_said_and_not_counted(site: Site, typed: str) -> None:
    eva = person(site, "Eva", MANAGER)
    set_up_factor(site, sign_in(site, eva))
    browser = sign_in(site, eva)
    form = {"code": typed, "next": "/challenges"}
    assert {browser.post("/second-factor", form).status_code for _ in range(6)} == {422}
    answer = browser.post("/second-factor", form)
    assert 'id="f-code-error"' in answer.text
    assert 'name="next" value="/challenges"' in answer.text
    assert "SecondFactorFailed" not in events(site)


def test_a_recovery_code_opens_once_and_is_told(site: Site) -> None:
    eva = person(site, "Eva", MANAGER)
    _, codes = set_up_factor(site, sign_in(site, eva))
    browser = sign_in(site, eva)
    assert "(10 left)" in text_of(browser.get("/second-factor").text)
    form = {"way": "recovery", "code": codes[0].upper().replace("-", " ")}
    answer = browser.submit("/second-factor?way=recovery", "/second-factor", form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert "9 recovery codes left" in text_of(browser.get("/account").text)
    assert sign_in(site, eva).post("/second-factor", form).status_code == 422
    assert mails(site)[-1] == ("eva@example.org", "A recovery code was used")


def test_new_recovery_codes_end_the_old_ones(site: Site) -> None:
    eva = person(site, "Eva", MANAGER)
    browser = sign_in(site, eva)
    _, old = set_up_factor(site, browser)
    answer = browser.post("/second-factor/recovery-codes")
    assert answer.status_code == 200
    new = re.findall(r"\b(?:[a-z0-9]{4}-){5}[a-z0-9]{4}\b", answer.text.split("data:")[0])
    assert len(new) == 10
    assert not set(old) & set(new)
    other = sign_in(site, eva)
    assert other.post("/second-factor", {"way": "recovery", "code": old[1]}).status_code == 422
    assert other.post("/second-factor", {"way": "recovery", "code": new[1]}).status_code == 303


def test_the_codes_of_a_role_count_for_twelve_hours(site: Site) -> None:
    eva = person(site, "Eva", MANAGER)
    browser = sign_in(site, eva)
    set_up_factor(site, browser)
    age_sessions(site, timedelta(hours=11))
    assert browser.get("/account").status_code == 200
    age_sessions(site, timedelta(hours=2))
    assert next_step(browser, "/account") == "/second-factor?next=%2Faccount"


def test_a_firm_member_may_have_one_and_is_asked_then(site: Site) -> None:
    bo = person(site, "Bo", (Role.LEAD, "firm", 5))
    browser = sign_in(site, bo)
    assert browser.get("/account").status_code == 200
    set_up_factor(site, browser)
    assert next_step(sign_in(site, bo), "/account").startswith("/second-factor")
    answer = browser.post("/second-factor/remove")
    assert answer.headers["location"] == "/account"
    assert "You sign in without a second factor" in text_of(browser.get("/account").text)
    assert sign_in(site, bo).get("/account").status_code == 200
    assert mails(site)[-1] == ("bo@example.org", "Second factor removed")


def test_who_needs_it_cannot_remove_it(site: Site) -> None:
    eva = person(site, "Eva", MANAGER)
    browser = sign_in(site, eva)
    set_up_factor(site, browser)
    assert "Remove" not in text_of(browser.get("/account").text)
    answer = browser.post("/second-factor/remove")
    assert answer.status_code == 403
    assert "Your roles need a second factor" in text_of(answer.text)
    assert again(site, eva).totp_confirmed_at is not None


def test_another_app_takes_its_place_after_a_code_of_the_old(site: Site) -> None:
    eva = person(site, "Eva", MANAGER)
    browser = sign_in(site, eva)
    first, _ = set_up_factor(site, browser)
    assert "stays in force" in text_of(browser.get("/second-factor/set-up").text)
    second, _ = set_up_factor(site, browser)
    assert first != second
    other = sign_in(site, eva)
    assert other.post("/second-factor", {"code": code_for(first, steps=1)}).status_code == 422
    assert other.post("/second-factor", {"code": code_for(second, steps=1)}).status_code == 303


def test_setting_up_wants_a_fresh_sign_in(site: Site) -> None:
    """A cookie found days later must not be enough to take over the account for good."""
    browser = sign_in(site, person(site, "Eva", MANAGER))
    age_sessions(site, timedelta(hours=1))
    step = next_step(browser, "/second-factor/set-up?next=/desk")
    assert step.startswith("/account/fresh?next=")
    page = browser.get(step)
    assert page.status_code == 200
    assert "eva@example.org" in text_of(page.text)


def test_a_wrong_code_when_setting_up_keeps_the_key_that_was_shown(site: Site) -> None:
    browser = sign_in(site, person(site, "Eva", MANAGER))
    key = shown_key(browser.get("/second-factor/set-up").text)
    answer = browser.post("/second-factor/set-up", {"code": "000000", "next": "/desk"})
    assert answer.status_code == 422
    assert shown_key(answer.text) == key
    switched = browser.post("/second-factor/set-up", {"code": "12", "switch_lang": "de"})
    assert (switched.status_code, shown_key(switched.text)) == (200, key)
    assert browser.post("/second-factor/set-up", {"code": code_for(key)}).status_code == 200


def test_visitors_are_sent_to_sign_in(site: Site) -> None:
    visitor = site.visit()
    for path in (*GUARDED, "/second-factor", "/second-factor/set-up", "/account/fresh"):
        assert next_step(visitor, path).startswith("/login?next=")
    for path in ("/second-factor", "/second-factor/set-up", "/second-factor/recovery-codes"):
        assert visitor.post(path, {"code": "000000"}).status_code == 403
