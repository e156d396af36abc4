"""Searches that are saved: found again by who saved them, and by nobody else."""

import xml.etree.ElementTree as ET
from html import unescape

import pytest

from govmatch.explore.views.saved import kept_part
from govmatch.following import personal, queries
from govmatch.following.rules import MOST_SEARCHES
from govmatch.kit.actor import Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from tests.site import Browser, Site, text_of
from tests.web.organisations.acting import world

PATH = "/account/searches"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def people(site: Site) -> tuple[Browser, Browser, int]:
    made = world(site)
    site.work()
    return site.as_(made.bo), site.as_(made.dieter), made.bo.id


def entries(feed: str) -> list[str]:
    """Return the titles in a feed, which is well formed."""
    parsed = ET.fromstring(feed)  # noqa: S314 - our own answer
    return [str(one.findtext(f"{ATOM}title")) for one in parsed.iter(f"{ATOM}entry")]


def save(browser: Browser, page: str, name: str) -> None:
    answer = browser.submit(page, PATH, {"name": name})
    assert (answer.status_code, answer.headers["location"]) == (303, PATH)


def test_a_search_is_saved_listed_and_leads_back(people: tuple[Browser, Browser, int]) -> None:
    bo, _, _ = people
    save(bo, "/search?q=nordlys&country=DK&sort=newest&page=2&lang=de", " Nordlys  in DK ")
    html = bo.get(PATH).text
    assert "Nordlys in DK" in text_of(html)
    assert 'href="/search?q=nordlys&amp;country=DK&amp;sort=newest"' in html
    assert 'href="/search.atom?q=nordlys&amp;country=DK&amp;sort=newest"' in html


def test_the_same_search_saved_twice_only_gets_another_name(
    people: tuple[Browser, Browser, int],
) -> None:
    bo, _, _ = people
    save(bo, "/search?q=nordlys", "First name")
    save(bo, "/search?q=nordlys", "Second name")
    said = text_of(bo.get(PATH).text)
    assert "Second name" in said
    assert "First name" not in said


def test_nobody_sees_or_deletes_what_somebody_else_saved(
    people: tuple[Browser, Browser, int],
) -> None:
    bo, dieter, _ = people
    save(bo, "/search?q=nordlys", "Only mine")
    assert "Only mine" not in dieter.get(PATH).text
    one = unescape(bo.get(PATH).text.split(f'action="{PATH}/')[1].split("/")[0])
    assert dieter.post(f"{PATH}/{one}/how", {"how": "daily"}).status_code == 404
    assert dieter.post(f"{PATH}/{one}/delete").status_code == 404
    assert "Only mine" in bo.get(PATH).text
    assert bo.post(f"{PATH}/{one}/delete").status_code == 303
    assert "Only mine" not in bo.get(PATH).text


def followed(browser: Browser) -> str:
    return text_of(browser.get("/account/following").text)


def test_how_often_news_of_it_come_by_mail_is_chosen_beside_it(
    people: tuple[Browser, Browser, int],
) -> None:
    bo, _, _ = people
    save(bo, "/search?q=nordlys", "Northern")
    one = unescape(bo.get(PATH).text.split(f'action="{PATH}/')[1].split("/")[0])
    for how, said in (("weekly", "Once a week, on Mondays"), ("daily", "Once a day")):
        assert bo.post(f"{PATH}/{one}/how", {"how": how}).status_code == 303
        assert f'value="{how}" selected' in bo.get(PATH).text
        line = followed(bo).partition("Search: Northern")[2]
        assert line.index(said) < line.index("End")
    assert bo.post(f"{PATH}/{one}/how", {"how": "hourly"}).status_code == 404
    assert bo.post(f"{PATH}/{one}/how", {"how": "never"}).status_code == 303
    assert "Search: Northern" not in followed(bo)


def test_no_news_come_of_a_search_that_is_deleted(people: tuple[Browser, Browser, int]) -> None:
    bo, _, _ = people
    save(bo, "/search?q=nordlys", "Northern")
    one = unescape(bo.get(PATH).text.split(f'action="{PATH}/')[1].split("/")[0])
    bo.post(f"{PATH}/{one}/how", {"how": "daily"})
    assert "Search: Northern" in followed(bo)
    bo.post(f"{PATH}/{one}/delete")
    assert "Search: Northern" not in followed(bo)


def test_there_is_room_for_fifty_and_then_it_is_said(people: tuple[Browser, Browser, int]) -> None:
    bo, _, _ = people
    for number in range(MOST_SEARCHES):
        assert bo.post(PATH, {"address": f"q=word{number}", "name": "x"}).status_code == 303
    refused = bo.post(PATH, {"address": "q=one+more", "name": "x"})
    assert refused.status_code == 403
    assert "You have saved 50 searches. Delete one first." in text_of(refused.text)


def test_visitors_are_offered_the_feed_and_not_the_saving(site: Site) -> None:
    html = site.visit().get("/search?q=nordlys").text
    assert 'href="/search.atom?q=nordlys"' in html
    assert PATH not in html
    assert site.visit().post(PATH, {"address": "q=x"}).status_code != 200


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("q=a&page=3&lang=de", "q=a"),
        ("sort=closing&country=DK&q=a&country=DE", "q=a&country=DK&country=DE&sort=closing"),
        ("q=%26x%3D1&evil=1", "q=%26x%3D1"),
        ("sort=newest", ""),
        ("", ""),
        ("//elsewhere.example", ""),
        ("&".join(f"q={n}" for n in range(200)), ""),
    ],
)
def test_only_what_says_what_is_looked_for_is_kept(address: str, kept: str) -> None:
    assert kept_part(address) == kept


def test_an_address_that_asks_for_nothing_is_not_saved(
    people: tuple[Browser, Browser, int],
) -> None:
    bo, _, _ = people
    assert bo.post(PATH, {"address": "sort=newest", "name": "x"}).status_code == 404


def test_saved_searches_are_exported_and_erased_with_the_person(
    site: Site, people: tuple[Browser, Browser, int]
) -> None:
    bo, _, number = people
    save(bo, "/search?q=nordlys", "For export")
    with site.database.writing() as session:
        exported = personal.export(session, number)["saved_searches"]
        assert "'name': 'For export', 'query': 'q=nordlys'" in str(exported)
        personal.erase(session, number, now=real_now())
        assert queries.saved(session, Actor(person_id=number)) == []
        commit(session)


def test_the_feed_is_the_same_for_everybody_and_names_public_things_alone(
    site: Site, people: tuple[Browser, Browser, int]
) -> None:
    _, dieter, _ = people
    assert "Hemmelig" in dieter.get("/search?q=kind:firm").text
    mine, theirs = dieter.get("/search.atom?q="), site.visit().get("/search.atom?q=")
    assert mine.headers["content-type"] == "application/atom+xml; charset=utf-8"
    titles = entries(mine.text)
    assert any("Nordlys" in str(title) for title in titles)
    assert not any("Hemmelig" in str(title) for title in titles)
    assert titles == entries(theirs.text)
