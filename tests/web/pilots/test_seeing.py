"""Which pages of a pilot open for whom, and what stands on them."""

import re

import pytest

from govmatch.kit.db import Session
from govmatch.pilots import actions, queries
from govmatch.pilots.models import Pilot
from govmatch.settings import Settings
from govmatch.web.visit import Upload
from tests.site import Site, text_of
from tests.unit.pilots import making
from tests.unit.pilots.making import (
    AUTHORITY,
    FIRM,
    MONEY,
    NOW,
    READERS,
    STRANGERS,
    Case,
    acting,
)
from tests.web.applications.world import firm
from tests.web.pilots.world import Stage, stage

FULL = (*FIRM, *AUTHORITY, *READERS)
PARTS = ("", "/messages", "/log", "/documents", "/people", "/presentation", "/change")
SECRET = "zimtstern"


def planted(session: Session, case: Case) -> Pilot:
    """Make a running pilot in which a secret stands wherever somebody can write."""
    pilot = making.running(session, case)
    making.deliver(session, case, pilot, making.first(session, pilot), text=f"{SECRET} text")
    actions.note(
        session, pilot, text=f"{SECRET} log", actor=acting(session, case.world.bo), now=NOW
    )
    return pilot


@pytest.mark.security(1)
def test_every_page_opens_for_those_who_take_part_and_for_nobody_else(site: Site) -> None:
    at = stage(site, planted)
    pages = [*(at.path + end for end in PARTS), at.milestone, at.kpi]
    for name in FULL:
        browser = at.as_(name)
        assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    for name in STRANGERS:
        browser = at.as_(name)
        assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
        assert "Scanning labels" not in browser.get("/pilots").text
    visitor = site.visit()
    for page in pages:
        assert visitor.get(page).headers["location"].startswith("/login")


@pytest.mark.security(1)
def test_finance_reads_milestones_and_amounts_and_nothing_else(site: Site) -> None:
    at = stage(site, planted)
    for name in MONEY:
        browser = at.as_(name)
        page = text_of(browser.get(at.path).text)
        assert "DKK 200,000" in page
        assert "Minutes for one inspection" not in page
        shown = browser.get(at.milestone)
        assert shown.status_code == 200
        assert "DKK 200,000" in text_of(shown.text)
        assert SECRET not in shown.text
        closed = [*(at.path + end for end in PARTS[1:]), at.kpi]
        assert {one: browser.get(one).status_code for one in closed} == dict.fromkeys(closed, 404)
        assert browser.post(at.path, {"act": "agree", "revision": "1"}).status_code == 404


@pytest.mark.security(6)
def test_a_file_is_saved_by_those_who_see_the_pilot_and_by_nobody_else(site: Site) -> None:
    at = stage(site)
    addresses: list[str] = []

    def add(session: Session, case: Case, pilot: Pilot) -> None:
        settings = Settings(data_dir=site.settings.data_dir)
        bo = acting(session, case.world.bo)
        paper = actions.add_document(
            session, pilot, Upload("minutes.txt", b"We met"), settings=settings,
            actor=bo, now=NOW, real_now=NOW,
        )  # fmt: skip
        delivery = making.deliver(
            session, case, pilot, making.first(session, pilot),
            uploads=[Upload("proof.txt", b"Ten of ten")], settings=settings,
        )  # fmt: skip
        files = queries.files_of_deliveries(session, [delivery.id])[delivery.id]
        addresses.extend(f"{at.path}/files/{one.public_id}" for one in (paper, *files))

    at.do(add)
    for name in FULL:
        for address, body in zip(addresses, (b"We met", b"Ten of ten"), strict=True):
            answer = at.as_(name).get(address)
            assert (answer.status_code, answer.content) == (200, body)
            assert answer.headers["content-disposition"].startswith("attachment")
    for name in (*STRANGERS, *MONEY):
        for address in addresses:
            assert at.as_(name).get(address).status_code == 404
    other = stage_other(at)
    for address in addresses:
        elsewhere = address.replace(at.path, other)
        assert at.as_("astrid").get(elsewhere).status_code == 404


def stage_other(at: Stage) -> str:
    """Make a second pilot of the same authority, and return its address."""
    made: list[str] = []

    def act(session: Session, case: Case, _pilot: Pilot) -> None:
        case.application = making.confirmed(session, case.world, "weser")
        made.append(f"/pilots/{making.made(session, case).public_id}")

    at.do(act)
    return made[0]


@pytest.mark.security(2)
def test_a_part_of_another_pilot_is_not_found_under_this_one(running: Stage) -> None:
    other = stage_other(running)
    astrid = running.as_("astrid")
    for own in (running.milestone, running.kpi):
        assert astrid.get(own.replace(running.path, other)).status_code == 404
    dieter = running.as_("dieter")
    assert dieter.get(other).status_code == 200
    assert dieter.get(running.path).status_code == 404


@pytest.mark.parametrize("lang", ["de", "da", "en"])
@pytest.mark.parametrize("name", ["bo", "astrid", "mia", "jens"])
def test_every_page_is_there_in_each_language(site: Site, lang: str, name: str) -> None:
    at = stage(site, planted)
    browser = at.as_(name, lang=lang)
    for page in ("/pilots", *(at.path + end for end in PARTS), at.milestone, at.kpi):
        answer = browser.get(f"{page}?lang={lang}")
        assert answer.status_code == 200
        assert f'<html lang="{lang}">' in answer.text
        assert answer.text.count("<h1>") == 1


def test_the_list_shows_what_is_due_first_first(site: Site) -> None:
    at = stage(site, making.planned)
    bo = at.as_("bo")
    assert "Scanning labels" in bo.get("/pilots").text
    assert "There is no pilot here" in text_of(bo.get("/pilots?view=ended").text)
    assert "There is no pilot for you yet" in text_of(at.as_("gro").get("/pilots").text)

    def act(session: Session, case: Case, pilot: Pilot) -> None:
        making.agree(session, case, pilot)
        case.application = making.confirmed(session, case.world, "weser")
        second = making.planned(session, case)
        making.agree(session, case, second, "astrid", "dieter")
        second.title = "Second pilot"
        making.first(session, second).due = making.days(-3)

    at.do(act)
    page = text_of(at.as_("astrid").get("/pilots").text)
    assert page.index("Second pilot") < page.index("Scanning labels")
    assert "3 days ago" in page
    assert page.count("Overdue") == 1


def test_list_and_overview_ask_as_much_for_many_as_for_one(running: Stage) -> None:
    browser = running.as_("eva")
    one = running.statements(browser, "/pilots")
    overview = running.statements(browser, running.path)

    def more(session: Session, case: Case, pilot: Pilot) -> None:
        case.challenge.pilots_max = 30
        for n in range(6):
            name = f"f{n}"
            case.world.firms[name] = firm(session, name, "DK", NOW)
            case.application = making.confirmed(session, case.world, name)
            making.planned(session, case)
        for milestone in queries.milestones(session, pilot):
            making.deliver(session, case, pilot, milestone)

    running.do(more)
    assert running.statements(browser, "/pilots") == one
    assert running.statements(browser, running.path) == overview


def test_the_list_of_one_challenge_shows_its_pilots_alone(running: Stage) -> None:
    browser = running.as_("eva")
    here, other = running.case.challenge.slug, running.world.challenges["short"].slug
    assert "Scanning labels" in browser.get(f"/pilots?challenge={here}").text
    elsewhere = browser.get(f"/pilots?challenge={other}").text
    assert "Scanning labels" not in elsewhere
    assert 'href="/pilots"' in elsewhere
    assert browser.get("/pilots?challenge=nothing-of-this-name").status_code == 404


def test_the_overview_shows_the_plan_as_it_is_and_keeps_its_writing_folded(running: Stage) -> None:
    page = running.as_("bo").get(running.path).text
    shown, _, rest = page.partition('<details class="kern-accordion"')
    folded = rest.partition("</details>")[0]
    assert "Plan changed" not in text_of(shown)
    assert text_of(folded).count("Plan changed") == 3
    facts = text_of(page.partition('class="gm-facts"')[2].partition("</dl>")[0])
    assert "Plan Revision 4" in facts
    astrid, bo = running.world.astrid.name, running.world.bo.name
    assert re.search(rf"Agreed by the authority .{{6,20}} {astrid}", facts)
    assert re.search(rf"Agreed by the firm .{{6,20}} {bo}", facts)


def test_a_plan_that_the_firm_has_not_seen_says_so(site: Site) -> None:
    at = stage(site, making.planned)
    page = text_of(at.as_("astrid").get(at.path).text)
    assert "Agreed by the authority not yet" in page
    assert "Agreed by the firm not yet" in page
