"""/firms: the directory as everybody sees it."""

import re

import pytest

from govmatch.organisations import actions
from govmatch.organisations.profile import Offer, Visibility
from tests.site import Browser, Site, text_of
from tests.unit.organisations import samples
from tests.web.organisations.acting import World, statements


def titles(browser: Browser, path: str) -> list[str]:
    """Return the firms that a page lists."""
    answer = browser.get(path)
    assert answer.status_code == 200
    cards = re.findall(r'<h3 class="gm-card__title"><a [^>]*>(.*?)</a>', answer.text)
    return [text_of(card) for card in cards]


def facets(html: str) -> dict[str, str]:
    """Return each facet's options as the page says them."""
    found = re.findall(r'<details class="gm-facet" id="facet-(\w+)".*?</details>', html, re.DOTALL)
    texts = re.findall(r'<details class="gm-facet".*?</details>', html, re.DOTALL)
    return dict(zip(found, map(text_of, texts), strict=True))


def test_a_listed_firm_stands_with_place_words_and_topics(world: World) -> None:
    answer = world.site.visit(lang="de").get("/firms")
    text = text_of(answer.text)
    assert "1 Unternehmen" in text
    assert "Aalborg, Dänemark" in text
    assert "Læser skilte på billeder" in text
    assert "Kontrollen, Sensorik" in text
    assert 'lang="da"' in answer.text


@pytest.mark.security(4)
def test_a_firm_that_is_not_listed_is_nowhere_on_the_page(world: World) -> None:
    for browser in (world.site.visit(), world.as_bo()):
        answer = browser.get("/firms")
        assert "1 firm" in text_of(answer.text)
        assert "Hemmelig" not in answer.text
        assert "zyzzyva" not in answer.text
        assert facets(answer.text) == {
            "theme": "Theme Theme Inspections Results: 1",
            "technology": "Technology Technology Sensors Results: 1",
            "country": "Country Country Denmark Results: 1",
            "size": "Size Size Small Results: 1",
            "language": "Language Language Danish Results: 1 English Results: 1",
        }
    for query in ("q=zyzzyva", "theme=invoicing", "country=DE", "q=hemmelig"):
        assert "Hemmelig" not in world.site.visit().get(f"/firms?{query}").text


def test_a_member_is_told_that_their_firm_is_not_listed(world: World) -> None:
    answer = world.as_dieter().get("/firms")
    assert "Hemmelig GmbH is not in the directory" in text_of(answer.text)
    assert f"/firm/{world.hemmelig.public_id}/edit/visibility" in answer.text
    assert "1 firm" in text_of(answer.text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme=inspections", True),
        ("theme[]=inspections&country=DK&size=small&language=da", True),
        ("theme=safety", False),
        ("country=DE", False),
        ("theme=made-up", True),
        ("country=XX&size=huge&colour=red", True),
        ("q=nordlys", True),
        ("q=LAESER", True),
        ("q=nobody", False),
        ("q=nordlys&q=nobody", False),
    ],
)
def test_words_and_filters_narrow_and_made_up_ones_are_left_out(
    world: World, query: str, found: bool
) -> None:
    expected = ["Nordlys Vision ApS"] if found else []
    assert titles(world.site.visit(), f"/firms?{query}") == expected


def test_chosen_filters_stand_as_chips_and_go_along_with_the_search(world: World) -> None:
    answer = world.site.visit().get("/firms?theme=inspections&q=nordlys&lang=da")
    assert '<input type="hidden" name="theme" value="inspections">' in answer.text
    assert re.search(r'class="gm-chip" href="/firms\?q=nordlys&amp;lang=da"', answer.text)
    assert re.search(r'class="gm-chip" href="/firms\?theme=inspections&amp;lang=da"', answer.text)


def test_nothing_found_says_the_next_step(world: World) -> None:
    text = text_of(world.site.visit().get("/firms?q=nobody").text)
    assert "No firm fits all of this" in text
    assert "Show all firms" in text


def test_an_empty_directory_invites_the_first_firm(site: Site) -> None:
    text = text_of(site.visit().get("/firms").text)
    assert "No firm is listed yet" in text
    assert "Enter your firm" in text


def test_the_fragment_is_a_part_of_the_page(world: World) -> None:
    browser = world.site.visit()
    whole = browser.get("/firms?theme=inspections").text
    part = browser.get("/firms?theme=inspections", **{"hx-request": "true"}).text
    assert part.strip() in whole
    assert "<html" not in part


def test_pages_follow_each_other_by_name(world: World) -> None:
    def add(session: samples.Session) -> None:
        for number in range(25):
            samples.add_firm(session, f"Firm {number:02}")

    world.change(add)
    browser = world.site.visit()
    first, second = titles(browser, "/firms"), titles(browser, "/firms?page=2")
    assert (len(first), len(second)) == (20, 6)
    assert first + second == [f"Firm {n:02}" for n in range(25)] + ["Nordlys Vision ApS"]
    assert titles(browser, "/firms?page=999999") == second
    assert titles(browser, "/firms?page=-1") == first


def test_one_and_fifty_firms_take_the_same_statements(world: World) -> None:
    browser = world.as_bo()
    browser.get("/firms")
    few = statements(world.site, browser, "/firms?theme=inspections")

    def add(session: samples.Session) -> None:
        for number in range(50):
            samples.add_firm(session, f"Firm {number}", themes=("inspections",))

    world.change(add)
    browser.get("/firms")
    assert len(titles(browser, "/firms?theme=inspections")) == 20
    assert statements(world.site, browser, "/firms?theme=inspections") == few


def test_a_visitor_sees_a_change_at_once_although_pages_are_kept(world: World) -> None:
    browser = world.site.visit()
    first = browser.get("/firms")
    assert browser.get("/firms", **{"if-none-match": first.headers["etag"]}).status_code == 304

    def save(session: samples.Session) -> None:
        firm = session.get_one(type(world.nordlys), world.nordlys.id)
        offer = Offer(summary="Something new")
        actions.save_profile(session, firm, offer, actor=samples.lead_of(firm), now=samples.NOW)

    world.change(save)
    assert "Something new" in browser.get("/firms").text

    def hide(session: samples.Session) -> None:
        firm = session.get_one(type(world.nordlys), world.nordlys.id)
        unlisted = Visibility(is_public=False)
        actions.save_profile(session, firm, unlisted, actor=samples.lead_of(firm), now=samples.NOW)

    world.change(hide)
    assert titles(browser, "/firms") == []


@pytest.mark.security(25)
@pytest.mark.parametrize(
    "query",
    ["q=*", "q=" + "(" * 3000, "q=%00%ff", "q=" + "x " * 1500, "page=%EF%BC%92", "theme=" * 150],
)
def test_hostile_addresses_are_answered(world: World, query: str) -> None:
    assert world.site.visit().get(f"/firms?{query}").status_code in {200, 404}


@pytest.mark.security(6)
def test_what_a_firm_says_is_text_and_nothing_else(world: World) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'

    def add(session: samples.Session) -> None:
        samples.add_firm(
            session, evil, summary=evil, products=evil, references=evil, city=evil, region=evil
        )

    world.change(add)
    browser = world.site.visit()
    (slug,) = set(re.findall(r'href="/firms/(scriptalert[^"?]*)"', browser.get("/firms").text))
    for path in ("/firms", f"/firms/{slug}", f"/firms?q={evil}"):
        html = browser.get(path).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_what_was_not_looked_for_is_marked_here_too(world: World) -> None:
    html = world.site.visit().get("/firms?q=nordlys+size:%3C3+country:DK").text
    assert '<q class="gm-typed">nordlys <mark>size:&lt;3</mark> country:DK</q>' in html
    assert "this field has names for values, not a range" in text_of(html)
    assert "Nordlys" in text_of(html)
