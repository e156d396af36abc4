"""A visitor finds a challenge as people look for things: by the part of a compound or the whole of
one, with a slip of the keyboard, by an abbreviation, and by a word of another language.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from govmatch.settings import shipped
from tests.browser.person import Person
from tests.browser.running import RunningSite

READY_WITHIN = 60  # seconds until the index holds what the site began with


@dataclass(frozen=True)
class Sought:
    """What is typed, what the site proposes for it, and the challenge that is to be found."""

    lang: str
    typed: str
    challenge: str
    meant: str = ""


COMPOUNDS = [
    Sought("de", "Rechnungsstellung", "invoicing"),
    Sought("de", "Eingangsrechnung", "invoicing"),
    Sought("de", "Prüfungsprotokolle", "safety-and-inspections"),
    Sought("da", "tilsynsrapporter", "safety-and-inspections"),
    Sought("da", "dataetik", "data-ethics"),
    Sought("en", "e-invoice", "invoicing"),
]
# Some slips are near enough to be found as they are, for others a word is proposed.
SLIPS = [
    Sought("de", "Rechnungn", "invoicing"),
    Sought("de", "Sicherheitsprüfng", "safety-and-inspections"),
    Sought("da", "dataetk", "data-ethics", meant="dataetik"),
    Sought("en", "ethcs", "data-ethics", meant="ethics"),
]
ABBREVIATIONS = [
    Sought("de", "KI", "safety-and-inspections"),
    Sought("da", "AI", "safety-and-inspections"),
    Sought("en", "AI", "safety-and-inspections"),
]
OTHER_LANGUAGES = [
    Sought("de", "fakturering", "invoicing"),
    Sought("de", "data ethics", "data-ethics"),
    Sought("da", "Rechnung", "invoicing"),
    Sought("da", "inspection", "safety-and-inspections"),
    Sought("en", "faktura", "invoicing"),
    Sought("en", "Rechnung", "invoicing"),
]
ALL = [*COMPOUNDS, *SLIPS, *ABBREVIATIONS, *OTHER_LANGUAGES]


@pytest.fixture(scope="module")
def base(running: RunningSite) -> str:
    end = time.monotonic() + READY_WITHIN
    while "/challenges/data-ethics" not in running.get("/search?q=data+ethics&lang=en").text:
        assert time.monotonic() < end, "nothing is found"
        time.sleep(0.2)
    return running.base


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    chosen: bool = request.param
    return chosen


@pytest.fixture
def person(browser: Browser, base: str, sought: Sought, scripts: bool) -> Iterator[Person]:
    context = browser.new_context(
        locale=sought.lang,
        java_script_enabled=scripts,
        viewport={"width": 1000, "height": 900},
    )
    made = Person(context.new_page(), base)
    yield made
    assert made.problems == []
    context.close()


def find(person: Person, sought: Sought) -> None:
    """Type into the box and send it; take what is proposed, if it is to be."""
    page = person.page
    person.go("/search")
    expect(page.locator("html")).to_have_attribute("lang", sought.lang)
    page.locator("#main-search").fill(sought.typed)
    page.locator("#main-search").press("Enter")
    expect(page.locator("[data-gm-announce]")).to_be_visible()
    if sought.meant:
        proposed = page.locator(".gm-meant a")
        expect(proposed).to_have_text(re.compile(f"^{sought.meant}$", re.IGNORECASE))
        proposed.click()
        expect(page.locator("#main-search")).to_have_value(
            re.compile(f"^{sought.meant}$", re.IGNORECASE)
        )


@pytest.mark.parametrize("sought", ALL, ids=lambda one: f"{one.lang} {one.typed!a}")
def test_a_visitor_finds_a_challenge(person: Person, sought: Sought) -> None:
    find(person, sought)
    page = person.page
    found = page.locator(f'.gm-hits h3 a[href*="/challenges/{sought.challenge}"]').first
    expect(found).to_be_visible()
    among = page.locator(".gm-hits h3 a").evaluate_all("all => all.map(one => one.href)")
    among = [href for href in among if not _is_a_copy(href)]
    places = [n for n, href in enumerate(among) if f"/challenges/{sought.challenge}" in href]
    assert places[0] < 10, among
    found.click()
    expect(page.locator("h1")).to_be_visible()
    assert f"/challenges/{sought.challenge}" in page.url
    expect(page.locator("html")).to_have_attribute("lang", sought.lang)


def _is_a_copy(href: str) -> bool:
    """True for a challenge that another test of this site has written after a shipped one."""
    slug = href.partition("/challenges/")[2].partition("?")[0]
    return bool(slug) and not (shipped("content") / "challenges" / f"{slug}.de.md").exists()


@pytest.mark.parametrize(
    "sought", [Sought("de", "zzqqxx", ""), Sought("da", "zzqqxx", ""), Sought("en", "zzqqxx", "")]
)
def test_what_is_nowhere_leads_to_all_challenges(person: Person, sought: Sought) -> None:
    find(person, sought)
    page = person.page
    expect(page.locator(".gm-hits")).to_have_count(0)
    page.locator(".gm-empty a.kern-btn").click()
    expect(page).to_have_url(re.compile("/challenges"))
