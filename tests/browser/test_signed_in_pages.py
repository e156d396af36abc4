"""One page of each kind that only somebody sees: narrow, light and dark, in their own language.

Nothing runs over the edge of a screen of 320 px, and the console stays silent. What has an address
that nobody can know is found by the links of the pages before it.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import LOOKS, NARROW, Look, Reader
from tests.browser.person import Person
from tests.browser.running import RunningSite

PERSONAS = {"astrid": "da", "bo": "da", "dieter": "de", "finn": "da", "jens": "de", "kim": "en"}

DRAFT = "/desk/challenges/hvordan-naar-en-advarsel-ud-til-dem-der-allerede-har-koebt"

# Per persona: addresses, or patterns of addresses that pages before them link to.
KINDS: dict[str, tuple[str, ...]] = {
    "astrid": (
        "/desk",
        "/desk?part=published",
        "/desk?part=finished",
        "/desk/challenges/new",
        r"/desk/challenges/(?!new)[^/?]+",
        r"/desk/challenges/[^/]+/people",
        f"{DRAFT}/edit",
        f"{DRAFT}/edit/topic",
        f"{DRAFT}/edit/problem",
        f"{DRAFT}/edit/criteria",
        f"{DRAFT}/edit/translations",
        f"{DRAFT}/versions",
        "/desk/events",
        "/desk/events/new",
        r"/desk/events/(?!new)[^/?]+",
        "/desk/events/kursus-maerkningsregler-for-udviklere",
        "/desk/events/kursus-maerkningsregler-for-udviklere/participants",
        "/desk/events/kursus-maerkningsregler-for-udviklere/participants/print",
    ),
    "bo": (
        "/applications?state=draft",
        r"/applications/[^/?]+",
        r"/applications/[^/]+/sections/solution",
        r"/applications/[^/]+/sections/price",
        r"/applications/[^/]+/sections/declarations",
        r"/applications/[^/]+/check",
        "/applications",
        "/applications?state=withdrawn",
        "/firm",
        r"/firm/[^/]+/members",
        r"/firm/[^/]+/edit/basics",
        r"/firm/[^/]+/edit/offer",
        r"/firm/[^/]+/edit/topics",
        r"/firm/[^/]+/edit/codes",
        r"/firm/[^/]+/edit/visibility",
        r"/firm/[^/]+/evidence/new",
        r"/firm/[^/]+/close",
        "/events",
        r"/events/[^/]+/place",
        "/events/two-days-with-open-data-on-businesses",
        "/events/werkstatt-bescheide-die-man-versteht",
    ),
    "dieter": (
        "/applications",
        "/challenges/trade-registration/apply",
        "/events/two-days-with-open-data-on-businesses/register",
    ),
    "finn": (
        "/account",
        "/account/details",
        "/account/address",
        "/account/sessions",
        "/account/fresh",
        "/second-factor/set-up",
        "/logout",
        "/firm",
        "/firm/new",
    ),
    "jens": ("/audit", r"/audit/challenges/[^/?]+"),
    "kim": (
        "/admin",
        "/admin/programmes",
        "/admin/programmes/new",
        "/admin/programmes/govtech",
        "/admin/authorities",
        "/admin/authorities/new",
        "/admin/authorities/sikkerhedsstyrelsen",
        "/admin/people",
        r"/admin/people/[^/?]+",
        "/admin/roles",
        "/admin/invitations",
        "/admin/invitations/new",
    ),
}


@pytest.fixture
def reader(browser: Browser, demonstration: RunningSite, who: str, look: Look) -> Iterator[Reader]:
    context = browser.new_context(
        locale=PERSONAS[who],
        color_scheme=look,
        viewport={"width": NARROW, "height": 640},
    )
    person = Person(context.new_page(), demonstration.base)
    person.go("/demo")
    person.press(f'form:has(input[value="{who}"]) button')
    yield Reader(person, PERSONAS[who])
    context.close()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("who", PERSONAS)
def test_every_kind_of_page_fits_a_narrow_screen_and_says_nothing_in_the_console(
    reader: Reader, who: str
) -> None:
    linked: set[str] = set()
    faults: list[str] = []
    for kind in KINDS[who]:
        path = find(kind, linked)
        answer = reader.page.goto(reader.person.base + path)
        assert answer is not None
        if answer.status != 200:
            faults.append(f"{path}: answers {answer.status}")
        faults += reader.faults_here(path)
        linked |= links(reader)
    assert faults == []
    assert reader.person.problems == []


@pytest.mark.parametrize("look", ["light"])
@pytest.mark.parametrize("who", ["kim"])
def test_a_form_that_was_refused_fits_too(reader: Reader) -> None:
    for path in ("/admin/programmes/new", "/admin/authorities/new", "/admin/invitations/new"):
        reader.person.go(path)
        reader.person.press("#main-form button[type=submit]")
        assert reader.page.locator("#error-summary li").count() > 0
        assert reader.faults_here(path) == []
    assert reader.person.problems == []


def find(kind: str, linked: set[str]) -> str:
    """Return the address itself, or the first linked one that fits the pattern."""
    if "[" not in kind:
        return kind
    found = sorted(path for path in linked if re.fullmatch(kind, path))
    assert found, f"no page links to {kind}"
    return found[0]


def links(reader: Reader) -> set[str]:
    found: list[str] = reader.page.locator("main a[href^='/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href').split('#')[0])"
    )
    return set(found)
