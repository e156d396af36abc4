"""/firms/{slug}/join, and its answer among the members: asked by anybody, decided by the lead."""

import pytest

from govmatch.accounts.models import Person
from govmatch.organisations.models import Firm, JoinRequest
from tests.site import Browser, text_of
from tests.unit.organisations import samples
from tests.web.organisations.acting import World

JOIN = "/firms/nordlys-vision/join"


def newcomer(world: World, name: str = "Anna", email: str = "") -> Person:
    def add(session: samples.Session) -> Person:
        person = samples.add_person(session, name)
        person.email = email or person.email
        return person

    made: Person = world.change(add)
    return made


def ask(world: World, who: Person, **fields: str) -> Browser:
    browser = world.site.as_(who, lang="en")
    assert browser.submit(JOIN, JOIN, fields).status_code == 303
    return browser


def requests(world: World) -> list[JoinRequest]:
    with world.site.database.reading() as session:
        found = session.query(JoinRequest).order_by(JoinRequest.id).all()
        session.expunge_all()
    return found


def letters(world: World, subject: str) -> list[str]:
    world.site.work()
    return [one.to for one in world.site.postbox.letters if subject in one.subject]


def test_the_lead_reads_who_asks_and_takes_them_in_with_a_role(world: World) -> None:
    anna = newcomer(world)
    browser = ask(world, anna, note="Sales, since May")
    assert letters(world, "Anna asks to join Nordlys Vision ApS") == [world.bo.email]
    page = world.as_bo().get(f"{world.path}/members").text
    assert f"{anna.email} · asked on" in text_of(page)
    assert "Sales, since May" in text_of(page)
    assert browser.get(world.path).status_code == 404
    [request] = requests(world)
    answer = world.as_bo().submit(
        f"{world.path}/members",
        f"{world.path}/requests/{request.public_id}",
        {"act": "accept", "role": "reader"},
    )
    assert answer.status_code == 303
    assert browser.get(world.path).status_code == 200
    assert browser.get(f"{world.path}/edit/offer").status_code == 403
    assert letters(world, "You have a new role").count(anna.email) == 1


def test_who_is_declined_reads_so_and_what_else_they_can_do(world: World) -> None:
    anna = newcomer(world)
    browser = ask(world, anna)
    [request] = requests(world)
    path = f"{world.path}/requests/{request.public_id}"
    answer = world.as_bo().submit(f"{world.path}/members", path, {"act": "decline"})
    assert answer.status_code == 303
    assert letters(world, "was declined") == [anna.email]
    again = browser.submit(JOIN, JOIN, {})
    assert again.status_code == 403
    assert "You can ask it again after 30 days." in text_of(again.text)


def test_a_request_is_shown_to_who_asked_and_taken_back(world: World) -> None:
    browser = ask(world, newcomer(world))
    assert "has not answered yet" in text_of(browser.get(JOIN).text)
    assert "Nordlys Vision ApS" in text_of(browser.get("/firm").text)
    assert browser.post(f"{JOIN}/take-back").status_code == 303
    assert "has not answered yet" not in text_of(browser.get(JOIN).text)
    assert browser.post(f"{JOIN}/take-back").status_code == 404
    assert "asks to join" not in text_of(world.as_bo().get(f"{world.path}/members").text)


def test_the_profile_and_the_page_of_a_new_firm_lead_there(world: World) -> None:
    browser = world.site.as_(newcomer(world), lang="en")
    assert f'href="{JOIN}"' in browser.get("/firms/nordlys-vision").text
    alike = {"name": "Nordlys Vision", "country": "DK"}
    assert f'href="{JOIN}"' in browser.submit("/firm/new", "/firm/new", alike).text
    assert JOIN not in world.site.visit().get("/firms/nordlys-vision").text
    assert JOIN not in world.as_carla().get("/firms/nordlys-vision").text


def hide_domain(world: World, address: str) -> Firm:
    """Let Dieter, who leads a firm that is not listed, have this address."""
    world.change(lambda s: setattr(s.get_one(Person, world.dieter.id), "email", address))
    return world.hemmelig


def test_a_firm_that_is_not_listed_is_suggested_without_its_name(world: World) -> None:
    firm = hide_domain(world, "dieter@harbour.example")
    browser = world.site.as_(newcomer(world, email="anna@harbour.example"), lang="en")
    page = browser.get("/firm").text
    assert "a firm of colleagues with addresses at harbour.example" in text_of(page)
    path = f"/firms/{firm.slug}/join"
    assert path in page
    assert browser.submit(path, path, {}).status_code == 303
    for said in (browser.get("/firm").text, browser.get(path).text):
        assert "Hemmelig" not in said
    assert letters(world, "asks to join Hemmelig GmbH") == ["dieter@harbour.example"]
    [request] = requests(world)
    world.as_dieter().submit(
        f"/firm/{firm.public_id}/members",
        f"/firm/{firm.public_id}/requests/{request.public_id}",
        {"act": "decline"},
    )
    world.site.work()
    assert all(
        "Hemmelig" not in one.subject + one.body
        for one in world.site.postbox.letters
        if one.to == "anna@harbour.example"
    )


@pytest.mark.security(2)
def test_a_firm_that_is_not_listed_is_not_there_for_others(world: World) -> None:
    firm = hide_domain(world, "dieter@harbour.example")
    path = f"/firms/{firm.slug}/join"
    for email in ("anna@elsewhere.example", "anna@gmail.com"):
        browser = world.site.as_(newcomer(world, email=email), lang="en")
        assert browser.get(path).status_code == 404
        assert browser.post(path, {}).status_code == 404
        assert "harbour.example" not in browser.get("/firm").text
    assert requests(world) == []


@pytest.mark.security(3)
def test_nobody_but_the_lead_sees_or_answers_a_request(world: World) -> None:
    anna = newcomer(world)
    browser = ask(world, anna, note="zyzzyva")
    [request] = requests(world)
    path = f"{world.path}/requests/{request.public_id}"
    fields = {"act": "accept", "role": "lead"}
    assert "zyzzyva" not in world.as_carla().get(f"{world.path}/members").text
    assert world.as_carla().post(path, fields).status_code == 403
    for other in (world.as_dieter(), browser):
        assert other.post(path, fields).status_code == 404
    theirs = f"/firm/{world.hemmelig.public_id}/requests/{request.public_id}"
    assert world.as_dieter().post(theirs, fields).status_code == 404
    assert [one.state for one in requests(world)] == ["asked"]


def test_a_role_that_is_none_of_a_firm_is_refused(world: World) -> None:
    browser = ask(world, newcomer(world))
    [request] = requests(world)
    path = f"{world.path}/requests/{request.public_id}"
    fields = {"act": "accept", "role": "administrator"}
    assert world.as_bo().post(path, fields).status_code == 403
    assert browser.get(world.path).status_code == 404


def test_the_language_switch_keeps_the_note_and_sends_nothing(world: World) -> None:
    browser = world.site.as_(newcomer(world), lang="en")
    answer = browser.submit(JOIN, JOIN, {"note": "Since May", "switch_lang": "de"})
    assert (answer.status_code, "Since May" in answer.text) == (200, True)
    assert requests(world) == []
    answer = browser.submit(JOIN, JOIN, {"note": "x" * 301})
    assert (answer.status_code, requests(world)) == (422, [])
