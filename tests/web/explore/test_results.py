"""/results: the whole story of a challenge, and nothing of it before it is public."""

import csv
import io
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from govmatch.applications import actions as applications
from govmatch.challenges.actions import move_on
from govmatch.challenges.models import State as Stage
from govmatch.explore.queries.told_list import told_list
from govmatch.kit.db import Session
from tests.site import Browser, Site, text_of
from tests.unit.decisions.acting import NOW, acting, finish
from tests.web.decisions.world import CANARY, World
from tests.web.explore import results_world as steps
from tests.web.explore.results_world import PATH, Told, told

FILE = f"{PATH}.csv"
NEVER = (
    "Fjord", "Klar", "Outside", "Finn", "Rosa", "Eva", "Hanne", "Astrid", CANARY, "zimtstern",
    "wachholder", "The firm is too large", "fit of", "A-nordlys",
)  # fmt: skip
"""Firms that were not selected, people, references, internal words, letters, deliveries."""


@pytest.fixture
def case(site: Site) -> Told:
    return told(site)


def table(browser: Browser, path: str) -> list[dict[str, str]]:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def story_of(browser: Browser) -> str:
    return text_of(browser.get(PATH).text)


def everything(case: Told) -> None:
    """Go the whole way: decided, one place declined, one taken, tried, and found good."""
    case.do(steps.decide)
    case.do(steps.answer("nordlys", "bo"))
    case.do(steps.answer("weser", "dieter", yes=False))
    case.do(steps.pilot)
    case.do(steps.outcome)


@pytest.mark.security(4)
def test_before_the_opening_there_is_no_result_and_no_number(case: Told) -> None:
    case.do(steps.sealed)
    for browser in (case.site.visit(), case.as_("eva"), case.as_("jens"), case.as_("bo")):
        for path in (PATH, FILE):
            assert browser.get(path).status_code == 404
        page = text_of(browser.get("/results").text)
        assert "0 challenges" in page
        assert "There is no result yet" in page
        assert table(browser, "/results.csv") == []
    visitor = case.site.visit()
    assert PATH not in visitor.get("/sitemap.xml").text
    assert PATH not in visitor.get("/challenges/labels").text


def test_from_the_opening_on_there_is_a_number_and_no_name(case: Told) -> None:
    visitor = case.site.visit()
    page = story_of(visitor)
    assert "5 applications were opened" in page
    assert "Identifier" in page
    assert case.world.case.public_id in page
    assert page.index("Published") < page.index("Deadline passed") < page.index("5 applications w")
    assert "Fit 60 2" in page
    for name in ("Nordlys", "Weser", *NEVER):
        assert name not in page
    assert PATH in visitor.get("/results").text
    assert PATH in visitor.get("/sitemap.xml").text
    assert PATH in visitor.get("/challenges/labels").text
    assert "Applications 5" in text_of(visitor.get("/results").text)


def test_a_firm_is_named_once_it_was_selected_told_and_has_confirmed(case: Told) -> None:
    visitor = case.site.visit()
    case.do(steps.decide)
    page = story_of(visitor)
    assert "Decided" in page
    assert "The best two by the published criteria." in page
    assert "2 selected firms have not confirmed yet" in page
    assert "Nordlys" not in page
    case.do(steps.answer("nordlys", "bo"))
    page = story_of(visitor)
    assert "Nordlys 5" in page
    assert "1 selected firm has not confirmed yet" in page
    assert "Weser" not in page
    case.do(steps.answer("weser", "dieter", yes=False))
    page = story_of(visitor)
    assert "not confirmed yet" not in page
    assert "Weser" not in page, "a firm that declined is nobody's business"


def test_a_firm_that_withdraws_leaves_the_page_at_once(case: Told) -> None:
    case.do(steps.decide)
    case.do(steps.answer("nordlys", "bo"))
    visitor = case.site.visit()
    assert "Nordlys" in visitor.get(PATH).text

    def withdraw(session: Session, world: World) -> None:
        bo = acting(session, world.bo)
        applications.withdraw(session, world.of("nordlys"), actor=bo, now=NOW)

    case.do(withdraw)
    assert "Nordlys" not in visitor.get(PATH).text, "what is kept in memory is made anew"


def test_the_pilot_is_told_with_its_figures_its_outcome_and_its_cost(case: Told) -> None:
    everything(case)
    html = case.site.visit().get(PATH).text
    page = text_of(html)
    happened = (
        "Pilot agreed with Nordlys: Scanning labels",
        "Milestone 1 of the pilot Scanning labels accepted: First version",
        "Outcome of the pilot Scanning labels: Scale up",
    )
    places = [page.index(words) for words in happened]
    assert places == sorted(places)
    assert "Cost, without VAT DKK 1,900" in page
    assert "It saves half the time." in page
    assert "Baseline 30 min" in page
    assert "14 min" in page
    assert html.count('<svg role="img" aria-labelledby="chart-1-1-title chart-1-1-desc"') == 1
    assert "<title" in html and "<desc" in html
    assert " style=" not in html


@pytest.mark.security(1)
def test_nobody_else_and_nothing_internal_is_ever_named(case: Told) -> None:
    everything(case)
    for browser in (case.site.visit(), case.as_("eva"), case.as_("mia")):
        for path in (PATH, "/results", FILE, "/results.csv"):
            shown = browser.get(path).text
            main = shown.partition("<main")[2].partition("</main>")[0] or shown
            for name in ("Weser", *NEVER):
                assert name not in main, (path, name)


@pytest.mark.security(4)
def test_where_the_programme_keeps_results_to_itself_there_is_nothing(case: Told) -> None:
    everything(case)
    case.do(steps.keep_private)
    browser = case.as_("eva")
    assert browser.get(PATH).status_code == 404
    assert browser.get(FILE).status_code == 404
    assert "0 challenges" in text_of(browser.get("/results").text)
    assert PATH not in browser.get("/challenges/labels").text


def test_what_did_not_proceed_says_why(case: Told) -> None:
    def end(session: Session, world: World) -> None:
        eva = acting(session, world.eva)
        move_on(
            session, world.case, Stage.DID_NOT_PROCEED,
            reasons={"en": "The law has changed.", "de": "Das Gesetz ist anders."},
            actor=eva, now=NOW,
        )  # fmt: skip

    case.do(steps.sealed)
    case.do(end)
    page = story_of(case.site.visit())
    assert "Why it ended The law has changed." in page
    assert "The challenge did not proceed" in page
    assert "opened" not in page
    assert "Applications" not in page.partition("At a glance")[2].partition("What happened")[0]
    assert "Das Gesetz ist anders." in story_of(case.site.visit(lang="de"))
    (row,) = table(case.site.visit(), "/results.csv")
    assert (row["phase"], row["applications"]) == ("did_not_proceed", "")
    assert row["reasons"] == "The law has changed."
    assert row["ended"].endswith("Z")


def test_the_list_is_narrowed_by_authority_and_year(case: Told) -> None:
    visitor = case.site.visit()
    year = case.world.case.closes.year if case.world.case.closes else 0
    fits = text_of(visitor.get(f"/results?authority=safety&year={year}").text)
    assert "1 challenge " in fits
    assert "Challenge labels" in fits
    unknown = text_of(visitor.get("/results?authority=nobody&year=1900&theme=x").text)
    assert "1 challenge " in unknown, "what there is not narrows nothing"
    assert "(optional)" not in fits, "nobody has to choose in a filter"
    part = visitor.get("/results", **{"hx-request": "true"}).text
    assert part.strip() in visitor.get("/results").text


def test_the_list_as_a_table_has_stable_columns(case: Told) -> None:
    everything(case)
    (row,) = table(case.site.visit(lang="de"), "/results.csv?lang=de")
    assert list(row) == [
        "id", "slug", "url", "title", "authority", "country", "programme", "themes", "phase",
        "published", "opens", "closes", "opened", "applications", "decided", "firms", "pilots",
        "outcomes", "cost", "currency", "ended", "reasons",
    ]  # fmt: skip
    assert row["id"] == case.world.case.public_id
    assert row["title"] == "Herausforderung labels"
    assert (row["authority"], row["programme"], row["themes"]) == ("safety", "labels", "safety")
    assert (row["phase"], row["applications"], row["firms"]) == ("piloting", "5", "Nordlys")
    assert (row["pilots"], row["outcomes"], row["cost"]) == ("1", "scale", "1900")
    assert row["decided"].endswith("Z")


def test_a_story_as_a_table_has_its_happenings_milestones_and_values(case: Told) -> None:
    everything(case)
    rows = table(case.site.visit(), FILE)
    kinds = [row["kind"] for row in rows]
    assert kinds == [
        "published", "opens", "closes", "opened", "decided", "pilot_agreed",
        "milestone_accepted", "milestone_accepted", "outcome",
        "milestone", "milestone", "kpi", "kpi",
    ]  # fmt: skip
    values = [row for row in rows if row["kind"] == "kpi"]
    assert [(row["value"], row["unit"], row["target"]) for row in values] == [
        ("28", "minutes", "12.5"),
        ("14", "minutes", "12.5"),
    ]
    assert {row["challenge"] for row in rows} == {case.world.case.public_id}


def test_a_text_that_a_spreadsheet_would_compute_stays_a_text(case: Told) -> None:
    def rename(session: Session, world: World) -> None:
        session.merge(world.firms["nordlys"]).name = '=HYPERLINK("http://x")'

    everything(case)
    case.do(rename)
    (row,) = table(case.as_("eva"), "/results.csv")
    assert row["firms"] == '\'=HYPERLINK("http://x")'


def test_a_reserve_that_moves_up_is_told_without_naming_who_declined(case: Told) -> None:
    case.do(steps.decide)
    case.do(steps.answer("nordlys", "bo"))
    case.do(steps.answer("weser", "dieter", yes=False))

    def succeed(session: Session, world: World) -> None:
        from govmatch.decisions import actions  # noqa: PLC0415 -- only here

        decision = actions.propose_successor(
            session,
            world.case,
            successor=world.of("fjord").public_id,
            reasons={"en": "A place is free."},
            deviation="",
            confirm_days=14,
            actor=acting(session, world.eva),
            now=NOW,
        )
        finish(session, world, decision)

    case.do(succeed)
    case.do(steps.answer("fjord", "lea"))
    page = story_of(case.site.visit())
    assert "A reserve moved up A place is free." in page
    assert "Fjord" in page
    assert "Weser" not in page


def test_a_page_takes_as_many_statements_for_many_as_for_one(case: Told) -> None:
    everything(case)
    eva = case.as_("eva")
    eva.get("/results")
    one = case.statements(eva, "/results"), case.statements(eva, "/results.csv")

    def more(session: Session, world: World) -> None:
        from tests.web.applications.world import challenge  # noqa: PLC0415 -- only here

        for slug in ("more", "again"):
            world.programmes[slug] = world.programmes["labels"]
            made = challenge(session, world, slug, NOW)
            made.opened_at = NOW
            move_on(session, made, Stage.IN_SELECTION, actor=acting(session, world.eva), now=NOW)

    case.do(more)
    assert "3 challenges" in text_of(eva.get("/results").text)
    assert (case.statements(eva, "/results"), case.statements(eva, "/results.csv")) == one


def test_what_is_kept_in_memory_follows_events_and_the_clock(case: Told) -> None:
    later = NOW + timedelta(days=2)

    def kept(public_id: int, now: datetime) -> int:
        with case.site.database.reading() as session:
            return len(told_list(session, public_id=public_id, now=now).rows)

    assert kept(1, NOW) == 1

    def cancel(session: Session, world: World) -> None:
        from tests.web.applications.world import challenge  # noqa: PLC0415 -- only here

        world.programmes["more"] = world.programmes["labels"]
        made = challenge(session, world, "more", NOW)
        made.state, made.published_at = Stage.CANCELLED.value, later

    case.do(cancel)
    assert kept(1, NOW) == 1
    assert kept(2, NOW) == 1
    assert kept(2, later - timedelta(seconds=1)) == 1
    assert kept(2, later) == 2
    assert kept(2, NOW) == 1


@pytest.mark.parametrize("lang", ["de", "da", "en"])
def test_every_language_has_the_whole_page(case: Told, lang: str) -> None:
    everything(case)
    for path in ("/results", PATH):
        answer: Any = case.site.visit().get(f"{path}?lang={lang}")
        assert answer.status_code == 200
        assert f'<html lang="{lang}">' in answer.text
        assert answer.text.count("<h1>") == 1
    json.dumps(table(case.site.visit(), f"{FILE}?lang={lang}"))
