"""One page of each kind that anybody sees: narrow, light and dark, in each language, no scripts.

Nothing runs over the edge of a screen of 320 px, the console stays silent, and each page has one
first heading and names the language it is written in.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import LANGUAGES, LOOKS, NARROW, Kind, Look, Reader
from tests.browser.person import Person
from tests.browser.running import RunningSite

KINDS = (
    Kind("home", "/"),
    Kind("list", "/challenges"),
    Kind("list with filters", "/challenges?phase=open&sort=budget"),
    Kind("list without results", "/challenges?phase=decided&deadline=7"),
    Kind("open challenge", "/challenges/data-ethics"),
    Kind("announced challenge", "/challenges/usage-data"),
    Kind("closed challenge", "/challenges/safety-and-inspections"),
    Kind("decided challenge", "/challenges/invoicing"),
    Kind("start of an application", "/challenges/data-ethics/apply"),
    Kind("search", "/search"),
    Kind("search with results", "/search?q=data"),
    Kind("search without results", "/search?q=zzzqqqxxx"),
    Kind("search for a long word", f"/search?q={'x' * 200}"),
    Kind("search for markup", "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%22%20OR%20(*"),
    Kind("firms", "/firms"),
    Kind("authority", "/authorities/sikkerhedsstyrelsen"),
    Kind("programme", "/programmes/govtech"),
    Kind("events, where there are none", "/events"),
    Kind("link to an event that is over", "/events/nothing/confirm/nobody-made", status=410),
    Kind("events of a challenge", "/challenges/scanning-technology/events"),
    Kind("text", "/pages/how-it-works"),
    Kind("text with tables and addresses", "/pages/open-data"),
    Kind("legal notice", "/pages/imprint"),
    Kind("signing in", "/login"),
    Kind("link on its way", "/login/sent"),
    Kind("link that is over", "/login/nobody-made-this", status=410),
    Kind("registering", "/register"),
    Kind("invitation that is over", "/invitations/nobody-made-this", status=410),
    Kind("demonstration", "/demo"),
    Kind("page of no such thing", "/challenges/no-such-thing", status=404),
    Kind("address of nothing", "/nothing-is-here", status=404),
    Kind("page that needs a person", "/desk"),
)


@pytest.fixture
def reader(
    browser: Browser, running: RunningSite, lang: str, look: Look, scripts: bool
) -> Iterator[Reader]:
    context = browser.new_context(
        locale=lang,
        color_scheme=look,
        java_script_enabled=scripts,
        viewport={"width": NARROW, "height": 640},
    )
    yield Reader(Person(context.new_page(), running.base), lang)
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_page_fits_a_narrow_screen_and_says_nothing_in_the_console(
    reader: Reader,
) -> None:
    faults = [fault for kind in KINDS for fault in reader.faults(kind)]
    assert faults == []
    assert reader.person.problems == []


@pytest.mark.parametrize("scripts", [False], ids=["without scripts"])
@pytest.mark.parametrize("look", ["light"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_scripts_a_reader_filters_searches_and_changes_the_language(
    reader: Reader, lang: str
) -> None:
    page = reader.page
    page.goto(reader.person.base + "/challenges")
    page.locator("#filters > summary").click()
    page.locator('label[for="facet-phase-1"]').click()
    page.locator(".gm-filters button[type=submit]").click()
    expect(page).to_have_url(re.compile("phase"))
    expect(page.locator(".gm-results h3")).to_have_count(1)
    other = next(one for one in LANGUAGES if one != lang)
    page.locator(f".gm-langs a[lang={other}]").click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page).to_have_url(re.compile("phase"))
    expect(page.locator(".gm-results h3")).to_have_count(1)
    page.goto(reader.person.base + "/search")
    page.fill("#main-search", "data")
    page.press("#main-search", "Enter")
    expect(page.locator(".gm-hits h3").first).to_be_visible()
