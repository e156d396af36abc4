"""One's own page, details, places and data."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from govmatch.accounts import actions, queries
from govmatch.accounts.models import Role, SessionRow
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from tests.site import Browser, Site, text_of
from tests.web.accounts.acting import (
    again,
    age_sessions,
    cookie,
    events,
    is_in,
    mailed_path,
    person,
    sessions,
    set_up_factor,
    sign_in,
    with_cookie,
)
from tests.web.challenges.desk_world import make_desk


def test_the_page_shows_what_is_kept_and_one_next_step(site: Site) -> None:
    dieter = sign_in(site, person(site, "Dieter"))
    shown = text_of(dieter.get("/account").text)
    assert "Dieter" in shown
    assert "dieter@example.org" in shown
    assert "Make its profile, or join it" in shown
    assert "You hold none." in shown
    bo = sign_in(site, person(site, "Bo", (Role.LEAD, "firm", 5)))
    page = bo.get("/account").text
    assert 'href="/applications"' in page
    assert "Firm lead" in text_of(page)


def test_roles_are_shown_with_what_they_are_for(site: Site) -> None:
    astrid = person(site, "Astrid")
    with site.database.writing() as session:
        now = real_now()
        actions.give_role(
            session,
            queries.by_id(session, astrid.id),
            Role.APPROVER,
            "authority",
            7,
            actor=VISITOR,
            now=now,
            real_now=now,
            object_label="Erhvervsstyrelsen",
        )
        commit(session)
    browser = sign_in(site, astrid, lang="da")
    set_up_factor(site, browser)
    shown = text_of(browser.get("/account?lang=da").text)
    assert "Godkender Erhvervsstyrelsen" in shown


def test_roles_name_their_object_as_the_reader_calls_it_today(site: Site) -> None:
    desk = make_desk(site)
    browser = desk.as_("astrid")
    assert "Medarbejder Sikkerhedsstyrelsen" in text_of(browser.get("/account?lang=da").text)
    in_german = text_of(browser.get("/account?lang=de").text)
    assert "Sachbearbeitung Dänische Behörde für Sicherheitstechnik" in in_german


def test_details_are_saved_and_speak_the_language_from_then_on(site: Site) -> None:
    bo = person(site, "Bo")
    browser = sign_in(site, bo)
    form = {"name": " Bo  B. ", "lang": "da", "zone": "Europe/Copenhagen"}
    answer = browser.submit("/account/details", "/account/details", form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    page = browser.get("/account").text
    assert '<html lang="da">' in page
    assert "Dine oplysninger er gemt." in text_of(page)
    assert "København" in text_of(page)
    kept = again(site, bo)
    assert (kept.name, kept.lang, kept.zone) == ("Bo B.", "da", "Europe/Copenhagen")
    assert events(site)[-1] == "DetailsChanged"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", ""), ("name", "x" * 101), ("lang", "fr"), ("zone", "Mars/Olympus"), ("zone", "../x")],
)
def test_wrong_details_are_said_and_nothing_is_changed(site: Site, field: str, typed: str) -> None:
    bo = person(site, "Bo")
    form = {"name": "Other", "lang": "da", "zone": "", field: typed}
    answer = sign_in(site, bo).post("/account/details", form)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert again(site, bo).name == "Bo"


def test_further_fields_change_nothing_else(site: Site) -> None:
    """Bug class 10."""
    bo = person(site, "Bo")
    more = {"email": "x@example.org", "salt": "x", "disabled_at": "x", "public_id": "x"}
    sign_in(site, bo).post("/account/details", {"name": "Bo B.", **more})
    kept = again(site, bo)
    assert (kept.email, kept.public_id, kept.salt) == (bo.email, bo.public_id, bo.salt)


def statements(site: Site, browser: Browser, path: str) -> int:
    """Return how many SQL statements a page takes."""
    seen: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", note)
    try:
        assert browser.get(path).status_code == 200
    finally:
        event.remove(site.database.engine, "before_cursor_execute", note)
    return len(seen)


def test_pages_take_the_same_statements_for_one_place_and_role_and_for_three(site: Site) -> None:
    bo = person(site, "Bo", (Role.LEAD, "firm", 5))
    carla = person(
        site, "Carla", (Role.LEAD, "firm", 5), (Role.MEMBER, "firm", 6), (Role.MEMBER, "firm", 7)
    )
    one = sign_in(site, bo)
    three = [sign_in(site, carla) for _ in range(3)][-1]
    for path, count in (("/account", 9), ("/account/sessions", 6)):
        assert [statements(site, browser, path) for browser in (one, three)] == [count] * 2


def test_places_are_listed_and_one_is_ended(site: Site) -> None:
    bo = person(site, "Bo")
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    here = sign_in(site, bo)
    there = site.visit()
    there.client.headers["user-agent"] = firefox
    there.client.cookies.update(sign_in_with(there, site))
    page = here.get("/account/sessions").text
    assert "Firefox on Linux" in text_of(page)
    assert text_of(page).count("this one") == 1
    (row,) = [r for r in listed(site) if r.user_agent == firefox]
    answer = here.post(f"/account/sessions/{row.public_id}/end")
    assert (answer.status_code, is_in(there), is_in(here)) == (303, False, True)
    assert events(site)[-1] == "SessionEnded"


def sign_in_with(browser: Browser, site: Site) -> dict[str, str]:
    """Sign Bo in in a browser that was prepared, and return its cookies."""
    browser.post("/login", {"email": "bo@example.org"})
    browser.post(mailed_path(site))
    return dict(browser.client.cookies)


def listed(site: Site) -> list[SessionRow]:
    with site.database.reading() as session:
        found = session.query(SessionRow).order_by(SessionRow.id).all()
        session.expunge_all()
    return found


def test_all_other_places_are_ended_and_this_one_stays(site: Site) -> None:
    bo = person(site, "Bo")
    others = [sign_in(site, bo) for _ in range(2)]
    carla = sign_in(site, person(site, "Carla"))
    here = sign_in(site, bo)
    here.post("/account/sessions/end-others")
    assert "You are signed out in 2 other places." in text_of(here.get("/account/sessions").text)
    assert [is_in(b) for b in (here, carla, *others)] == [True, True, False, False]


def test_the_present_place_can_be_ended_from_the_list(site: Site) -> None:
    here = sign_in(site, person(site, "Bo"))
    copied = cookie(here)
    (row,) = listed(site)
    answer = here.post(f"/account/sessions/{row.public_id}/end")
    assert answer.headers["location"] == "/"
    assert not is_in(with_cookie(site, copied))


def test_a_foreign_place_is_not_found_and_stays(site: Site) -> None:
    """Bug class 2: the id of a child with somebody else's parent."""
    carla = sign_in(site, person(site, "Carla"))
    (row,) = listed(site)
    bo = sign_in(site, person(site, "Bo"))
    assert bo.post(f"/account/sessions/{row.public_id}/end").status_code == 404
    assert bo.post(f"/account/sessions/{row.id}/end").status_code == 404
    assert is_in(carla)


def test_ending_other_places_wants_a_fresh_sign_in(site: Site) -> None:
    bo = person(site, "Bo")
    other, here = sign_in(site, bo), sign_in(site, bo)
    age_sessions(site, timedelta(hours=1))
    row = listed(site)[0]
    for path in ("/account/sessions/end-others", f"/account/sessions/{row.public_id}/end"):
        answer = here.post(path)
        assert answer.headers["location"] == "/account/fresh?next=%2Faccount%2Fsessions"
    assert is_in(other)


def test_a_mailed_link_makes_the_sign_in_fresh_and_leads_back(site: Site) -> None:
    bo = person(site, "Bo")
    here = sign_in(site, bo)
    age_sessions(site, timedelta(hours=1))
    step = here.get("/account/address").headers["location"]
    answer = here.submit(step, "/account/fresh", {})
    assert answer.headers["location"] == "/login/sent"
    assert here.post(mailed_path(site)).headers["location"] == "/account/address"
    assert here.get("/account/address").status_code == 200
    assert sessions(site) == 1


def test_a_use_is_noted_and_puts_the_end_off(site: Site) -> None:
    browser = sign_in(site, person(site, "Bo"))
    age_sessions(site, timedelta(days=13))
    (before,) = listed(site)
    assert is_in(browser)
    (after,) = listed(site)
    assert real_now() - after.last_used_at < timedelta(minutes=1)
    assert after.ends_at - before.ends_at > timedelta(days=12)
    browser.get("/account")
    assert listed(site)[0].last_used_at == after.last_used_at


def test_a_session_that_was_not_used_for_fourteen_days_is_over(site: Site) -> None:
    browser = sign_in(site, person(site, "Bo"))
    age_sessions(site, timedelta(days=14))
    assert not is_in(browser)


def test_a_session_is_over_after_ninety_days_however_often_it_is_used(site: Site) -> None:
    browser = sign_in(site, person(site, "Bo"))
    for _ in range(8):
        age_sessions(site, timedelta(days=11))
        assert is_in(browser)
    age_sessions(site, timedelta(days=2))
    assert not is_in(browser)
