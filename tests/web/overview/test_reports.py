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
from tests.site import Browser, Site, text_of, without_keys
from tests.unit.decisions.acting import NOW, acting, check_all, confirm, proposed
from tests.unit.pilots.making import days
from tests.web.applications.world import challenge, give
from tests.web.decisions.world import World
from tests.web.explore import results_world as steps
from tests.web.explore.results_world import Told, told

PATH = "/reports"
FILES = ("funnel", "time-to-decision", "waiting", "reviews")
VIEWS = ("", "/tasks", "/scores", "/firms", "/needs", "/trends")
FIGURES = (
    *("funnel", "time-to-decision", "workload", "conflicts", "sizes", "regions", "needs", "trends"),
)
CONTENTS = ("waiting", "criteria", "scores", "trace")
NAMES = ("reviews", "managers", "approvers")
READERS = ("eva", "egon", "astrid", "hanne", "jens")
OTHERS = ("bo", "finn")
TASKS = "/tasks"
KINDS = ("csv", "xlsx")


@pytest.fixture
def case(site: Site) -> Told:
    """Five opened applications, four of them reviewed, one ineligible."""
    made = told(site)
    made.do(promise)
    return made


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


def promise(session: Session, world: World) -> None:
    """Let the programme promise a decision within two days."""
    run = world.programmes["labels"]
    run.facts = {**run.facts, "decision_days": 2}


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
    paths = [
        *(f"{PATH}{view}" for view in VIEWS),
        *(f"{PATH}/{name}.{kind}" for name in (*FIGURES, *CONTENTS, *NAMES) for kind in KINDS),
    ]
    for name in OTHERS:
        browser = case.as_(name)
        assert {path: browser.get(path).status_code for path in paths} == dict.fromkeys(paths, 403)
    for path in paths:
        assert case.site.visit().get(path).headers["location"].startswith("/login")
    for name in READERS:
        assert funnel(case.as_(name))[0] == 5
        for path in ("/nothing", "/nothing.csv", "/nothing.xlsx"):
            assert case.as_(name).get(f"{PATH}{path}").status_code == 404
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
    assert "Shortlisted On the shortlist, or selected without one 3 60 % 1 25 %" in shown
    html = eva.get(PATH).text
    assert '<svg role="img" aria-labelledby="chart-funnel-title chart-funnel-desc"' in html
    assert "5 opened applications: 2 selected, 1 with an agreed pilot." in html
    assert " style=" not in html and "<script>" not in html


def test_days_to_the_decision_and_their_median(case: Told) -> None:
    eva = case.as_("eva")
    (row,) = table(eva, "time-to-decision")
    assert row["Decision released"] == ""
    case.do(steps.decide)
    (row,) = table(eva, "time-to-decision")
    assert (row["Short name"], row["Challenge"]) == ("labels", "Challenge labels")
    assert row["Days"] in {"2", "3"}
    assert f"Half of the decisions took {row['Days']}.0 days or fewer" in page(eva)
    assert row["Deadline"].endswith("Z")


def test_each_decision_is_held_against_what_was_promised(case: Told) -> None:
    def with_days(days: int | None) -> tuple[str, str, str]:
        def act(_: Session, world: World) -> None:
            facts = {k: v for k, v in world.programmes["labels"].facts.items() if "days" not in k}
            promised = {} if days is None else {"decision_days": days}
            world.programmes["labels"].facts = {**facts, **promised}

        case.do(act)
        (row,) = table(eva, "time-to-decision")
        return row["Days promised"], row["Promise"], page(eva)

    eva = case.as_("eva")
    assert with_days(9)[:2] == ("9", "Can still be kept")
    assert with_days(1)[:2] == ("1", "Not kept"), "it is broken although nothing is decided"
    assert "not kept" in page(eva) and "was kept in 0 of 1 cases (0 %)" in page(eva)
    case.do(steps.decide)
    assert with_days(1)[1] == "Not kept"
    promised, mark, shown = with_days(30)
    assert (promised, mark) == ("30", "Kept")
    assert "The promise of the programme was kept in 1 of 1 cases (100 %)." in shown
    assert "Promised: 30" in shown and "Promises kept 100 %" in shown
    assert with_days(None)[1] == "Nothing promised"
    assert "No case can be held against a promised number" in page(eva)


def test_what_was_promised_at_the_publication_counts_and_not_what_is_promised_later(
    case: Told,
) -> None:
    def recorded(days: int | None) -> tuple[str, str, str]:
        case.do(lambda _, world: setattr(world.case, "promised_days", days))
        (row,) = table(eva, "time-to-decision")
        return row["Days promised"], row["Promise"], row["Promise as of"]

    eva = case.as_("eva")
    case.do(steps.decide)
    promised, _, as_of = recorded(None)
    assert (promised, as_of) == ("2", "today")
    shown = page(eva)
    assert "For 1 case nothing was recorded at its publication" in shown
    assert "2 today's promise" in shown
    assert recorded(40) == ("40", "Kept", "publication")
    assert recorded(1) == ("1", "Not kept", "publication")
    shown = page(eva)
    assert "nothing was recorded" not in shown and "today's promise" not in shown
    assert recorded(0) == ("", "Nothing promised", ""), "nothing was promised then"
    assert "No case can be held against a promised number" in page(eva)


def test_what_waits_is_named_with_whom_it_waits_for(case: Told) -> None:
    eva = case.as_("eva")
    assert {row["Kind"]: row["How many"] for row in table(eva, "waiting")} == {"handler": "5"}
    assert "5 applications that nobody looks after" in page(eva, TASKS)
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
    assert "5 letters to release" in page(eva, TASKS)


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
    assert "1 firm has to answer" in page(case.as_("astrid"), TASKS)


@pytest.mark.security(1)
def test_who_reviews_and_is_late_is_read_by_managers_and_auditors_alone(case: Told) -> None:
    case.do(owe)
    for name in ("eva", "jens"):
        browser = case.as_(name)
        row = next(row for row in table(browser, "reviews") if row["Reviewer"] == "Finn")
        assert (row["Assigned"], row["Handed in"]) == ("4", "2")
        assert (row["Open"], row["Overdue"]) == ("2", "1")
        assert "Reviews by reviewer" in page(browser, TASKS)
        assert "2, 1 overdue" in page(browser, TASKS)
    for name in ("astrid", "hanne", "kim"):
        browser = case.as_(name)
        assert {browser.get(f"{PATH}/{one}.csv").status_code for one in NAMES} == {404}
        assert "Finn" not in page(browser, TASKS)
        (row,) = [row for row in table(browser, "workload") if row["Who"] == "Reviewers"]
        assert (row["Given"], row["Open"], row["Overdue"]) == ("8", "2", "1")


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
    assert "Finn" not in page(astrid, TASKS)
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
    assert next(row for row in table(eva, "reviews") if row["Reviewer"] == "Finn")["Open"] == "1"
    assert funnel(case.as_("egon"))[0] == 5


def test_the_filters_stand_in_the_address_and_in_the_files(case: Told) -> None:
    eva, year = case.as_("eva"), NOW.year
    assert funnel(eva, "?programme=labels&authority=safety")[0] == 5
    assert funnel(eva, "?year=x&programme=none")[0] == 5, "what there is not narrows nothing"
    assert funnel(eva, "?year=1999") == [0] * 8
    answer = eva.get(f"{PATH}?programme=labels&year={year}").text
    assert f"/reports/funnel.csv?programme=labels&amp;since={year}-01-01" in answer
    assert funnel(eva, f"?since={year + 1}-01-01") == [0] * 8
    assert funnel(eva, f"?until={year - 1}-12-31") == [0] * 8
    assert funnel(eva, f"?since={year - 1}-01-01&until={year + 1}-01-01&country=DK")[0] == 5
    assert funnel(eva, "?since=x&until=9999-99-99&country=QQ&round=none")[0] == 5
    part = eva.get(f"{PATH}?programme=labels", **{"hx-request": "true"}).text
    whole = eva.get(f"{PATH}?programme=labels").text
    assert without_keys(part).strip() in without_keys(whole)


def test_more_challenges_take_no_more_statements(case: Told) -> None:
    eva = case.as_("eva")
    everything(case)
    case.do(owe)
    paths = [f"{PATH}{view}" for view in VIEWS]
    for path in paths:
        eva.get(path)
    before = {path: case.statements(eva, path) for path in paths}

    def more(session: Session, world: World) -> None:
        for slug in ("more", "again"):
            world.programmes[slug] = world.programmes["labels"]
            made = challenge(session, world, slug, NOW)
            made.closes = NOW - timedelta(hours=1)

    case.do(more)
    rows = table(eva, "waiting")
    assert sum(row["Kind"] == "opening" for row in rows) == 2
    for path in paths:
        eva.get(path)
    assert {path: case.statements(eva, path) for path in paths} == before


@pytest.mark.parametrize("lang", ["de", "da", "en"])
def test_every_language_has_the_whole_page(case: Told, lang: str) -> None:
    everything(case)
    case.do(owe)
    eva = case.as_("eva")
    for view in VIEWS:
        answer = eva.get(f"{PATH}{view}?lang={lang}")
        assert f'<html lang="{lang}">' in answer.text
        assert answer.text.count("<h1>") == 1
        assert " style=" not in answer.text and "<script>" not in answer.text
    for name in (*FIGURES, *CONTENTS, *NAMES):
        assert {eva.get(f"{PATH}/{name}.{kind}?lang={lang}").status_code for kind in KINDS} == {200}


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
