"""A challenge written to files and read again is the same challenge."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from govmatch.challenges import actions
from govmatch.challenges.content import check, export, sync
from govmatch.challenges.content.base import known_in_files
from govmatch.challenges.content.exporting import as_files
from govmatch.challenges.content.reading import read_challenges
from govmatch.challenges.content.whole import FromFiles
from govmatch.challenges.models import Challenge, ChallengeTerm, ChallengeText
from govmatch.challenges.statement import Statement, Weight, Words, statement_of, tidy
from govmatch.kit import journal
from govmatch.kit.content import Done, Folder, Problem
from govmatch.kit.db import Database, commit
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme, Round
from govmatch.settings import Mode
from tests.unit.challenges import world
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    QUESTIONS,
    change_files,
    content_with,
    make_world,
    shipped_base,
    statement,
)

ALL = tuple(sorted({path.name.split(".")[0] for path in (CONTENT / "challenges").glob("*.md")}))


def read_all(folder: Path) -> dict[str, FromFiles]:
    problems: list[Problem] = []
    found = read_challenges(
        Folder(folder), known_in_files(shipped_base(), Folder(folder)), problems
    )
    whole = {slug: one for slug, one in found if one is not None}
    assert problems == []
    return whole


def run(database: Database, folder: Path, mode: Mode) -> dict[str, Done]:
    own = world.settings(
        mode,
        content_dir=folder,
        data_dir=folder.parent / "data",
        content_counts_as_approval=mode is not Mode.PRODUCTION,
    )
    report = sync(database, folder, settings=own, now=NOW, real_now=NOW)
    assert report.problems == []
    return {one.slug: one.done for one in report.outcomes if one.kind == "challenge"}


def write_back(database: Database, folder: Path) -> None:
    """Replace the challenges of a content folder by what is in the database."""
    shutil.rmtree(folder / "challenges")
    with database.reading() as session:
        for challenge in session.scalars(select(Challenge)):
            export(
                session,
                challenge,
                folder / "challenges",
                files_dir=folder.parent / "data" / "files",
            )


@pytest.mark.parametrize("mode", [Mode.DEMO, Mode.PRODUCTION])
def test_what_ships_is_the_same_after_a_round_through_the_database(
    database: Database, tmp_path: Path, mode: Mode
) -> None:
    folder = content_with(tmp_path / "content", *ALL)
    run(database, folder, mode)
    before = read_all(folder)
    with database.reading() as session:
        head = journal.last_id(session)
    write_back(database, folder)
    after = read_all(folder)
    assert set(after) == set(ALL)
    for slug, one in after.items():
        assert one.statement == before[slug].statement
        assert (one.demo, one.approval, one.amendment) == (
            before[slug].demo,
            before[slug].approval,
            before[slug].amendment,
        )
    # Loading what was written changes nothing, and writing it again gives the same files.
    assert set(run(database, folder, mode).values()) == {Done.UNCHANGED}
    with database.reading() as session:
        assert journal.last_id(session) == head
    texts = {path.name: path.read_bytes() for path in (folder / "challenges").iterdir()}
    write_back(database, folder)
    assert {p.name: p.read_bytes() for p in (folder / "challenges").iterdir()} == texts


def test_after_an_amendment_the_true_dates_are_written(database: Database, tmp_path: Path) -> None:
    folder = content_with(tmp_path / "content", "scanning-technology")
    run(database, folder, Mode.DEMO)
    change_files(
        folder, "scanning-technology", "closes: 2027-02-22T12:00", "closes: 2027-03-01T12:00"
    )
    change_files(
        folder, "scanning-technology", "status: draft", 'status: draft\namendment: "More time."'
    )
    assert run(database, folder, Mode.DEMO) == {"scanning-technology": Done.AMENDED}
    write_back(database, folder)
    text = (folder / "challenges" / "scanning-technology.de.md").read_text("utf-8")
    assert "closes: 2027-03-01T12:00" in text
    assert "opens: 2026-11-07T09:00" in text  # the demonstration's, fourteen days before
    assert 'amendment: "More time."' in text
    assert run(database, folder, Mode.DEMO) == {"scanning-technology": Done.UNCHANGED}


def test_a_challenge_of_the_site_can_be_written_and_read(
    database: Database, tmp_path: Path
) -> None:
    folder = content_with(tmp_path / "content")
    run(database, folder, Mode.PRODUCTION)
    words = {
        **statement().words,
        "de": Words(title="Lesen", summary="Wer?", body="## Warum\n\nDas."),
    }
    with database.writing() as session:
        made = make_world(session)
        actions.create(session, statement(words=words), actor=made.astrid, now=NOW, slug="labels")
        commit(session)
    write_back(database, folder)
    assert check(folder).problems == []
    assert run(database, folder, Mode.PRODUCTION) == {"labels": Done.UNCHANGED}
    with database.reading() as session:
        assert session.scalars(select(Challenge.source_path)).one() is None


def test_papers_are_written_beside_their_challenge(database: Database, tmp_path: Path) -> None:
    folder = content_with(tmp_path / "content", "scanning-technology")
    papers = folder / "challenges" / "scanning-technology"
    papers.mkdir()
    (papers / "plan.txt").write_text("A plan.")
    change_files(
        folder,
        "scanning-technology",
        "attachments: []",
        'attachments:\n  - {file: plan.txt, title: "The plan"}',
    )
    run(database, folder, Mode.PRODUCTION)
    write_back(database, folder)
    assert (papers / "plan.txt").read_text() == "A plan."
    assert run(database, folder, Mode.PRODUCTION) == {"scanning-technology": Done.UNCHANGED}


def test_a_link_in_the_way_is_replaced_and_not_followed(database: Database, tmp_path: Path) -> None:
    folder = content_with(tmp_path / "content", "scanning-technology")
    run(database, folder, Mode.PRODUCTION)
    outside = tmp_path / "precious.txt"
    outside.write_text("precious")
    path = folder / "challenges" / "scanning-technology.de.md"
    path.unlink()
    path.symlink_to(outside)
    with database.reading() as session:
        (challenge,) = session.scalars(select(Challenge))
        export(session, challenge, folder / "challenges", files_dir=tmp_path)
        assert outside.read_text() == "precious"
        assert not path.is_symlink()
        challenge.slug = "../evil"
        with pytest.raises(ValueError, match="evil"):
            export(session, challenge, folder / "challenges", files_dir=tmp_path)
    assert not (folder / "evil.de.md").exists()
    left = [one.name for one in (folder / "challenges").iterdir() if one.name.startswith(".")]
    assert left == []


def in_memory(one: Statement) -> Challenge:
    """Return a statement as the rows of a challenge, without a database."""
    terms = [
        *(("theme", slug) for slug in one.themes),
        *(("technology", slug) for slug in one.technologies),
    ]
    return Challenge(
        slug="made",
        authority=Authority(slug=one.authority),
        programme=Programme(slug=one.programme),
        round=Round(slug=one.round) if one.round else None,
        zone=one.zone,
        opens=one.opens,
        questions_until=one.questions_until,
        closes=one.closes,
        budget_min=one.budget_min,
        budget_max=one.budget_max,
        currency=one.currency,
        pilots_max=one.pilots_max,
        eligibility=one.eligibility,
        criteria=[weight.as_data() for weight in one.criteria],
        questions=list(one.questions),
        cpv=list(one.cpv),
        contact=dict(one.contact),
        attachments=[],
        main_lang=one.main_lang,
        source_facts={},
        texts=[
            ChallengeText(lang=lang, title=words.title, summary=words.summary, body=words.body)
            for lang, words in one.words.items()
        ],
        terms=[
            ChallengeTerm(kind=kind, slug=slug, position=n) for n, (kind, slug) in enumerate(terms)
        ],
    )


# Whatever people may type: quotation marks, hyphens, colons, other scripts, what looks like YAML.
TEXT = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=60),
    st.sampled_from(
        [
            '"',
            "---",
            "a: b",
            "no",
            "0123",
            "{x}",
            "\\",
            "'",
            "# x",
            "*",
            "&a",
            "!x",
            "- x",
            "ø",
            "\t",
        ]
    ),
)
LINE = TEXT.filter(lambda text: tidy_line(text) != "")
BODY = (
    st.lists(TEXT, min_size=1, max_size=6)
    .map("\n".join)
    .filter(lambda text: tidy_line(text) != "" and "<" not in text)
)


def tidy_line(text: str) -> str:
    whole = statement(words={"en": Words(title=text)})
    return tidy(whole).words["en"].title if tidy(whole).words else ""


def minutes(zone: str) -> st.SearchStrategy[datetime]:
    """Return times of the clock on the wall, to the minute, that exist and come but once."""
    walls = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001
        lambda wall: wall.replace(hour=12, second=0, microsecond=0)
    )
    return walls.map(lambda wall: wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    zone = draw(st.sampled_from(["Europe/Copenhagen", "Europe/London", "Asia/Kathmandu", "UTC"]))
    opens = draw(minutes(zone))
    low = draw(st.one_of(st.none(), st.integers(0, 500)))
    labels = {lang: draw(LINE) for lang in ("en", "de", "da")}
    question: dict[str, Any] = {**QUESTIONS[0], "label": labels}
    return statement(
        words={
            lang: Words(title=draw(LINE), summary=draw(LINE), body=draw(BODY))
            for lang in ("de", "da", "en")
        },
        zone=zone,
        opens=opens,
        questions_until=opens + timedelta(days=2),
        closes=opens + timedelta(days=4),
        round=draw(st.sampled_from(["govtech-1", None])),
        themes=tuple(
            draw(st.permutations(["inspections", "culture", "open-data"]))[
                : draw(st.integers(1, 3))
            ]
        ),
        technologies=draw(st.sampled_from([(), ("forms",), ("search", "forms")])),
        budget_min=low,
        budget_max=draw(st.integers(500, 1_000_000)),
        currency=draw(st.sampled_from(["EUR", "DKK", "GBP"])),
        pilots_max=draw(st.integers(1, 3)),
        countries=draw(st.sampled_from([("NO",), ("EU", "EEA"), ("DK", "DE", "GB")])),
        languages=draw(st.sampled_from([("da",), ("no", "en"), ("de", "da", "en")])),
        requires=draw(st.sampled_from([(), ("iso-27001",)])),
        criteria=(
            Weight(id="fit", weight=100 - (n := draw(st.integers(1, 99)))),
            Weight(id="team", weight=n, minimum=draw(st.sampled_from([None, 1, 5]))),
        ),
        questions=draw(st.sampled_from([(), (question,)])),
        contact={"name": draw(LINE), "email": "no@on.example", "phone": "+45 00 00 10 02"},
        main_lang="da",
    )


@settings(max_examples=120)
@given(one=statements())
def test_whatever_is_written_is_read_as_the_same(
    tmp_path_factory: pytest.TempPathFactory, one: Statement
) -> None:
    folder = tmp_path_factory.mktemp("round")
    (folder / "challenges").mkdir()
    challenge = in_memory(tidy(one))
    for lang, text in as_files(challenge).items():
        (folder / "challenges" / f"made.{lang}.md").write_text(text, "utf-8")
    problems: list[Problem] = []
    known = known_in_files(shipped_base(), Folder(CONTENT))
    ((slug, found),) = read_challenges(Folder(folder), known, problems)
    assert slug == "made"
    assert problems == []
    assert found is not None
    assert found.statement == tidy(statement_of(challenge))
    assert found.statement == replace(tidy(one), main_lang="da")
