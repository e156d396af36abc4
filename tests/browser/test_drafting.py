"""What is typed into an application is never lost: not to others, nor cut off, nor signed out."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from tests.browser.running import RunningSite

FIELD = "#main-form textarea >> nth=0"
SAVED = re.compile("Draft saved")


def _saves(answer: Response) -> bool:
    asked = answer.request
    return asked.method == "POST" and asked.url.partition("?")[0].endswith("/sections/solution")


class Writer:
    """Somebody of the demonstration who writes in a section of their firm's draft, in English."""

    def __init__(self, site: RunningSite, browser: Browser, name: str) -> None:
        self.context: BrowserContext = browser.new_context(viewport={"width": 1000, "height": 800})
        self.base, self.name = site.base, name
        self.problems: list[str] = []
        self.page = self.new_page()
        self.sign_in()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        return page

    def sign_in(self) -> None:
        self.page.goto(f"{self.base}/demo?lang=en")
        with self.page.expect_navigation():
            self.page.locator(f'form:has(input[value="{self.name}"]) button').click()

    def open(self) -> None:
        self.page.goto(f"{self.base}/applications?state=draft&lang=en")
        address = self.page.locator('main a[href^="/applications/"]').first.get_attribute("href")
        start = (address or "").partition("?")[0]
        self.page.goto(f"{self.base}{start}/sections/solution?lang=en")

    @property
    def text(self) -> str:
        return self.page.locator(FIELD).input_value()

    def type(self, text: str) -> None:
        self.page.locator(FIELD).fill(text)

    def write(self, text: str) -> None:
        """Type, and wait until it is saved by itself."""
        with self.page.expect_response(_saves, timeout=15_000):
            self.type(text)
        self.is_saved()

    def is_saved(self) -> None:
        """Wait until the browser has nothing to keep any more."""
        self.page.wait_for_function("() => !Object.keys(localStorage).length", timeout=15_000)
        expect(self.page.locator("#saved")).to_have_text(SAVED)

    def kept(self) -> int:
        return int(self.page.evaluate("() => Object.keys(localStorage).length"))


@pytest.fixture
def bo(demonstration: RunningSite, browser: Browser) -> Iterator[Writer]:
    yield from _writer(demonstration, browser, "bo")


@pytest.fixture
def carla(demonstration: RunningSite, browser: Browser) -> Iterator[Writer]:
    yield from _writer(demonstration, browser, "carla")


def _writer(site: RunningSite, browser: Browser, name: str) -> Iterator[Writer]:
    writer = Writer(site, browser, name)
    writer.open()
    yield writer
    writer.context.close()
    assert writer.problems == []


def test_two_colleagues_see_each_other_and_both_texts_come_together(
    bo: Writer, carla: Writer
) -> None:
    bo.write("One.\n\nTwo.")
    carla.open()
    expect(carla.page.locator("#writing")).to_contain_text("is writing in this section too")
    carla.write("One.\n\nTwo of Carla.")
    bo.type("One of Bo.\n\nTwo.")
    expect(bo.page.locator("#saved")).to_contain_text("together with what Carla", timeout=15_000)
    assert bo.text == "One of Bo.\n\nTwo of Carla."
    bo.write(f"{bo.text}\n\nThree of Bo.")
    carla.open()
    assert carla.text == "One of Bo.\n\nTwo of Carla.\n\nThree of Bo."


def test_without_a_connection_the_browser_keeps_the_text_until_it_is_back(bo: Writer) -> None:
    bo.context.set_offline(True)
    bo.type("Typed in a tunnel.")
    state = bo.page.locator("#draft-state")
    expect(state).to_contain_text("Your text is kept in this browser.", timeout=15_000)
    assert bo.kept() == 1
    bo.context.set_offline(False)
    bo.is_saved()
    expect(state).to_be_hidden()
    bo.open()
    assert bo.text == "Typed in a tunnel."


def test_after_the_session_ended_the_text_is_offered_to_that_account_until_it_signs_out(
    bo: Writer, carla: Writer
) -> None:
    before = bo.text
    bo.context.clear_cookies()
    bo.type("Typed after the end.")
    expect(bo.page.locator("#draft-state")).to_contain_text("no longer signed in", timeout=15_000)
    expect(bo.page.locator("#draft-state a")).to_have_attribute("href", re.compile("^/login"))
    bo.page.close(run_before_unload=False)

    # Somebody else at the same browser is not offered it.
    theirs = [(one["name"], one["value"]) for one in carla.context.cookies()]
    bo.context.add_cookies([{"name": n, "value": v, "url": bo.base} for n, v in theirs])
    bo.page = bo.new_page()
    bo.open()
    assert (bo.text, bo.kept()) == (before, 1)
    expect(bo.page.locator("#draft-kept")).to_be_hidden()

    bo.context.clear_cookies()
    bo.sign_in()
    bo.open()
    expect(bo.page.locator("#draft-kept")).to_contain_text("Typed after the end.")
    assert bo.text == before
    bo.page.locator('[data-gm-kept="back"]').click()
    bo.is_saved()
    assert bo.text == "Typed after the end."


def test_what_is_kept_goes_after_seven_days_and_with_signing_out(bo: Writer) -> None:
    refused = "() => { window.fetch = () => Promise.reject(new Error('cut')); }"
    bo.page.evaluate(refused)
    bo.type("Left behind.")
    expect(bo.page.locator("#draft-state")).to_be_visible(timeout=15_000)
    bo.page.close(run_before_unload=False)
    bo.page = bo.new_page()
    bo.open()
    expect(bo.page.locator("#draft-kept")).to_be_visible()
    old = """() => { const [key] = Object.keys(localStorage);
        const kept = JSON.parse(localStorage.getItem(key));
        kept.at = Date.now() - DAYS * 24 * 3600 * 1000;
        localStorage.setItem(key, JSON.stringify(kept)); }"""
    bo.page.evaluate(old.replace("DAYS", "6.9"))
    bo.open()
    assert bo.kept() == 1
    bo.page.evaluate(old.replace("DAYS", "7.1"))
    bo.open()
    assert bo.kept() == 0
    expect(bo.page.locator("#draft-kept")).to_be_hidden()

    bo.page.evaluate(refused)
    bo.type("Left behind again.")
    expect(bo.page.locator("#draft-state")).to_be_visible(timeout=15_000)
    bo.page.close(run_before_unload=False)
    bo.page = bo.new_page()
    bo.page.goto(f"{bo.base}/logout")
    assert bo.kept() == 1
    with bo.page.expect_navigation():
        bo.page.locator("main form button").click()
    assert bo.kept() == 0


def test_the_button_leaves_nothing_in_the_browser(bo: Writer) -> None:
    bo.type("Sent by the button.")
    with bo.page.expect_navigation():
        bo.page.locator("#main-form button[type=submit]").first.click()
    assert bo.kept() == 0
    bo.open()
    assert bo.text == "Sent by the button."
