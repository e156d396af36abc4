"""Two hundred applications become a shortlist of six by keyboard alone; a card is dragged; what
somebody else does meanwhile is said, and nothing moves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Page, Position, expect
from sqlalchemy import func, select

from govmatch.applications.models import Application, State
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.settings import load
from govmatch.triage import actions
from tests.bench.cases import sign_in
from tests.browser.person import Person
from tests.browser.running import RunningSite, make_site
from tests.site import Site
from tests.unit.applications.acting import acting
from tests.web.overview.triage_world import Triage, make_triage, more

SHORTLIST = 6
CORNER: Position = {"x": 8, "y": 8}
"""Of a card: neither its link nor its form."""


@dataclass
class Stand:
    """A running site on whose database two hundred opened applications lie."""

    running: RunningSite
    database: Database
    triage: Triage
    token: str

    def states(self) -> dict[str, int]:
        counted = select(Application.state, func.count()).group_by(Application.state)
        with self.database.reading() as session:
            return dict(session.execute(counted).all())


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    running = make_site(tmp_path, "")
    database = Database(load(running.environ).database)
    triage = make_triage(cast(Site, _Held(database)))
    more(triage, 197)
    with database.writing() as session:
        people, now = triage.world.people, real_now()
        token = sign_in(session, people["eva"].id, now=now)
        commit(session)
    running.start()
    yield Stand(running, database, triage, token)
    running.stop()
    database.close()


@dataclass
class _Held:
    """All of a site that making its world asks for."""

    database: Database


@pytest.fixture
def eva(browser: Browser, stand: Stand) -> Iterator[Person]:
    context = browser.new_context(locale="en-GB")
    cookie = {"name": "govmatch", "value": stand.token, "url": stand.running.base}
    context.add_cookies([cookie])  # type: ignore[list-item]
    person = Person(context.new_page(), stand.running.base, by_keyboard=True)
    yield person
    assert person.problems == []
    context.close()


def search(page: Page, query: str, *, completing: bool = False) -> None:
    """Go into the box with a key, type, and send."""
    expect(page.locator("#triage-keys")).to_be_visible()  # the script that listens is there
    page.keyboard.press("/")
    box = page.locator("#triage-q")
    expect(box).to_be_focused()
    if completing:
        expect(box).to_have_attribute("role", "combobox")  # what proposes is there
        page.keyboard.type(query[:3])
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(box).to_have_value(query.partition(":")[0] + ":")
        page.keyboard.type(query.partition(":")[2])
    else:
        page.keyboard.insert_text(query)
    expect(box).to_have_value(query)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#triage-q")).to_have_value(query)


def do_with_chosen(person: Person, act: str, number: int, *, is_all: bool = False) -> None:
    """Say what is to be done, look at what will change, and do it."""
    page = person.page
    expect(page.locator("#triage-keys")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator("#f-act")).to_be_focused()
    if is_all:
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Space")
        expect(page.locator("#f-which")).to_be_checked()
        page.keyboard.press("Tab")
    for _ in range(page.locator("#f-act option").count()):
        if page.locator("#f-act option:checked").inner_text() == act:
            break
        page.keyboard.press("ArrowDown")  # letters would have to come within a second
    expect(page.locator("#f-act option:checked")).to_have_text(act)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#changes-title")).to_have_text(f"{number} applications will change")
    person.press('#main-form [name="then"][value="change"]')
    done = page.get_by_role("status").filter(has_text=f"{number} applications: moved")
    expect(done).to_be_visible()


def shortlist(eva: Person, stand: Stand) -> None:
    """By keyboard alone, from the first page to the application that leads the shortlist."""
    page = eva.page
    eva.go("/triage")
    assert stand.states() == {"submitted": 200}
    expect(page.locator("#triage-keys")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#triage-keys kbd").first).to_be_visible()
    search(page, "state:submitted", completing=True)
    expect(page.locator("h2[data-gm-announce]")).to_have_text("200 applications")
    do_with_chosen(eva, "Being reviewed", 200, is_all=True)
    search(page, "state:in_review country:DE sort:firm")
    expect(page.locator("h2[data-gm-announce]")).to_have_text("199 applications")
    for _ in range(SHORTLIST):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("x")
    page.keyboard.press("k")
    expect(page.locator("[data-gm-count]")).to_have_text(f"Chosen: {SHORTLIST}")
    chosen = page.locator("tr[data-gm-one]:has(input:checked) th a").all_inner_texts()
    assert len(chosen) == SHORTLIST
    do_with_chosen(eva, "Shortlisted", SHORTLIST)
    search(page, "state:shortlisted sort:firm")
    assert page.locator("tr[data-gm-one] th a").all_inner_texts() == chosen
    assert stand.states() == {"in_review": 200 - SHORTLIST, "shortlisted": SHORTLIST}
    expect(page.locator("#triage-keys")).to_be_visible()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(chosen[0])


def drag(eva: Person, stand: Stand) -> None:
    """A card goes where its own form leads, and nowhere else."""
    eva.go("/triage/board?q=nordlys")
    page = eva.page
    before = stand.triage.state("nordlys")
    to = State.IN_REVIEW if before == State.SUBMITTED else State.SHORTLISTED
    card = page.locator('.gm-pile__card[draggable="true"]', has_text="Nordlys")
    with page.expect_navigation():
        card.drag_to(page.locator(f'[data-gm-pile="{to}"] h3'), source_position=CORNER)
    expect(page.get_by_role("status").filter(has_text="Nordlys: moved to")).to_be_visible()
    assert stand.triage.state("nordlys") == to
    card = page.locator('.gm-pile__card[draggable="true"]', has_text="Nordlys")
    card.drag_to(page.locator('[data-gm-pile="incomplete"] h3'), source_position=CORNER)
    expect(page.locator("#gm-status")).to_have_text("It cannot be moved there.")
    assert stand.triage.state("nordlys") == to


def be_told(eva: Person, stand: Stand) -> None:
    """What somebody else does is said, and shown when Eva asks for it."""
    eva.go("/triage?q=weser")
    page = eva.page
    before = page.locator("tr[data-gm-one]").inner_text()
    with stand.database.writing() as session:
        ole = acting(session, session.merge(stand.triage.world.ole))
        weser = session.merge(stand.triage.application("weser"))
        revision = stand.triage.case("weser")[0]
        actions.tag(session, weser, "late", revision=revision, actor=ole, now=real_now())
        commit(session)
    expect(page.locator("#triage-keys")).to_be_visible()
    # Coming back asks for news, though not twice within two seconds.
    came_back = "() => { dispatchEvent(new Event('focus')); return !!%s }"
    page.wait_for_function(came_back % "document.querySelector('.gm-live__box')", polling=500)
    box = page.locator(".gm-live__box")
    expect(box).to_contain_text("1 application has changed.")
    assert page.locator("tr[data-gm-one]").inner_text() == before
    with page.expect_navigation():
        box.get_by_role("link", name="Show").click()
    expect(page.locator("tr[data-gm-one] .gm-tag")).to_have_text("late")


def switch_off(eva: Person) -> None:
    """Keys that are off do nothing, and can be switched on again."""
    eva.go("/triage")
    page = eva.page
    expect(page.locator("#triage-keys")).to_be_visible()
    page.keyboard.press("?")
    with page.expect_navigation():
        page.get_by_role("button", name="Switch the keys off").press("Enter")
    expect(page.locator("#triage-keys")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("/")
    expect(page.locator("tr[data-gm-one] a:focus, #triage-q:focus")).to_have_count(0)
    expect(page.locator("#triage-keys")).to_be_visible()


def test_two_hundred_applications_become_a_shortlist_of_six_by_keyboard(
    eva: Person, stand: Stand
) -> None:
    shortlist(eva, stand)
    drag(eva, stand)
    be_told(eva, stand)
    switch_off(eva)
