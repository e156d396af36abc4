"""Has this been asked before: what came of it, what it cost, and why it ended, as far as public."""

import pytest

from govmatch.challenges.actions import create
from govmatch.challenges.models import State
from govmatch.challenges.statement import statement_of
from govmatch.kit.db import Session
from tests.site import Site, text_of
from tests.unit.decisions.acting import NOW, acting
from tests.web.decisions.world import World
from tests.web.explore import results_world as steps
from tests.web.explore.results_world import Told, told
from tests.web.explore.test_results import everything

PATH = "/desk/challenges/asked-again/similar"


@pytest.fixture
def case(site: Site) -> Told:
    return told(site)


def ask_again(session: Session, world: World) -> None:
    """Begin a draft that says what the challenge of the world says."""
    create(
        session,
        statement_of(world.case),
        actor=acting(session, world.astrid),
        now=NOW,
        slug="asked-again",
    )


def end(session: Session, world: World) -> None:
    world.case.state = State.DID_NOT_PROCEED.value
    world.case.end_reasons = {"en": "Too few firms applied.", "da": "For få søgte."}
    session.flush()


def test_a_challenge_that_was_tried_stands_there_with_outcome_and_cost(case: Told) -> None:
    everything(case)
    case.do(ask_again)
    page = text_of(case.as_("astrid").get(PATH).text)
    assert "Outcome Scale up (1 pilot)" in page
    assert "Cost of the finished pilots DKK 1,900" in page
    assert "What became of it" in page


def test_a_pilot_without_an_outcome_has_none_yet_and_no_cost(case: Told) -> None:
    case.do(steps.decide)
    case.do(steps.answer("nordlys", "bo"))
    case.do(steps.pilot)
    case.do(ask_again)
    page = text_of(case.as_("astrid").get(PATH).text)
    assert "Outcome not known yet (1 pilot)" in page
    assert "Cost of the finished pilots" not in page


def test_one_that_did_not_proceed_says_why(case: Told) -> None:
    case.do(steps.decide)
    case.do(end)
    case.do(ask_again)
    page = text_of(case.as_("astrid").get(PATH).text)
    assert "Why it ended Too few firms applied." in page


def test_where_a_programme_keeps_its_results_nothing_of_them_is_told(case: Told) -> None:
    everything(case)
    case.do(end)
    case.do(steps.keep_private)
    case.do(ask_again)
    page = text_of(case.as_("astrid").get(PATH).text)
    assert "Scale up" not in page
    assert "1,900" not in page and "Too few firms applied." not in page


def test_the_part_that_other_pages_load_is_part_of_the_page(case: Told) -> None:
    everything(case)
    case.do(ask_again)
    browser = case.as_("astrid")
    part = browser.get(PATH, **{"hx-request": "true"}).text
    assert "<h1" not in part and "Scale up" in part
    assert text_of(part) in text_of(browser.get(PATH).text)
