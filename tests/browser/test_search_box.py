"""The search box proposes while somebody types, for eyes, ears and the keyboard alone."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.person import Person
from tests.browser.running import RunningSite

READY_WITHIN = 30  # seconds until the index holds what the site began with


@pytest.fixture(scope="module")
def base(running: RunningSite) -> str:
    end = time.monotonic() + READY_WITHIN
    while '"Challenges"' not in running.get("/suggest?q=data&lang=en").text:
        assert time.monotonic() < end, "nothing is found"
        time.sleep(0.2)
    return running.base


@pytest.fixture
def person(browser: Browser, base: str) -> Iterator[Person]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1000, "height": 800})
    made = Person(context.new_page(), base)
    yield made
    assert made.problems == []
    context.close()


def type_into(page: Page, text: str) -> None:
    box = page.locator("#main-search")
    box.focus()
    expect(box).to_have_role("combobox")
    box.press_sequentially(text, delay=20)
    expect(page.locator("[role=listbox]")).to_be_visible()
    page.wait_for_load_state("networkidle")  # the answer to the last letter is shown


def test_arrows_choose_and_enter_leads_there(person: Person) -> None:
    page = person.page
    person.go("/search")
    box = page.locator("#main-search")
    type_into(page, "data")
    expect(box).to_have_attribute("aria-expanded", "true")
    listed = page.locator(f"#{box.get_attribute('aria-controls')}")
    expect(listed.get_by_role("group", name="Challenges")).to_be_visible()
    expect(listed.get_by_role("group", name="Themes")).to_be_visible()
    expect(page.locator("#gm-status")).to_have_text(re.compile(r"^\d+ suggestions$"))
    options = listed.get_by_role("option")
    chosen = listed.locator("[aria-selected=true]")
    expect(chosen).to_have_count(0)
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("End", -1), ("Home", 0)):
        box.press(key)
        there = options.nth(place)
        expect(there).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", str(there.get_attribute("id")))
    box.press("ArrowUp")
    expect(chosen).to_have_count(0)
    expect(box).to_be_focused()
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Home")
    title = options.first.inner_text()
    box.press("Enter")
    expect(page).to_have_url(re.compile("/challenges/"))
    expect(page.locator("h1")).to_contain_text(title)


def test_escape_closes_and_enter_then_searches_for_what_was_typed(person: Person) -> None:
    page = person.page
    person.go("/search")
    box = page.locator("#main-search")
    type_into(page, "data")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    expect(box).to_have_value("data")
    box.press("ArrowDown")
    expect(page.locator("[role=listbox]")).to_be_visible()
    box.press("Escape")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=data$"))


def test_a_field_and_its_value_are_completed_and_searched(person: Person) -> None:
    page = person.page
    person.go("/search")
    box = page.locator("#main-search")
    type_into(page, "data th")
    page.get_by_role("option", name="theme:", exact=True).click()
    expect(box).to_have_value("data theme:")
    page.get_by_role("option", name=re.compile("Data ethics")).click()
    expect(box).to_have_value('data theme:"Data ethics"')
    box.press("Enter")
    expect(page.locator(".gm-hits h3").first).to_be_visible()
    expect(page.locator(".gm-ignored")).to_have_count(0)


def test_the_box_in_the_head_of_every_page_proposes_too(person: Person) -> None:
    page = person.page
    person.go("/firms")
    box = page.locator("#site-search")
    box.focus()
    expect(box).to_have_role("combobox")
    box.press_sequentially("data", delay=20)
    page.get_by_role("option").first.click()
    expect(page).not_to_have_url(re.compile("/firms$"))


def test_only_the_last_question_is_answered(person: Person) -> None:
    page = person.page
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/suggest" in one.url else None)
    person.go("/search")
    type_into(page, "data ethics")
    page.wait_for_timeout(400)
    assert len(asked) <= 3, asked
    assert asked[-1].endswith("q=data+ethics")


def test_the_list_leaves_when_attention_does(person: Person) -> None:
    page = person.page
    person.go("/search")
    type_into(page, "data")
    page.locator("#main-search").press("Tab")
    expect(page.locator("[role=listbox]")).to_be_hidden()
