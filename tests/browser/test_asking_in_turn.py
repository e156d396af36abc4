"""Questions that hang on one another are hidden and shown in turn, as the answers above change."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from govmatch.questionnaires import answers_form, load
from govmatch.settings import shipped
from tests.unit.questionnaires.pages import show
from tests.unit.questionnaires.test_conditions import CHOICE, LAST, SECOND


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def asked(page: Page) -> list[bool]:
    return [not part.evaluate("e => e.hidden") for part in page.locator("[data-gm-when]").all()]


def test_what_hangs_on_a_hidden_question_is_hidden_with_it_and_comes_back(page: Page) -> None:
    form = load({"sections": [{"id": "a", "title": "A", "questions": [CHOICE, SECOND, LAST]}]})
    html = show("section", "en", form=answers_form(form.sections[0], {}, "en"))
    page.set_content(f"<form>{html.partition('<script')[0]}</form>")
    assert asked(page) == [True, True], "without scripts everything is there, with when it counts"
    page.add_script_tag(path=shipped("static") / "js" / "asking.js")
    assert asked(page) == [False, False]
    page.check('input[name="q-stage"][value="used"]')
    assert asked(page) == [True, False]
    page.check('input[name="q-second"][value="idea"]')
    assert asked(page) == [True, True]
    # The answer in the middle is still ticked; hidden, it decides nothing.
    page.check('input[name="q-stage"][value="idea"]')
    assert asked(page) == [False, False]
    page.check('input[name="q-stage"][value="used"]')
    assert asked(page) == [True, True]
