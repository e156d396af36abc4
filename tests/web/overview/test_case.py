"""A case from its opening to its outcome, as auditors read it: all of it, narrowed, linked."""

import re

import pytest

from govmatch.accounts.models import Role
from govmatch.applications.actions.access import close as close_to
from govmatch.applications.events import ApplicationSubmitted
from govmatch.kit import journal
from govmatch.kit.db import Session
from govmatch.triage import actions as triage
from tests.site import Browser, Site, text_of, without_keys
from tests.unit.decisions.acting import NOW, acting
from tests.web.applications.world import give
from tests.web.decisions.world import World
from tests.web.explore import results_world as steps
from tests.web.explore.results_world import Told, told

PATH = "/audit/challenges/labels"


@pytest.fixture
def case(site: Site) -> Told:
    """A case with a submission, a note, a decision, an answer and a pilot."""
    made = told(site)

    def submit(session: Session, world: World) -> None:
        for name, who in (("nordlys", "bo"), ("weser", "dieter")):
            event = ApplicationSubmitted(
                world.of(name).id, number=1, content_hash="h", to_person=True, copies=()
            )
            journal.record(session, event, actor=acting(session, world.people[who]), now=NOW)

    def note(session: Session, world: World) -> None:
        actor = acting(session, world.astrid)
        triage.add_note(session, world.of("klar"), "zimtstern", actor=actor, now=NOW)

    made.do(submit)
    made.do(note)
    made.do(steps.decide)
    made.do(steps.answer("nordlys", "bo"))
    made.do(steps.pilot)
    return made


def words(browser: Browser, query: str = "") -> str:
    answer = browser.get(f"{PATH}{query}")
    assert answer.status_code == 200
    return text_of(answer.text)


def whole(browser: Browser) -> str:
    """Return every page of the case, one after the other."""
    total = re.search(r"(\d+) entries", words(browser))
    assert total is not None
    pages = range(1, -(-int(total[1]) // 50) + 1)
    return " ".join(words(browser, f"?page={number}") for number in pages)


def test_everything_is_there_in_order_with_who_did_it(case: Told) -> None:
    page = whole(case.as_("jens"))
    told_in_order = (
        "Application A-nordlys submitted, version 1",
        "Application A-klar: internal note written",
        "Decision 1 proposed: Selection",
        "Decision 1 confirmed: Selection",
        "Letter about application A-nordlys released",
        "Place taken for application A-nordlys",
        "Pilot Scanning labels: Pilot made from a confirmed application",
        "Pilot Scanning labels: Milestone accepted (delivery 1)",
        "Pilot Scanning labels: Value of a key figure reported",
    )
    places = [page.index(said) for said in told_in_order]
    assert places == sorted(places)
    assert "Hanne" in page[places[3] : places[3] + 120]
    assert "does not fit the chain" not in page
    assert "zimtstern" not in page, "the journal holds no texts"


def test_a_case_is_narrowed_to_one_kind_and_one_person(case: Told) -> None:
    jens = case.as_("jens")
    letters = words(jens, "?thing=letter")
    assert "Letter about application" in letters
    assert "Decision 1 proposed" not in letters
    hanne = words(jens, f"?person={case.world.hanne.public_id}").partition("Check")[2]
    assert "Decision 1 confirmed" in hanne
    assert "Decision 1 proposed" not in hanne
    both = words(jens, f"?thing=pilot&person={case.world.hanne.public_id}")
    assert "0 entries" in both
    assert "Show the whole case" in both
    assert "0 entries" in words(jens, "?person=nobody")
    assert words(jens, "?thing=unknown") == words(jens)
    part = jens.get(f"{PATH}?thing=letter", **{"hx-request": "true"}).text
    page = jens.get(f"{PATH}?thing=letter").text
    assert without_keys(part).strip() in without_keys(page)


def test_what_an_auditor_may_open_is_linked(case: Told) -> None:
    jens = case.as_("jens")
    for query, begins in (
        ("?thing=decision", "/decisions/"),
        ("?thing=letter&page=1", "/letters/"),
        ("?thing=pilot", "/pilots/"),
        ("?thing=application", "/triage/"),
    ):
        html = jens.get(f"{PATH}{query}").text.partition("<tbody")[2]
        links = set(re.findall(rf'href="({begins}[^"]+)"', html))
        assert links, query
        for link in links:
            assert jens.get(link).status_code == 200, link


@pytest.mark.security(4)
def test_before_the_opening_nothing_says_that_there_are_applications(case: Told) -> None:
    case.do(steps.sealed)
    page = words(case.as_("jens"))
    for said in ("A-nordlys", "A-klar", "Letter", "Pilot Scanning", "Place taken", "Application "):
        assert said not in page.partition("What happened")[2]
    for query in ("?thing=application", "?thing=pilot", "?thing=letter"):
        assert "0 entries" in words(case.as_("jens"), query)


@pytest.mark.security(1)
def test_what_a_conflict_closes_to_an_auditor_is_left_out(case: Told) -> None:
    def close(session: Session, world: World) -> None:
        close_to(
            session, world.of("nordlys"), world.jens.id, why="conflict",
            actor=acting(session, world.eva), now=NOW,
        )  # fmt: skip

    assert "A-nordlys" in whole(case.as_("jens"))
    case.do(close)
    page = whole(case.as_("jens"))
    assert "A-nordlys" not in page
    assert "Pilot Scanning labels" not in page
    assert "A-weser" in page


@pytest.mark.security(1)
def test_others_do_not_read_cases(case: Told) -> None:
    for name in ("eva", "astrid", "hanne", "bo", "finn", "kim"):
        assert case.as_(name).get(PATH).status_code == 403

    def appoint(session: Session, world: World) -> None:
        elsewhere = world.case.authority_id + 1
        give(session, world.ida, Role.AUDITOR, "authority", elsewhere, NOW)
        give(session, world.paul, Role.AUDITOR, "programme", world.case.programme_id, NOW)

    case.do(appoint)
    assert case.as_("ida").get(PATH).status_code == 404
    assert "A-nordlys" in whole(case.as_("paul"))


def test_more_rows_take_no_more_statements(case: Told) -> None:
    jens = case.as_("jens")
    jens.get(PATH)
    few = case.statements(jens, f"{PATH}?thing=message")
    assert case.statements(jens, PATH) == few


@pytest.mark.parametrize("lang", ["de", "da"])
def test_a_case_is_read_in_each_language(case: Told, lang: str) -> None:
    answer = case.as_("jens").get(f"{PATH}?lang={lang}")
    assert f'<html lang="{lang}">' in answer.text
    assert "Entry of the kind" not in answer.text
