"""A firm is invited and books; names are revealed; a question is prepared; points follow."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import update

from govmatch.interviews.models import Slot
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.settings import load
from tests.browser.meeting import Meeting, make_meeting
from tests.browser.selecting_people import Cast, Somebody, cast_of
from tests.web.interviews.doing import NAMES, PATH, shortlist

PEOPLE = ("eva", "finn", "rosa", "dieter", "bo")
YEAR = real_now().year + 1
ASKED = "What happens without a network? – Hvad sker der uden net?"


def own(story: Meeting, firm: str) -> str:
    """Return the address at which a firm reads of its interview."""
    return f"/applications/{story.application(firm)}/interview"


def let_the_time_come(story: Meeting) -> None:
    database = Database(load(story.site.environ).database)
    try:
        with database.writing() as session:
            begun = real_now() - timedelta(minutes=1)
            first = Slot.starts == min(one.starts for one in session.query(Slot))
            session.execute(update(Slot).where(first).values(starts=begun))
            commit(session)
    finally:
        database.close()


@pytest.fixture(params=[("da", True), ("de", False)], ids=["da with scripts", "de without scripts"])
def telling(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Meeting, bool]]:
    lang, with_scripts = request.param
    made = make_meeting(tmp_path, lang, people=PEOPLE, prepare=shortlist)
    yield made, with_scripts
    made.site.stop()


def test_an_interview_from_the_invitation_to_the_points_after_it(
    browser: Browser, telling: tuple[Meeting, bool]
) -> None:
    story, with_scripts = telling
    with cast_of(browser, story, with_scripts=with_scripts) as cast:
        _invite(cast["eva"])
        _book(cast, story)
        _reveal(cast, story)
        _prepare(cast, story)
        let_the_time_come(story)
        _hold(cast["eva"])
        _score(cast)
        assert cast.problems == {}
    story.site.command("audit", "verify")


def _invite(eva: Somebody) -> None:
    eva.visit(PATH)
    eva.follow('main a[href*="/interviews/slots"]')
    eva.send({
        "starts": f"{YEAR}-06-15T10:00", "minutes": "45", "count": "2", "place": "Kanalstraat 1",
        "offers[]": "hearing_loop",
    })  # fmt: skip
    eva.follow('main a[href*="/interviews/invite"]')
    said = eva.send({"until": f"{YEAR}-06-01T12:00", "message": "Four of us listen."})
    assert "Weser" in said


def _book(cast: Cast, story: Meeting) -> None:
    """The first firm gets the time; the second, whose page still shows it, is told so."""
    dieter, bo = cast["dieter"], cast["bo"]
    bo.visit(own(story, "nordlys"))
    late = bo.page.locator('main [name="slot"]').first.get_attribute("value") or ""
    dieter.visit(own(story, "weser").removesuffix("/interview"))
    dieter.follow('main a[href$="/interview"]')
    said = dieter.send({"slot": late, "needs": "Teleslynge"})
    assert "Kanalstraat 1" in said
    dieter.visit(own(story, "weser").removesuffix("/interview"))
    bo.page.locator(f'label[for="{_id(bo, late)}"]').click()
    with bo.page.expect_response(lambda one: one.request.method == "POST") as coming:
        bo.page.locator("#main-form button[type=submit]").click()
    assert coming.value.status == 409
    expect(bo.page.locator("#error-summary")).to_be_visible()
    left = bo.page.locator('main [name="slot"]')
    expect(left).to_have_count(1)
    assert "Weser" not in bo.says()
    bo.send({"slot": left.first.get_attribute("value") or ""})


def _id(who: Somebody, slot: str) -> str:
    return who.page.locator(f'[name="slot"][value="{slot}"]').get_attribute("id") or ""


def _reveal(cast: Cast, story: Meeting) -> None:
    """Finn reads no name before he has declared anew; Rosa, who has not, reads none."""
    eva, finn = cast["eva"], cast["finn"]
    assert "Weser" not in finn.visit(PATH)
    eva.visit(PATH)
    eva.follow('main a[href*="/interviews/names"]')
    eva.send({"why": "Juryen møder dem."})
    assert "Weser" not in finn.visit(PATH)
    finn.follow(f'main a[href*="{NAMES}"]')
    finn.send({"impartial": "yes"})
    assert "Weser" in finn.visit(PATH)
    assert "Weser" not in cast["rosa"].visit(PATH)
    assert story.lang in {"da", "de"}


def _prepare(cast: Cast, story: Meeting) -> None:
    eva = cast["eva"]
    eva.visit(PATH)
    eva.page.locator("main table a", has_text="Weser").first.click()
    expect(eva.page.locator("#questions")).to_be_visible()
    eva.post("/prepare")
    eva.post("/questions", {"text": ASKED})
    box = eva.page.locator('[name="released[]"]').last
    eva.post("/release", {"released[]": box.get_attribute("value") or ""})
    said = cast["dieter"].visit(own(story, "weser"))
    assert ASKED in said
    assert "Eignung" not in said, "what was not released stays inside"


def _hold(eva: Somebody) -> None:
    eva.visit(eva.page.url.partition("#")[0])
    sheet = eva.page.locator('main form[action*="/held"]')
    for box in sheet.locator('[name="people[]"]').all():
        eva.page.locator(f'label[for="{box.get_attribute("id")}"]').click()
    eva.post("/held", {"firm_people": "Dieter"})
    eva.post("/notes", {"notes": "Det virker uden net."})
    assert "Det virker uden net." in eva.page.locator('[name="notes"]').input_value()


def _score(cast: Cast) -> None:
    """Finn gives other points; the earlier ones stand beside them."""
    finn, eva = cast["finn"], cast["eva"]
    finn.visit(PATH)
    finn.page.locator("main table a", has_text="Weser").first.click()
    expect(finn.page.locator('form[action*="/take-up"]')).to_be_visible()
    finn.post("/take-up")
    finn.send({"points-fit": "2"}, button='[formaction*="/submit"]')
    said = eva.visit(eva.page.url.partition("#")[0])
    row = eva.page.locator("main tr", has_text="Finn").first.locator("td")
    assert [cell.inner_text().strip() for cell in row.all()][1:] == ["4", "2"], said
