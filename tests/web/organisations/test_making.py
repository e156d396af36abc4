"""/firm and /firm/new: making the first firm, or finding the one that is here."""

from urllib.parse import quote

import pytest

from govmatch.accounts.models import Role
from tests.site import text_of
from tests.unit.organisations import samples
from tests.web.organisations.acting import World

NEW = {"name": "Sydlys ApS", "country": "DK", "registration": "CVR 00 01 00 14"}
ALIKE = {"name": "NORDLYS VISION A/S", "country": "SE"}


def newcomer(world: World) -> samples.Person:
    found: samples.Person = world.change(lambda session: samples.add_person(session, "Nina"))
    return found


def test_whoever_has_no_firm_is_told_both_ways(world: World) -> None:
    text = text_of(world.site.as_(newcomer(world)).get("/firm").text)
    assert "Your firm is not here yet" in text
    assert "Your firm is here already" in text


def test_visitors_are_sent_to_sign_in_and_come_back(world: World) -> None:
    for path in ("/firm", "/firm/new", world.path, f"{world.path}/members"):
        answer = world.site.visit().get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=%2Ffirm")
    assert world.site.visit().post("/firm/new", NEW).status_code == 403


def test_a_firm_is_made_and_its_maker_leads_it(world: World) -> None:
    nina = newcomer(world)
    browser = world.site.as_(nina)
    answer = browser.submit("/firm/new", "/firm/new", NEW)
    assert answer.status_code == 303
    page = text_of(browser.get(answer.headers["location"]).text)
    assert "Sydlys ApS is here, and you lead it." in page
    assert "Seen by members only" in page
    members = text_of(browser.get(f"{answer.headers['location']}/members").text)
    assert "Nina (you) Firm lead" in members
    assert "Sydlys" not in world.site.visit().get("/firms").text


def test_the_same_form_sent_twice_makes_one_firm(world: World) -> None:
    browser = world.site.as_(newcomer(world))
    fields = {**NEW, "form_key": "the-key"}
    first, second = browser.post("/firm/new", fields), browser.post("/firm/new", fields)
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert world.firms().count("Sydlys ApS") == 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(world: World) -> None:
    browser = world.site.as_(newcomer(world))
    answer = browser.submit("/firm/new", "/firm/new", {"name": "", "registration": "CVR 77"})
    assert answer.status_code == 422
    text = text_of(answer.text)
    assert "Name: Please fill in this field." in text
    assert "Country: Please choose one of the options." in text
    assert 'value="CVR 77"' in answer.text


def test_a_listed_firm_of_that_name_is_shown_before_another_is_made(world: World) -> None:
    browser = world.site.as_(newcomer(world))
    shown = browser.submit("/firm/new", "/firm/new", ALIKE)
    assert shown.status_code == 200
    text = text_of(shown.text)
    assert "Is this your firm?" in text
    assert "Nordlys Vision ApS , Aalborg, Denmark" in text
    assert 'href="/firms/nordlys-vision"' in shown.text
    refused = browser.post("/firm/new", {**ALIKE, "shown": "yes", "form_key": "k1"})
    assert refused.status_code == 422
    assert "Please confirm that none of these is your firm." in text_of(refused.text)
    assert "NORDLYS VISION A/S" not in world.firms()
    sure = {**ALIKE, "shown": "yes", "none_of_these": "yes", "form_key": "k2"}
    assert browser.post("/firm/new", sure).status_code == 303
    assert "NORDLYS VISION A/S" in world.firms()


@pytest.mark.security(4)
def test_a_firm_that_is_not_listed_is_not_given_away(world: World) -> None:
    browser = world.site.as_(newcomer(world))
    answer = browser.submit("/firm/new", "/firm/new", {"name": "Hemmelig GmbH", "country": "DE"})
    assert answer.status_code == 303
    page = browser.get(answer.headers["location"]).text
    assert "zyzzyva" not in page
    assert world.hemmelig.public_id not in page


@pytest.mark.security(10)
def test_fields_that_the_form_does_not_have_change_nothing(world: World) -> None:
    browser = world.site.as_(newcomer(world))
    answer = browser.submit(
        "/firm/new",
        "/firm/new",
        {
            **NEW,
            "id": "1",
            "public_id": "chosen",
            "slug": "chosen",
            "is_public": "1",
            "listed": "yes",
            "revision": "99",
            "role": "administrator",
            "person_id": "1",
        },
    )
    assert answer.status_code == 303
    with world.site.database.reading() as session:
        firm = session.query(samples.Firm).filter_by(name="Sydlys ApS").one()
        assert firm.slug == firm.public_id != "chosen"
        assert not firm.is_public
        assert firm.revision == 1
        roles = session.query(samples.RoleRow).filter_by(object_id=firm.id, object_kind="firm")
        assert [role.role for role in roles] == [Role.LEAD]


def test_the_language_switch_keeps_what_was_typed_and_makes_nothing(world: World) -> None:
    browser = world.site.as_(newcomer(world))
    answer = browser.submit("/firm/new", "/firm/new", {**NEW, "switch_lang": "da"})
    assert answer.status_code == 200
    assert 'lang="da"' in answer.text
    assert 'value="Sydlys ApS"' in answer.text
    assert "Opret virksomheden" in text_of(answer.text)
    assert "Sydlys ApS" not in world.firms()


@pytest.mark.security(33)
def test_the_sixth_firm_of_a_day_has_to_wait(world: World) -> None:
    browser = world.site.as_(newcomer(world))
    for number in range(5):
        fields = {"name": f"Firm {number}", "country": "DK"}
        assert browser.submit("/firm/new", "/firm/new", fields).status_code == 303
    answer = browser.submit("/firm/new", "/firm/new", NEW)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 3600
    assert "Sydlys ApS" in text_of(answer.text)


def test_whoever_came_for_a_firm_goes_on_to_where_they_were(world: World) -> None:
    browser = world.site.as_(newcomer(world))
    back = "/challenges/scanning/apply"
    assert f'href="/firm/new?next={quote(back, safe="")}"' in browser.get(f"/firm?next={back}").text
    asked = f"/firm/new?next={back}"
    assert browser.submit(asked, "/firm/new", {"name": ""}).status_code == 422
    assert browser.submit(asked, "/firm/new", NEW).headers["location"] == back


@pytest.mark.parametrize("away", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_led_to_another_site_after_making_a_firm(world: World, away: str) -> None:
    browser = world.site.as_(newcomer(world))
    assert 'href="/firm/new"' in browser.get(f"/firm?next={quote(away)}").text
    made = browser.post("/firm/new", {**NEW, "next": away, "form_key": "k"})
    assert made.headers["location"].startswith("/firm/")
