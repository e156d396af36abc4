"""A real browser reads what was poisoned, with scripts on: nothing runs and nothing is refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.security.house import House
from tests.security.poisoning import RUN, Poisoned
from tests.security.serving import Wire, served
from tests.site import Postbox

pytestmark = pytest.mark.security(6)

WATCH = "window.zxran = 0; window.zxrun = () => { window.zxran += 1; };"
PAGES = {
    "visitor": ["/", "/challenges", "/firms", "/search?q=zx", "/challenges/{challenge draft}"],
    "bo": [
        *("/applications/{application sent}", "/applications/{application sent}/check"),
        *("/firm/{firm nordlys-vision}", "/account", "/account/details"),
        *("/pilots/{pilot running}", "/pilots/{pilot running}/log"),
        "/pilots/{pilot running}/milestones/{milestone running 1}",
    ],
    "finn": ["/reviews", "/reviews/{review judged nordlys by finn}"],
    "orla": ["/letters/{letter proposed hidden}", "/applications/{application judged hidden}"],
    "astrid": ["/desk/challenges/{challenge draft}", "/desk/challenges/{challenge waiting}"],
    "eva": [
        *("/desk", "/desk/challenges/{challenge other}", "/triage", "/triage/board"),
        *("/triage/{application judged nordlys}", "/results/{challenge piloting}"),
        "/triage/{application judged nordlys}?show=notes",
        "/desk/challenges/{challenge judged}/reviewing/{application judged weser}",
        "/desk/challenges/{challenge drafted}/decision",
    ],
    "kim": ["/admin/people", "/admin/roles", "/admin/authorities/doors", "/demo"],
}


@pytest.fixture(scope="module")
def site(poisoned: tuple[House, Poisoned, Postbox]) -> Iterator[tuple[House, Wire]]:
    with served(poisoned[0]) as wire:
        yield poisoned[0], wire


def as_somebody(browser: Browser, house: House, wire: Wire, who: str) -> BrowserContext:
    context = browser.new_context(locale="en")
    name, _, value = house.cookie(who).partition("=")
    if name:
        context.add_cookies([{"name": name, "value": value, "url": wire.origin}])
    context.add_init_script(WATCH)
    return context


@pytest.mark.parametrize("who", PAGES)
def test_nothing_that_people_wrote_runs_in_a_browser(
    browser: Browser, site: tuple[House, Wire], who: str
) -> None:
    house, wire = site
    context = as_somebody(browser, house, wire, who)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    met = 0
    for path in PAGES[who]:
        answer = page.goto(wire.origin + filled(house, path))
        assert answer is not None and answer.status == 200, path
        assert page.evaluate("window.zxran") == 0, path
        met += RUN in page.content()
    context.close()
    assert said == [], "the browser refused something: it was not text"
    assert met > 0, "nothing was poisoned, so nothing was tried"


def filled(house: House, path: str) -> str:
    for name, value in house.ids.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def test_a_script_that_stood_in_a_page_would_be_seen(
    browser: Browser, site: tuple[House, Wire]
) -> None:
    """The counter counts, so that its nought means something."""
    context = as_somebody(browser, *site, "visitor")
    page = context.new_page()
    page.set_content(f"<p>x</p><script>{RUN}</script>")
    assert page.evaluate("window.zxran") == 1
    context.close()
