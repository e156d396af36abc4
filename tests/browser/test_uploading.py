"""Files on their way in a browser: progress, a button to stop, limits said before they go."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.person import Person
from tests.browser.running import RunningSite
from tests.unit.files import samples

SLOW = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 300_000}
WORDS = "[data-gm-upload-words]"
FILE = "#main-form input[type=file]"
SEND = "#main-form .gm-actions .kern-btn--primary"


@pytest.fixture
def bo(browser: Browser, demonstration: RunningSite) -> Iterator[Person]:
    """Bo, in the section of an application that asks for a file."""
    yield from asked_for_a_file(browser, demonstration, has_scripts=True)


@pytest.fixture
def plain_bo(browser: Browser, demonstration: RunningSite) -> Iterator[Person]:
    """Bo, at the same place, in a browser without scripts."""
    yield from asked_for_a_file(browser, demonstration, has_scripts=False)


def asked_for_a_file(
    browser: Browser, demonstration: RunningSite, *, has_scripts: bool
) -> Iterator[Person]:
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, java_script_enabled=has_scripts
    )
    person = Person(context.new_page(), demonstration.base)
    person.go("/demo?lang=en")
    person.press('form:has(input[value="bo"]) button')
    person.go("/applications?lang=en")
    page = person.page
    for address in addresses(page, r"/applications/\w+"):
        person.go(address)
        for section in addresses(page, r"/applications/\w+/sections/challenge"):
            person.go(section)
            if page.locator(FILE).count():
                yield person
                context.close()
                return
    raise AssertionError("no application of the demonstration asks for a file")


def addresses(page: Page, pattern: str) -> list[str]:
    found = page.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href') || '')")
    return list(dict.fromkeys(one for one in found if re.fullmatch(pattern + r"(\?.*)?", one)))


def paper(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_shows_how_far_it_is_can_be_stopped_and_arrives(bo: Person, tmp_path: Path) -> None:
    page = bo.page
    noise = b"4 0 obj << /Length 1500000 >> stream\n" + b"\x91" * 1_500_000 + b"\nendstream endobj"
    large = paper(tmp_path, "large.pdf", samples.pdf(noise))
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    page.locator(FILE).first.set_input_files(large)
    page.locator(SEND).last.click()
    expect(page.locator(WORDS).first).to_have_text(re.compile(r"Sending: [1-9]\d? %"))
    expect(page.locator("#main-form progress").first).to_be_visible()
    page.locator("#main-form [data-gm-upload] button").first.click()
    expect(page.locator(WORDS).first).to_have_text("Stopped. Nothing was sent.")
    network.send("Network.emulateNetworkConditions", SLOW | {"uploadThroughput": -1})
    address = page.url
    with page.expect_navigation():
        page.locator(SEND).last.click()
    assert page.url != address
    bo.go(address)
    expect(page.locator(".gm-file").first).to_contain_text("large.pdf")
    assert bo.problems == []


def test_without_scripts_a_file_is_sent_by_the_form_alone(plain_bo: Person, tmp_path: Path) -> None:
    page, address = plain_bo.page, plain_bo.page.url
    page.locator(FILE).first.set_input_files(paper(tmp_path, "plain.pdf", samples.pdf()))
    expect(page.locator(WORDS).first).to_be_hidden()
    plain_bo.press(SEND)
    assert page.url != address
    plain_bo.go(address)
    sent = page.locator(".gm-file").filter(has_text="plain.pdf")
    expect(sent).to_be_visible()
    locked = samples.pdf(b"7 0 obj << /Encrypt 6 0 R >> endobj")
    page.locator(FILE).first.set_input_files(paper(tmp_path, "locked.pdf", locked))
    plain_bo.press(SEND)
    expect(page.locator(".gm-errors")).to_contain_text("protected with a password")


def test_what_is_too_large_is_said_at_once_and_not_sent(bo: Person, tmp_path: Path) -> None:
    page, sent = bo.page, []
    page.locator(FILE).first.set_input_files(paper(tmp_path, "huge.pdf", bytes(10_500_000)))
    expect(page.locator(WORDS).first).to_have_text(
        "huge.pdf is too large. At most 10 MB are possible."
    )
    page.on("request", lambda request: sent.append(request.method))
    page.locator(SEND).last.click()
    expect(page.locator(FILE).first).to_be_focused()
    assert "POST" not in sent


def test_what_is_refused_comes_back_as_a_page_with_the_reason(bo: Person, tmp_path: Path) -> None:
    page = bo.page
    locked = samples.pdf(b"7 0 obj << /Encrypt 6 0 R >> endobj")
    page.locator(FILE).first.set_input_files(paper(tmp_path, "locked.pdf", locked))
    page.locator(SEND).last.click()
    errors = page.locator(".gm-errors")
    expect(errors).to_contain_text("protected with a password")
    expect(errors).to_be_focused()
    # The page that came is a whole one: its scripts run, and the next file goes the same way.
    page.locator(FILE).first.set_input_files(paper(tmp_path, "huge.pdf", bytes(10_500_000)))
    expect(page.locator(WORDS).first).to_contain_text("is too large")
    assert bo.problems == []
