"""Matching follows the journal: what is kept is what making everything anew would keep."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.glossary import actions as glossary
from govmatch.glossary.entries import Word, WordKind
from govmatch.glossary.models import GlossaryEntry
from govmatch.kit.actor import Actor, Held
from govmatch.kit.clock import real_now
from govmatch.kit.content import Folder
from govmatch.kit.db import Database, commit
from govmatch.matching import queries
from govmatch.matching.models import KeptMatch, KeptProfile, MatchState, TermCount
from govmatch.organisations.actions import close_firm, save_profile
from govmatch.organisations.actions.loading import load_firm
from govmatch.organisations.firm_files import read_firms
from govmatch.organisations.models import Firm
from govmatch.organisations.profile import Visibility
from govmatch.organisations.queries import profile_of
from govmatch.settings import Settings, shipped
from govmatch.worker.matching import Matcher
from tests.site import settings_for
from tests.unit.challenges.world import make_world, published
from tests.unit.organisations.samples import NOW, lead_of

ADMINISTRATOR = Actor(person_id=None, roles=frozenset({Held(Role.ADMINISTRATOR, "site", 0)}))
SMALL_ENOUGH, TOO_LARGE = 300, 0
"""Whether every change counts all terms anew, or only the night does."""

Rows = list[tuple[str, int, int, float, bool]]


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    return settings_for(database, tmp_path)


def add_firms(database: Database, *, first: int, most: int) -> list[int]:
    """Load some of the demonstration's firms and return their ids."""
    found = read_firms(Folder(shipped("content")), [], today=real_now().date())
    with database.writing() as session:
        chosen = found[first : first + most]
        ids = [load_firm(session, one, actor=ADMINISTRATOR, now=NOW).id for one in chosen]
        commit(session)
    return ids


def add_challenge(database: Database) -> None:
    """Publish a challenge that stays open for weeks, whenever this is run."""
    with database.writing() as session:
        days = {"opens": 2, "questions_until": 30, "closes": 50}
        dates = {name: real_now() + timedelta(days=n) for name, n in days.items()}
        published(session, make_world(session), **dates)
        commit(session)


def matcher(settings: Settings, database: Database, *, small: int = SMALL_ENOUGH) -> Matcher:
    return Matcher(settings, database, small=small)


def follow(made: Matcher) -> None:
    while made.step():
        pass


def kept(database: Database) -> Rows:
    with database.reading() as session:
        rows = session.scalars(select(KeptMatch).order_by(KeptMatch.kind, KeptMatch.id))
        return sorted(
            (one.kind, one.id, one.other_id, round(one.score, 5), one.is_ruled_out) for one in rows
        )


def pairs(rows: Rows) -> set[tuple[str, int, int, bool]]:
    return {(kind, number, other, out) for kind, number, other, _, out in rows}


def test_a_change_is_taken_in_and_is_what_everything_anew_would_be(
    database: Database, settings: Settings
) -> None:
    add_challenge(database)
    add_firms(database, first=0, most=3)
    made = matcher(settings, database)
    follow(made)
    before = kept(database)
    add_firms(database, first=3, most=2)
    assert kept(database) == before
    follow(made)
    after = kept(database)
    assert len(after) == len(before) + 4
    matcher(settings, database).rebuild(lambda *_: None)
    assert kept(database) == after


def test_on_a_large_site_one_change_ranks_one_thing_for_both_sides(
    database: Database, settings: Settings
) -> None:
    add_challenge(database)
    add_firms(database, first=0, most=4)
    made = matcher(settings, database, small=TOO_LARGE)
    follow(made)
    with database.reading() as session:
        counted = session.get_one(MatchState, 1).profiles
    [new] = add_firms(database, first=5, most=1)
    follow(made)
    rows = kept(database)
    assert [other for kind, _, other, _, _ in rows if kind == "challenge"].count(new) == 1
    assert [number for kind, number, _, _, _ in rows if kind == "firm"].count(new) == 1
    with database.reading() as session:
        state = session.get_one(MatchState, 1)
        assert (state.profiles, state.changed) == (counted, 1)
    matcher(settings, database).rebuild(lambda *_: None)
    assert pairs(kept(database)) == pairs(rows)


def test_a_score_is_the_same_from_both_sides(database: Database, settings: Settings) -> None:
    add_challenge(database)
    add_firms(database, first=0, most=5)
    follow(matcher(settings, database))
    rows = kept(database)
    firms = {(number, other): score for kind, number, other, score, _ in rows if kind == "firm"}
    others = {(other, n): score for kind, n, other, score, _ in rows if kind == "challenge"}
    assert len(others) >= 4
    assert others.items() <= firms.items()


@pytest.mark.parametrize("small", [SMALL_ENOUGH, TOO_LARGE])
def test_what_switches_matching_off_or_closes_is_forgotten_on_both_sides(
    database: Database, settings: Settings, small: int
) -> None:
    add_challenge(database)
    off, closed, stays = add_firms(database, first=0, most=3)
    made = matcher(settings, database, small=small)
    follow(made)
    assert {number for kind, number, *_ in kept(database) if kind == "firm"} == {off, closed, stays}
    with database.writing() as session:
        firm = session.get_one(Firm, off)
        save_profile(session, firm, Visibility(matching=False), actor=lead_of(firm), now=NOW)
        firm = session.get_one(Firm, closed)
        close_firm(session, firm, actor=lead_of(firm), now=NOW, real_now=NOW)
        commit(session)
    follow(made)
    rows = kept(database)
    assert {number for kind, number, *_ in rows if kind == "firm"} == {stays}
    assert {other for kind, _, other, *_ in rows if kind == "challenge"} == {stays}
    with database.reading() as session:
        assert [n for kind, n in queries.things(session) if kind == "firm"] == [stays]


@pytest.mark.parametrize("small", [SMALL_ENOUGH, TOO_LARGE])
def test_what_leaves_the_directory_leaves_the_lists_of_others_and_keeps_its_own(
    database: Database, settings: Settings, small: int
) -> None:
    add_challenge(database)
    [number] = add_firms(database, first=0, most=1)
    made = matcher(settings, database, small=small)
    follow(made)
    assert ("challenge", number) in {(kind, other) for kind, _, other, *_ in kept(database)}
    with database.writing() as session:
        firm = session.get_one(Firm, number)
        save_profile(session, firm, Visibility(is_public=False), actor=lead_of(firm), now=NOW)
        commit(session)
    follow(made)
    assert [kind for kind, *_ in kept(database)] == ["firm"]


def test_words_of_what_is_not_proposed_are_counted_nowhere(
    database: Database, settings: Settings
) -> None:
    [number] = add_firms(database, first=0, most=1)
    with database.writing() as session:
        firm = session.get_one(Firm, number)
        save_profile(session, firm, Visibility(is_public=False), actor=lead_of(firm), now=NOW)
        commit(session)
    follow(matcher(settings, database))
    with database.reading() as session:
        assert session.query(KeptProfile).count() == 1
        assert session.query(TermCount).count() == 0


def test_saving_the_same_again_reads_nothing_again(database: Database, settings: Settings) -> None:
    [number] = add_firms(database, first=0, most=1)
    made = matcher(settings, database, small=TOO_LARGE)
    follow(made)
    with database.writing() as session:
        firm = session.get_one(Firm, number)
        said = profile_of(session, firm).offer
        for offer in (replace(said, summary="Something else"), said):
            save_profile(session, firm, offer, actor=lead_of(firm), now=NOW)
        commit(session)
    follow(made)
    with database.reading() as session:
        assert session.get_one(MatchState, 1).changed == 0


def test_a_worker_goes_on_where_the_last_one_stopped(
    database: Database, settings: Settings
) -> None:
    add_challenge(database)
    add_firms(database, first=0, most=2)
    follow(matcher(settings, database))
    [new] = add_firms(database, first=2, most=1)
    second = matcher(settings, database)
    assert second.step() > 0
    follow(second)
    assert ("firm", new) in {(kind, number) for kind, number, *_ in kept(database)}
    assert matcher(settings, database).step() in {0, 1}


def test_other_words_of_the_glossary_make_everything_anew(
    database: Database, settings: Settings
) -> None:
    add_firms(database, first=0, most=2)
    made = matcher(settings, database)
    follow(made)
    with database.reading() as session:
        before = session.get_one(MatchState, 1).reader
        digests = set(session.scalars(select(KeptProfile.digest)))
        assert session.query(GlossaryEntry).count() == 0
    _say_something_in_the_glossary(database)
    follow(made)
    with database.reading() as session:
        assert session.get_one(MatchState, 1).reader != before
        assert not digests & set(session.scalars(select(KeptProfile.digest)))


def _say_something_in_the_glossary(database: Database) -> None:
    editor = Actor(name="Eva", roles=frozenset({Held(Role.MANAGER, "programme", 1)}))
    with database.writing() as session:
        words = [Word("de", WordKind.WORD, text) for text in ("Imkerwagen", "Bienenwagen")]
        glossary.add(session, words, note="", actor=editor, now=NOW)
        commit(session)
