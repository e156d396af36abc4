"""Below /reports: work, conflicts, scores, firms, needs and trends, each for those who may."""

import csv
import io
import re
from zipfile import ZipFile

import pytest
from sqlalchemy import select, update

from govmatch.accounts.models import Role
from govmatch.applications.actions.access import close as close_to
from govmatch.challenges.models import ChallengeText
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.needs.models import Need, NeedText
from govmatch.organisations.models import Firm
from govmatch.pilots.models import Pilot
from govmatch.reviews.models import Conflict, Score
from govmatch.reviews.suspicion_models import Suspicion
from tests.site import Browser, Site, text_of
from tests.unit.decisions.acting import NOW, acting
from tests.web.applications.world import give
from tests.web.decisions.world import World
from tests.web.explore import results_world as steps
from tests.web.explore.results_world import Told, told

PATH = "/reports"


@pytest.fixture
def case(site: Site) -> Told:
    """Five opened applications, four of them reviewed, one ineligible."""
    return told(site)


def table(browser: Browser, name: str, query: str = "") -> list[dict[str, str]]:
    answer = browser.get(f"{PATH}/{name}.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def piloted(case: Told) -> None:
    case.do(steps.decide)
    case.do(steps.answer("nordlys", "bo"))
    case.do(steps.pilot)
    case.do(steps.outcome)


def suspect(session: Session, world: World) -> None:
    """Note two conflicts of Finn's and Rosa's, and three that are inferred."""
    finn, rosa = world.people["finn"].id, world.people["rosa"].id
    for name, person, kind in (("nordlys", finn, "declared"), ("weser", rosa, "cleared")):
        session.add(Conflict(application_id=world.of(name).id, person_id=person, kind=kind, at=NOW))
    for name, state in (("nordlys", "open"), ("weser", "confirmed"), ("fjord", "cleared")):
        session.add(
            Suspicion(
                application_id=world.of(name).id, person_id=rosa, kinds=["family"], state=state,
                found_at=NOW,
            )
        )  # fmt: skip


@pytest.mark.security(1)
def test_conflicts_are_counted_and_nobody_is_named(case: Told) -> None:
    case.do(suspect)
    for name in ("eva", "astrid", "jens", "kim"):
        browser = case.as_(name)
        (row,) = table(browser, "conflicts")
        assert [int(row[key]) for key in ("Declared", "Noted and cleared", "Inferred")] == [1, 1, 3]
        assert row["Inferred, still open"] == row["Inferred and cleared"] == "1"
        part = browser.get(f"{PATH}/tasks").text.partition('id="conflicts-heading"')[2]
        assert "Conflicts of interest" in part
        assert not {"Finn", "Rosa", "Nordlys"} & set(re.findall(r"\w+", text_of(part)))


@pytest.mark.security(1)
def test_a_conflict_of_the_reader_is_in_no_number_of_theirs(case: Told) -> None:
    def close(session: Session, world: World) -> None:
        close_to(
            session, world.of("nordlys"), world.people["eva"].id, why="conflict",
            actor=acting(session, world.people["egon"]), now=NOW,
        )  # fmt: skip

    case.do(suspect)
    case.do(close)
    eva, egon = case.as_("eva"), case.as_("egon")
    assert [row["Inferred"] for row in table(eva, "conflicts")] == ["2"]
    assert [row["Inferred"] for row in table(egon, "conflicts")] == ["3"]
    assert [row["Reviews"] for row in table(eva, "scores")] == ["6"]
    assert [row["Reviews"] for row in table(egon, "scores")] == ["8"]


@pytest.mark.security(1)
def test_administrators_read_the_figures_and_none_of_the_contents(case: Told) -> None:
    piloted(case)
    kim = case.as_("kim")
    assert table(kim, "funnel")[0]["Applications"] == "5"
    assert "You read the figures of all challenges." in text_of(kim.get(PATH).text)
    assert kim.get(f"{PATH}/scores").status_code == 404
    for name in ("waiting", "criteria", "scores", "trace", "reviews", "managers", "approvers"):
        for kind in ("csv", "xlsx"):
            assert kim.get(f"{PATH}/{name}.{kind}").status_code == 404
    for view in ("", "/tasks", "/firms", "/needs", "/trends"):
        words = text_of(kim.get(f"{PATH}{view}").text)
        assert not {"Nordlys", "Weser", "Finn", "Rosa", "Eva"} & set(re.findall(r"\w+", words))


def test_points_are_spread_over_each_criterion(case: Told) -> None:
    eva = case.as_("eva")
    rows = {row["Criterion"]: row for row in table(eva, "criteria")}
    assert list(rows) == ["Fit", "Team"]
    fit = rows["Fit"]
    assert [fit[f"{n} points"] for n in (5, 4, 3, 2)] == ["2", "2", "4", "0"]
    assert fit["1 point"] == "0" and fit["Mean"] == "3.75"
    (row,) = table(eva, "scores")
    assert (row["Short name"], row["Reviews"]) == ("labels", "8")
    html = eva.get(f"{PATH}/scores?challenge=labels").text
    assert '<svg role="img" aria-labelledby="chart-criteria-1-title chart-criteria-1-desc"' in html
    assert "8 reviews, mean 3.75" in html


@pytest.mark.parametrize(("lang", "point"), [("en", "."), ("de", ","), ("da", ",")])
def test_means_have_the_same_digits_whatever_they_are(case: Told, lang: str, point: str) -> None:
    def agree(session: Session, _: World) -> None:
        session.execute(update(Score).where(Score.criterion == "team").values(points=4))

    case.do(agree)
    html = case.as_("eva", lang=lang).get(f"{PATH}/scores?challenge=labels&lang={lang}").text
    for mean in ("3.75", "4.00"):
        assert f">{mean.replace('.', point)}</td>" in html


@pytest.mark.security(1)
def test_who_sits_on_a_jury_reads_no_scores_of_it_here(case: Told) -> None:
    def seat(session: Session, world: World) -> None:
        give(session, world.eva, Role.REVIEWER, "challenge", world.case.id, NOW)

    case.do(seat)
    eva = case.as_("eva")
    for query in ("", "?challenge=labels"):
        assert table(eva, "scores", query) == table(eva, "criteria", query) == []
        assert "chart-criteria" not in eva.get(f"{PATH}/scores{query}").text


@pytest.mark.security(4)
def test_few_firms_of_a_size_or_region_are_not_numbered(case: Told) -> None:
    def say(session: Session, world: World) -> None:
        for firm in session.scalars(select(Firm)):
            firm.size = "small"
        for name in ("nordlys", "weser"):
            world.of(name).firm.region = "Sjælland"

    case.do(say)
    eva = case.as_("eva")
    assert table(eva, "sizes") == [
        {"Size": "Small: fewer than 50 people", "Applied": "5", "Shortlisted": "0", "Selected": "0"}
    ]
    assert {row["Applied"] for row in table(eva, "regions")} == {"fewer than five"}
    case.do(steps.decide)
    (row,) = table(eva, "sizes")
    assert row["Selected"] == row["Shortlisted"] == "fewer than five"


def make_need(session: Session, world: World) -> None:
    need = Need(
        public_id=public_id(), programme_id=world.case.programme_id, theme="registers",
        country="DK", main_lang="en", state="taken_up", by=world.bo.id,
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    need.texts = [NeedText(lang="en", title="Labels take too long")]
    session.add(need)
    session.flush()
    world.case.need_id = need.id


def test_a_need_is_followed_to_the_outcome_of_its_pilot(case: Told) -> None:
    case.do(make_need)
    eva = case.as_("eva")
    steps_before = [row["Needs"] for row in table(eva, "needs")]
    assert steps_before == ["1", "1", "1", "1", "0", "0", "0"]
    (row,) = table(eva, "trace")
    assert (row["Need"], row["Applications"], row["Pilot"]) == ("Labels take too long", "5", "")
    piloted(case)
    assert [row["Needs"] for row in table(eva, "needs")] == ["1", "1", "1", "1", "1", "1", "0"]
    (row,) = table(eva, "trace")
    assert (row["Selected"], row["Firm"]) == ("2", "Nordlys")
    assert row["Outcome"]
    with case.site.database.reading() as session:
        pilot = session.scalars(select(Pilot.public_id)).one()
        need = session.scalars(select(Need.public_id)).one()
    html = eva.get(f"{PATH}/needs").text
    for address in (f"/needs/{need}", "/challenges/labels", f"/pilots/{pilot}"):
        assert f'href="{address}"' in html
        assert eva.get(address).status_code == 200


@pytest.mark.security(1)
def test_a_hidden_need_is_traced_by_its_programme_alone(case: Told) -> None:
    def hide(session: Session, world: World) -> None:
        make_need(session, world)
        session.scalars(select(Need)).one().hidden_at = NOW

    case.do(hide)
    assert len(table(case.as_("eva"), "trace")) == 1
    astrid = case.as_("astrid")
    assert table(astrid, "trace") == []
    assert "Labels take too long" not in astrid.get(f"{PATH}/needs").text


def test_quarters_count_what_their_deadlines_led_to(case: Told) -> None:
    piloted(case)
    (row,) = table(case.as_("eva"), "trends")
    names = ("Opened challenges", "Applications", "Selected", "Pilots")
    assert [row[name] for name in names] == ["1", "5", "2", "1"]
    # What two days of 24 hours are in dates, and a run of the tests may pass midnight.
    assert row["Median days to the decision"] in {"1.0", "2.0", "3.0"}
    assert "From quarter to quarter" in text_of(case.as_("eva").get(f"{PATH}/trends").text)


def test_a_workbook_has_the_rows_of_the_csv_and_calculates_none(case: Told) -> None:
    case.do(steps.decide)
    case.do(lambda session, _: session.execute(update(ChallengeText).values(title="=1+1")))
    eva = case.as_("eva")
    answer = eva.get(f"{PATH}/time-to-decision.xlsx?programme=labels")
    assert re.search(r'"time-to-decision-[0-9-]+\.xlsx"', answer.headers["content-disposition"])
    with ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == len(table(eva, "time-to-decision")) + 1
    assert "<f>" not in sheet and ">=1+1<" in sheet
    assert table(eva, "time-to-decision")[0]["Challenge"] == "'=1+1"
