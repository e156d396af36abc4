"""A jury that disagrees meets, agrees, signs; the ranking follows, and says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from govmatch.kit.clock import real_now
from tests.browser.meeting import PANEL, Meeting, make_meeting
from tests.browser.selecting_people import Cast, Somebody, cast_of

WHY = "Die Begründung: beide haben nachgelesen."


@pytest.fixture
def meeting(tmp_path: Path) -> Iterator[Meeting]:
    made = make_meeting(tmp_path, "de")
    yield made
    made.site.stop()


def test_a_jury_that_disagrees_agrees_and_signs(browser: Browser, meeting: Meeting) -> None:
    with cast_of(browser, meeting, with_scripts=False) as cast:
        before = _mean(cast["eva"])
        _call(cast["eva"], meeting)
        _discuss(cast["finn"])
        assert _mean(cast["eva"]) == before, "nobody has signed"
        _sign(cast, before)
        assert cast.problems == {}
    meeting.site.command("audit", "verify")


def _mean(eva: Somebody) -> str:
    eva.visit("/desk/challenges/labels/decision")
    row = eva.page.locator("tr", has=eva.page.locator("th a", has_text="Weser"))
    return row.locator("td").nth(1).inner_text()


def _call(eva: Somebody, meeting: Meeting) -> None:
    """Where reviewers part by three points is suggested; all of it is on one page."""
    eva.visit(PANEL)
    eva.follow('main a[href*="/panel/call"]')
    suggested = eva.page.locator('[name="items[]"]:checked')
    expect(suggested.first).to_have_value(meeting.application("weser"))
    sheet = eva.page.locator("#main-form")
    for name in ("finn", "rosa"):
        box = sheet.locator(f'[name="members[]"][value="{meeting.key(name)}"]')
        eva.page.locator(f'label[for="{box.get_attribute("id")}"]').click()
    for firm in ("nordlys", "fjord", "klar"):
        box = sheet.locator(f'[name="items[]"][value="{meeting.application(firm)}"]')
        if box.is_checked():
            eva.page.locator(f'label[for="{box.get_attribute("id")}"]').click()
    eva.send(
        {
            "starts": f"{real_now().year + 1}-06-15T10:00",
            "place": "Raum 3, Erdgeschoss",
            "chair": meeting.key("finn"),
        }
    )
    assert "Raum 3, Erdgeschoss" in eva.says()


def _discuss(finn: Somebody) -> None:
    finn.visit(PANEL)
    for box in finn.page.locator('[name="present[]"]').all():
        finn.page.locator(f'label[for="{box.get_attribute("id")}"]').click()
    finn.post("/panel/begin")
    finn.follow('main table a[href*="/items/"]')
    assert "Rosa" in finn.says(), "the points of the other stand beside"
    finn.send({"note": "Rosa hatte die Anlage nicht gesehen.", "points-fit": "5",
               "reason-fit": WHY})  # fmt: skip
    finn.post("/panel/end", {"remarks": "Einstimmig."})


def _sign(cast: Cast, before: str) -> None:
    for name in ("rosa", "finn"):
        said = cast[name].visit(f"{PANEL}/minutes")
        assert WHY in said
        cast[name].post("/panel/sign")
    forms = cast["finn"].page.locator('main form[action*="/panel/"]')
    ways = forms.evaluate_all("all => all.map(one => one.getAttribute('action').split('?')[0])")
    assert [one for one in ways if not one.endswith("/pdf")] == [], "it is frozen"
    assert _mean(cast["eva"]) == "4,60" != before
    assert "Konsens der Jury" in cast["eva"].says()
