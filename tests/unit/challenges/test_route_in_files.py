"""The procurement route in a challenge's files: written, read, checked and kept."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from govmatch.challenges import actions
from govmatch.challenges.content import check, sync
from govmatch.challenges.content.base import known_in_files
from govmatch.challenges.content.exporting import as_files
from govmatch.challenges.content.reading import read_challenges
from govmatch.challenges.content.route import option_of
from govmatch.challenges.models import Challenge, RouteChoice, State
from govmatch.challenges.routing import Chosen, Estimate, facts_of
from govmatch.challenges.statement import Words, tidy
from govmatch.kit.content import Folder, Problem, Report
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.errors import NotAllowed
from govmatch.procurement.kept import tables
from govmatch.procurement.suggesting import suggest
from govmatch.procurement.table import Buyer
from tests.unit.challenges.test_export import in_memory
from tests.unit.challenges.test_round_trip import HOSTILE, said
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    change_files,
    content_with,
    drafted,
    make_world,
    shipped_base,
    statement,
)
from tests.unit.challenges.world import settings as site_settings

SLUG = "commercial-register-entry"
AT = datetime(2026, 11, 2, 22, 30, tzinfo=UTC)
PLACE = {"country": "DK", "region": "Syddanmark"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return content_with(tmp_path / "content", SLUG)


def run(database: Database, folder: Path, **changes: Any) -> Report:
    own = site_settings(content_dir=folder, data_dir=folder.parent / "data", **changes)
    return sync(database, folder, settings=own, now=NOW, real_now=NOW)


def choices(database: Database) -> list[RouteChoice]:
    with database.reading() as session:
        found = list(session.scalars(select(RouteChoice).order_by(RouteChoice.id)))
        session.expunge_all()
    return found


@st.composite
def chosen(draw: st.DrawFn) -> tuple[Challenge, RouteChoice]:
    """Return a challenge, and a route that somebody could have chosen for it on its page."""
    words = {lang: Words(title="T", summary="S", body="B") for lang in ("en", "da")}
    challenge = in_memory(
        tidy(
            statement(
                words=words,
                main_lang="da",
                budget_min=1,
                budget_max=draw(st.integers(1, 9_000_000)),
                pilots_max=draw(st.integers(1, 3)),
                currency=draw(st.sampled_from(["DKK", "EUR"])),
            )
        )
    )
    challenge.authority.languages = ["da", "en"]
    challenge.authority.country, challenge.authority.region = PLACE["country"], PLACE["region"]
    estimate = Estimate(
        each=draw(st.sampled_from([challenge.budget_max or 1, 77_000])),
        pilots=draw(st.sampled_from([challenge.pilots_max, 7])),
        follow_on=draw(st.sampled_from([0, 125_000])),
        currency=draw(st.sampled_from([challenge.currency, "EUR", "DKK"])),
    )
    buyer = draw(st.sampled_from(Buyer))
    found = suggest(
        tables(CONTENT).every, value=estimate.total, currency=estimate.currency, buyer=buyer,
        on=AT.date(), **PLACE,
    )  # fmt: skip
    option = draw(st.sampled_from([None, *found.open]))
    named = "" if option else draw(st.sampled_from([one for one in HOSTILE if said(one)]))
    facts = facts_of(
        challenge, Chosen(estimate=estimate, buyer=buyer, option=option, named=said(named))
    )
    reason = draw(st.sampled_from(HOSTILE)) + "x"
    return challenge, RouteChoice(at=AT.replace(hour=12), facts=facts, reason=reason)


@settings(max_examples=120, deadline=None)
@given(given_=chosen())
def test_whatever_was_chosen_is_read_as_the_same(
    tmp_path_factory: pytest.TempPathFactory, given_: tuple[Challenge, RouteChoice]
) -> None:
    challenge, choice = given_
    folder = tmp_path_factory.mktemp("route")
    (folder / "challenges").mkdir()
    for lang, text in as_files(challenge, route=choice).items():
        (folder / "challenges" / f"made.{lang}.md").write_bytes(text.encode())
    problems: list[Problem] = []
    known = known_in_files(shipped_base(), Folder(CONTENT))
    ((_, found),) = read_challenges(Folder(folder), known, problems)
    assert problems == []
    assert found is not None and found.route is not None
    route = found.route
    option = option_of(route, found.statement, tables(CONTENT).every, **PLACE)
    again = Chosen(
        estimate=route.estimate(found.statement), buyer=route.buyer, option=option,
        named=route.named,
    )  # fmt: skip
    assert facts_of(challenge, again) == choice.facts
    assert "da" in found.reasons
    assert found.reasons["da"].endswith("x")
    assert route.at("Europe/Copenhagen").date() == AT.date()


def test_a_route_of_the_site_goes_into_files_and_comes_back(
    session: Session, tmp_path: Path
) -> None:
    world = make_world(session)
    challenge = drafted(session, world)
    found = suggest(
        tables(CONTENT).every, value=1_800_000, currency="DKK", country="DK", region="Syddanmark",
        buyer=Buyer.CENTRAL, on=NOW.date(),
    )  # fmt: skip
    option = next(one for one in found.open if one.id == "dk-2024/eu-wide")
    estimate = Estimate(each=600_000, pilots=3, follow_on=0, currency="DKK")
    choice = actions.choose_route(
        session, challenge, Chosen(estimate=estimate, buyer=Buyer.CENTRAL, option=option),
        reason="Anybody may win.", actor=world.astrid, now=NOW,
    )  # fmt: skip
    text = as_files(challenge, route=choice)[challenge.main_lang]
    block = text.partition("\nroute:\n")[2].splitlines()[:4]
    assert block == [
        "  choice: dk-2024/eu-wide",
        "  buyer: central",
        f"  on: {NOW.date().isoformat()}",
        '  reason: "Anybody may win."',
    ]
    challenge.budget_max = 1  # a route for another budget is none of what it says now
    assert "\nroute:" not in as_files(challenge, route=choice)[challenge.main_lang]


def test_files_that_name_a_route_record_it_once_with_its_day_and_reasons(
    database: Database, folder: Path
) -> None:
    assert run(database, folder).problems == []
    (kept,) = choices(database)
    assert (kept.person_id, kept.at.date().isoformat()) == (None, "2026-09-01")
    assert kept.facts["route"]["id"] == "de-bremen/tender-uvgo"
    assert set(kept.facts["reasons"]) == {"en", "de", "da"}
    assert kept.reason == kept.facts["reasons"]["de"], "the language of its authority"
    change_files(folder, SLUG, "title:", "title:  ")  # another text, the same route
    assert run(database, folder).problems == []
    assert len(choices(database)) == 1
    change_files(folder, SLUG, "buyer: regional", "buyer: municipal")
    assert run(database, folder).problems == []
    assert [one.facts["buyer"] for one in choices(database)] == ["regional", "municipal"]


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("de-bremen/tender-uvgo", "de-bremen/none", "route.choice", "has the route de-bremen/none"),
        ("de-bremen/tender-uvgo", "de-bremen/direct-order", "route.choice", "not open to 120000"),
        ("de-bremen/tender-uvgo", "de-hamburg/simplified", "route.choice", "not open to 120000"),
        ("on: 2026-09-01", "on: 2020-09-01", "route.choice", "on 2020-09-01"),
        ("buyer: regional", "buyer: royal", "route.buyer", "royal"),
        ("buyer: regional", "buyer: regional\n  named: x", "route", "Either a route of a table"),
        ("  reason:", "  # reason:", "route.reason", "The reason for the route is missing"),
    ],
)
def test_a_wrong_route_is_named_with_line_and_remedy(
    folder: Path, old: str, new: str, field: str, said: str
) -> None:
    change_files(folder, SLUG, old, new)
    report = check(folder)
    found = [one for one in report.problems if one.field == field]
    assert found, [str(one.field) for one in report.problems]
    assert said in str(found[0].message)
    assert str(found[0].remedy)
    lines = (folder / found[0].path).read_text("utf-8").splitlines()
    assert 17 < found[0].line <= 17 + 7 and "route" in "\n".join(lines[16 : found[0].line])


def test_files_that_differ_in_the_route_are_told_and_may_differ_in_its_words(
    folder: Path,
) -> None:
    change_files(folder, SLUG, "buyer: regional", "buyer: municipal", "da")
    (problem,) = check(folder).problems
    assert (problem.path, problem.field) == (f"challenges/{SLUG}.da.md", "route")


def test_a_route_from_files_is_no_way_around_the_files_alone(
    session: Session, tmp_path: Path
) -> None:
    world = make_world(session)
    challenge = drafted(session, world)
    chosen_: Any = Chosen(
        estimate=Estimate(each=1, pilots=1, follow_on=0, currency="DKK"),
        buyer=Buyer.CENTRAL, option=None, named="Any",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.choose_route_from_file(
            session, challenge, chosen_, reasons={}, at=NOW, actor=world.astrid, now=NOW
        )
    assert session.scalars(select(RouteChoice)).all() == []
    commit(session)


def test_without_the_route_that_its_programme_wants_a_file_stays_a_draft(
    database: Database, tmp_path: Path
) -> None:
    slug = "scanning-technology"
    folder = content_with(tmp_path / "content", slug)
    whole = {path: path.read_text("utf-8") for path in folder.glob(f"challenges/{slug}.*.md")}
    for path, text in whole.items():
        path.write_text(re.sub(r"^route:\n(?:  .*\n)+", "", text, flags=re.MULTILINE), "utf-8")

    def state() -> State:
        with database.reading() as session:
            return State(session.scalars(select(Challenge.state)).one())

    for _ in range(2):  # it is said again as long as it is so
        report = run(database, folder, content_counts_as_approval=True)
        assert [one.field for one in report.problems] == ["route"]
        assert state() is State.DRAFT
    for path, text in whole.items():
        path.write_text(text, "utf-8")
    assert run(database, folder, content_counts_as_approval=True).problems == []
    assert state() is State.PUBLISHED
