"""Changing what is published, as a browser does it: form, check page, publishing."""

from typing import Any

from tests.site import Browser
from tests.web.challenges.sending import Fields, fields_of, typed


def form_path(slug: str) -> str:
    return f"/desk/challenges/{slug}/amend"


def check_path(slug: str) -> str:
    return f"{form_path(slug)}/check"


def amend_form(browser: Browser, slug: str) -> Fields:
    """Return the fields of the form as it opens."""
    answer = browser.get(form_path(slug))
    assert answer.status_code == 200
    return fields_of(answer.text, check_path(slug))


def check(browser: Browser, slug: str, /, **changes: Any) -> Any:
    """Type something else, and return the page that shows what would become public."""
    return browser.post(check_path(slug), typed(amend_form(browser, slug), **changes))


def publish(browser: Browser, slug: str, checked: Any, /, **changes: Any) -> Any:
    """Press the button of the check page."""
    assert checked.status_code == 200, checked.text
    fields = typed(fields_of(checked.text, check_path(slug)), **changes)
    return browser.post(form_path(slug), fields)
