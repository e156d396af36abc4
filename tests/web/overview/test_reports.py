"""/reports: how far applications come, how long it takes, what waits; not for everybody."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import update

from govmatch.accounts.models import Role
from govmatch.applications.actions.access import close as close_to
from govmatch.applications.actions.moving import move
from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.kit.db import Session
from govmatch.pilots.models import Milestone
from govmatch.reviews.models import Review
from govmatch.reviews.models import State as Reviewed
from tests.site import Browser, Site, text_of
from tests.unit.decisions.acting import NOW, acting, check_all, confirm, proposed
from tests.unit.pilots.making import days
from tests.web.applications.world import challenge, give
from tests.web.decisions.world import World
from tests.web.explore import results_world as steps
from tests.web.explore.results_world import Told, told

PATH = "/reports"
FILES = ("funnel", "time-to-decision", "waiting", "reviews")
READERS = ("eva", "egon", "astrid", "hanne", "jens")
OTHERS = ("bo", "finn", "kim")


@pytest.fixture
def case(site: Site) -> Told:
    """Five opened applications, four of them reviewed, one ineligible."""
    return told(site)


def page(browser: Browser, query: str = "") -> str:
    answer = browser.get(f"{PATH}{query}")
    assert answer.status_code == 200
    return text_of(answer.text)


def table(browser: Browser, name: str, query: str = "") -> list[dict[str, str]]:
    answer = browser.get(f"{PATH}/{name}.csv{query}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def funnel(browser: Browser, query: str = "") -> list[int]:
    return [int(row["Applications"]) for row in table(browser, "funnel", query)]


def owe(session: Session, world: World) -> None:
    """Leave two reviews of Finn's open, one of them overdue."""
    for name, late in (("nordlys", 3), ("weser", -3)):
        session.execute(
            update(Review)
            .where(
                Review.application_id == world.of(name).id,
                Review.person_id == world.people["finn"].id,
            )
            .values(state=Reviewed.DRAFT.value, due_at=NOW - timedelta(days=late))
        )


def everything(case: Told) -> None:
    case.do(steps.decide)
    case.do(steps.answer("nordlys", "bo"))
    case.do(steps.pilot)
    case.do(steps.outcome)


@pytest.mark.security(1)
def test_reports_are_for_those_who_run_own_or_audit(case: Told) -> None:
    paths = [PATH, *(f"{PATH}/{name}.csv" for name in FILES)]
    for name in OTHERS:
        browser = case.as_(name)
        assert {path: browser.get(path).status_code for path in paths} == dict.fromkeys(paths, 403)
    for path in paths:
        assert case.site.visit().get(path).headers["location"].startswith("/login")
    for name in READERS:
        assert funnel(case.as_(name))[0] == 5
        assert case.as_(name).get(f"{PATH}/nothing.csv").status_code == 404
    assert "Figures stand here once" in page(case.as_("ida"))
    assert funnel(case.as_("ida")) == [0] * 8


@pytest.mark.security(4)
def test_before_the_opening_there_is_no_number(case: Told) -> None:
    case.do(steps.sealed)
    for name in READERS:
        browser = case.as_(name)
        assert "Opened applications 0" in page(browser)
        assert funnel(browser) == [0] * 8
        assert [row["Kind"] for row in table(browser, "waiting")] == ["opening"]
    assert table(case.as_("eva"), "reviews") == []


def test_the_funnel_counts_how_far_each_application_came(case: Told) -> None:
    eva = case.as_("eva")
    assert funnel(eva) == [5, 4, 4, 0, 0, 0, 0, 0]

    def shortlist(session: Session, world: World) -> None:
        for name in ("nordlys", "weser", "fjord"):
            actor = acting(session, world.eva)
            move(session, world.of(name), Applied.SHORTLISTED, actor=actor, now=NOW)

    case.do(shortlist)
    everything(case)
    assert funnel(eva) == [5, 4, 4, 3, 2, 1, 1, 1], "who was on the shortlist still counts there"
    shown = page(eva)
    assert "Shortlisted On the shortlist, or selected without one 3 60 %" in shown
    html = eva.get(PATH).text
    assert '<svg role="img" aria-labelledby="chart-funnel-title chart-funnel-desc"' in html
    assert "5 opened applications: 2 selected, 1 with an agreed pilot." in html
    assert "style=" not in html and "<script>" not in html


def test_days_to_the_decision_and_their_median(case: Told) -> None:
    eva = case.as_("eva")
    assert "No decision has been released yet." in page(eva)
    case.do(steps.decide)
    (row,) = table(eva, "time-to-decision")
    assert (row["Short name"], row["Challenge"]) == ("labels", "Challenge labels")
    assert row["Days"] in {"2", "3"}
    assert f"Median: {row['Days']}" in page(eva)
    assert row["Deadline"].endswith("Z")


def test_what_waits_is_named_with_whom_it_waits_for(case: Told) -> None:
    eva = case.as_("eva")
    assert {row["Kind"]: row["How many"] for row in table(eva, "waiting")} == {"handler": "5"}
    assert "5 applications that nobody looks after" in page(eva)
    case.do(proposed)
    waiting = {row["Kind"]: row for row in table(eva, "waiting")}
    assert waiting["confirmation"]["For whom"] == "Approver"

    def confirmed(session: Session, world: World) -> None:
        from govmatch.decisions import queries  # noqa: PLC0415 -- only here

        decision = queries.selection_of(session, world.case)
        assert decision is not None
        confirm(session, world, decision)
        check_all(session, world, decision)

    case.do(confirmed)
    waiting = {row["Kind"]: row for row in table(eva, "waiting")}
    assert waiting["release"]["How many"] == "5"
    assert "5 letters to release" in page(eva)


def test_answers_milestones_and_deliveries_wait_until_their_day(case: Told) -> None:
    case.do(steps.decide)
    case.do(steps.answer("nordlys", "bo"))
    case.do(steps.pilot)
    case.do(
        lambda session, _: session.execute(
            update(Milestone).where(Milestone.number == 2).values(due=days(-3))
        )
    )
    case.do(
        lambda session, world: session.execute(
            update(Application)
            .where(Application.id == world.of("weser").id)
            .values(confirm_by=NOW - timedelta(days=1))
        )
    )
    rows = {row["Kind"]: row for row in table(case.as_("astrid"), "waiting")}
    assert rows["answer"]["Overdue"] == rows["milestone"]["Overdue"] == "yes"
    assert rows["milestone"]["What waits"] == "Milestone overdue: Trial"
    assert rows["milestone"]["For whom"] == "The firm: Nordlys"
    shown = page(case.as_("astrid"))
    assert "What waits 2, 2 overdue" in shown
    assert "1 firm has to answer" in shown


@pytest.mark.security(1)
def test_who_reviews_and_is_late_is_read_by_managers_and_auditors_alone(case: Told) -> None:
    case.do(owe)
    for name in ("eva", "jens"):
        browser = case.as_(name)
        (row,) = table(browser, "reviews")
        assert (row["Reviewer"], row["Open"], row["Overdue"]) == ("Finn", "2", "1")
        assert "Open reviews by reviewer" in page(browser)
        assert "2, 1 overdue" in page(browser)
    for name in ("astrid", "hanne"):
        browser = case.as_(name)
        assert browser.get(f"{PATH}/reviews.csv").status_code == 404
        assert "Finn" not in page(browser)


@pytest.mark.security(1)
def test_a_manager_of_another_programme_who_owns_the_authority_reads_no_reviewers(
    case: Told,
) -> None:
    case.do(owe)

    def appoint(session: Session, world: World) -> None:
        give(session, world.astrid, Role.MANAGER, "programme", world.case.programme_id + 1, NOW)

    case.do(appoint)
    astrid = case.as_("astrid")
    assert table(astrid, "reviews") == []
    assert "Finn" not in page(astrid)
    assert funnel(astrid)[0] == 5


@pytest.mark.security(1)
def test_a_conflict_takes_an_application_out_of_every_count(case: Told) -> None:
    case.do(owe)

    def close(session: Session, world: World) -> None:
        close_to(
            session, world.of("nordlys"), world.people["eva"].id, why="conflict",
            actor=acting(session, world.people["egon"]), now=NOW,
        )  # fmt: skip

    case.do(close)
    eva = case.as_("eva")
    assert funnel(eva)[:3] == [4, 3, 3]
    assert table(eva, "reviews")[0]["Open"] == "1"
    assert funnel(case.as_("egon"))[0] == 5


def test_the_filters_stand_in_the_address_and_in_the_files(case: Told) -> None:
    eva, year = case.as_("eva"), NOW.year
    assert funnel(eva, "?programme=labels&authority=safety")[0] == 5
    assert funnel(eva, "?year=1999&programme=none")[0] == 5, "what there is not narrows nothing"
    answer = eva.get(f"{PATH}?programme=labels&year={year}").text
    assert f"/reports/funnel.csv?programme=labels&amp;year={year}" in answer
    part = eva.get(f"{PATH}?programme=labels", **{"hx-request": "true"}).text
    assert part.strip() in eva.get(f"{PATH}?programme=labels").text


def test_more_challenges_take_no_more_statements(case: Told) -> None:
    case.do(owe)
    eva = case.as_("eva")
    eva.get(PATH)
    one = case.statements(eva, PATH)

    def more(session: Session, world: World) -> None:
        for slug in ("more", "again"):
            world.programmes[slug] = world.programmes["labels"]
            made = challenge(session, world, slug, NOW)
            made.closes = NOW - timedelta(hours=1)

    case.do(more)
    rows = table(eva, "waiting")
    assert sum(row["Kind"] == "opening" for row in rows) == 2
    assert case.statements(eva, PATH) == one


@pytest.mark.parametrize("lang", ["de", "da", "en"])
def test_every_language_has_the_whole_page(case: Told, lang: str) -> None:
    everything(case)
    case.do(owe)
    answer = case.as_("eva").get(f"{PATH}?lang={lang}")
    assert f'<html lang="{lang}">' in answer.text
    assert answer.text.count("<h1>") == 1
    for name in FILES:
        assert case.as_("eva").get(f"{PATH}/{name}.csv?lang={lang}").status_code == 200


def test_challenges_of_others_are_counted_nowhere(case: Told) -> None:
    def elsewhere(session: Session, world: World) -> None:
        session.execute(
            update(Challenge)
            .where(Challenge.id == world.case.id)
            .values(authority_id=world.case.authority_id + 1, state=Stage.IN_SELECTION.value)
        )

    case.do(elsewhere)
    assert funnel(case.as_("astrid")) == [0] * 8
    assert funnel(case.as_("eva"))[0] == 5
