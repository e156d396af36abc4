"""Buttons and keys write Markdown into a text field, and what they write can be undone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from govmatch.kit.i18n import Lang
from govmatch.settings import shipped
from govmatch.web.fields import filled
from tests.writing import show

STATIC = shipped("static")
SHEETS = ("vendor/kern/kern.min.css", "css/govmatch.css", "css/parts.css", "css/writing.css")


def write(page: Page, text: str, lang: Lang = "en") -> Page:
    """Show a page with one field that holds `text`; `|` are the ends of its selection."""
    before, *more = text.split("|")
    html = show("field", lang, form=filled({"goal": text.replace("|", "")}), max_chars=None)
    page.set_content(f'<html lang="{lang}"><title>x</title><main>{html}</main></html>')
    for sheet in SHEETS:
        page.add_style_tag(path=STATIC / sheet)
    page.add_script_tag(path=STATIC / "js" / "markdown-toolbar.js")
    ends = [len(before), len(before) + len(more[0] if len(more) > 1 else "")]
    field = page.locator("textarea")
    field.focus()
    field.evaluate("(e, [from, to]) => e.setSelectionRange(from, to)", ends)
    return page


def written(page: Page) -> str:
    """Return the field's text with `|` at the ends of the selection."""
    return str(
        page.locator("textarea").evaluate(
            "e => { const [a, b] = [e.selectionStart, e.selectionEnd], v = e.value;"
            " return a === b ? v.slice(0, a) + '|' + v.slice(a)"
            " : v.slice(0, a) + '|' + v.slice(a, b) + '|' + v.slice(b); }"
        )
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    problems: list[str] = []
    made = context.new_page()
    made.on("pageerror", lambda error: problems.append(str(error)))
    yield made
    assert problems == []
    context.close()


@pytest.mark.parametrize(
    ("button", "before", "after"),
    [
        ("Bold", "a |word| b", "a **|word|** b"),
        ("Bold", "a **|word|** b", "a |word| b"),
        ("Bold", "a |**word**| b", "a |word| b"),
        ("Bold", "a |word |b", "a **|word|** b"),
        ("Bold", "a | b", "a **|** b"),
        ("Bold", "a *|word|* b", "a ***|word|*** b"),
        ("Italic", "a |word| b", "a *|word|* b"),
        ("Italic", "a **|word|** b", "a ***|word|*** b"),
        ("Italic", "a *|word|* b", "a |word| b"),
        ("Heading", "Go|al", "## Go|al"),
        ("Heading", "## Go|al", "Go|al"),
        ("Heading", "- Go|al", "## Go|al"),
        ("List", "|one\ntwo|", "|- one\n- two|"),
        ("List", "|- one\n- two|", "|one\ntwo|"),
        ("List", "|one\n\ntwo|", "|- one\n\n- two|"),
        ("List", "Text\non|e", "Text\n\n- on|e"),
        ("List", "- one\ntw|o", "- one\n- tw|o"),
        ("List", "|", "- |"),
        ("Numbered list", "|one\n- two\nthree|", "|1. one\n2. two\n3. three|"),
        ("Link", "see |this|", "see [this](|https://|)"),
        ("Link", "|https://example.org|", "[|Words of the link|](https://example.org)"),
        ("Link", "|", "[|Words of the link|](https://)"),
        ("Table", "Te|xt", "Text\n\n| |Column 1| | Column 2 |\n| --- | --- |\n|  |  |\n|  |  |\n"),
    ],
)
def test_a_button_writes_and_ctrl_z_takes_it_back(
    page: Page, button: str, before: str, after: str
) -> None:
    write(page, before)
    page.get_by_role("button", name=button, exact=True).click()
    assert written(page) == after
    field = page.locator("textarea")
    expect(field).to_be_focused()
    page.keyboard.press("Control+z")
    expect(field).to_have_value(before.replace("|", ""))


@pytest.mark.parametrize(
    ("keys", "before", "after"),
    [
        ("Control+b", "a |word|", "a **|word|**"),
        ("Control+i", "a |word|", "a *|word|*"),
        ("Control+k", "a |word|", "a [word](|https://|)"),
        ("Enter", "- one|", "- one\n- |"),
        ("Enter", "9. one|", "9. one\n10. |"),
        ("Enter", "- one\n- |", "- one\n|"),
        ("Enter", "one|", "one\n|"),
        ("Shift+Enter", "- one|", "- one\n|"),
    ],
)
def test_a_key_writes(page: Page, keys: str, before: str, after: str) -> None:
    write(page, before)
    page.keyboard.press(keys)
    assert written(page) == after


def test_one_stop_of_the_tab_key_and_arrows_from_button_to_button(page: Page) -> None:
    write(page, "a |word|")
    page.keyboard.press("Shift+Tab")
    buttons = page.get_by_role("toolbar", name="Formatting: Goal").get_by_role("button")
    places = [("", 0), ("ArrowRight", 1), ("End", 6), ("ArrowRight", 0), ("ArrowLeft", 6)]
    for key, place in [*places, ("Home", 0), ("ArrowRight", 1)]:
        if key:
            page.keyboard.press(key)
        expect(buttons.nth(place)).to_be_focused()
    assert [b.get_attribute("tabindex") for b in buttons.all()] == ["-1", "0", *["-1"] * 5]
    page.keyboard.press("Enter")
    assert written(page) == "a *|word|*"


def test_words_are_counted_in_the_language_of_the_page(page: Page) -> None:
    write(page, "ein Wort|", "de")
    count = page.get_by_text("Wörter: 2", exact=True)
    expect(count).to_be_visible()
    page.keyboard.type(" mehr")
    expect(page.get_by_text("Wörter: 3", exact=True)).to_be_visible()


def test_buttons_are_as_large_as_a_finger_and_none_leaves_a_narrow_page(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    write(page, "|", "de")
    boxes = [
        button.bounding_box() for button in page.get_by_role("toolbar").locator("button").all()
    ]
    assert len(boxes) == 7
    for box in boxes:
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
