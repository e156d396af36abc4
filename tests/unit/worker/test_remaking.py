"""The index is made anew from the database beside the one in use, and nothing recorded is lost."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.kit.actor import Actor, Held
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.organisations.actions import close_firm
from govmatch.organisations.models import Firm
from govmatch.search.folder import WriterBusy
from govmatch.search.index import Index
from govmatch.search.rebuilding import read_state
from govmatch.settings import Settings
from govmatch.worker.follow import Follower
from govmatch.worker.reading import everything
from govmatch.worker.remaking import Pace, Remaking
from tests.databases import Databases, Kind
from tests.site import settings_for
from tests.unit.worker.firms import differs, follow, is_found, load_firms

SMALL_PARTS = Pace(part=9)


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    return settings_for(database, tmp_path)


@pytest.fixture
def other(databases: Databases, kind: Kind) -> Iterator[Database]:
    """A second database, with a journal of its own."""
    url = databases.copy(kind)
    with databases.opened(url) as opened:
        yield opened
    databases.drop(url)


def until(settings: Settings, database: Database, enough: Callable[[Remaking], bool]) -> Remaking:
    """Make a new index in many parts until it is enough, and stop."""
    making = Remaking(settings, database, pace=SMALL_PARTS)
    try:
        deadline = time.monotonic() + 60
        while not enough(making):
            assert time.monotonic() < deadline
            making.step(0.01)
    finally:
        making.close()
    return making


def half(making: Remaking) -> bool:
    return making.rebuild.documents >= 20


def whole(making: Remaking) -> bool:
    return making.is_finished


def test_a_new_index_made_by_several_processes_is_what_the_database_says(
    database: Database, settings: Settings
) -> None:
    load_firms(database, first=0, most=12)
    made = until(settings, database, whole)
    assert made.done == made.total > 12
    follower = Follower(settings, database)
    assert follower.take_over()
    follower.close()
    assert not differs(settings, database)
    assert read_state(settings.index_dir) is None
    assert int(str(Index(settings.index_dir).stats()["segments"])) > 2


def test_what_is_recorded_while_it_is_made_is_in_it(database: Database, settings: Settings) -> None:
    names = load_firms(database, first=0, most=40)
    follow(settings, database)
    until(settings, database, half)
    [added] = load_firms(database, first=10, most=1)
    follow(settings, database)
    assert is_found(settings, added)
    until(settings, database, whole)
    [later] = load_firms(database, first=11, most=1)
    assert read_state(settings.index_dir)
    follow(settings, database)
    assert read_state(settings.index_dir) is None
    assert all(is_found(settings, name) for name in [names[0], names[-1], added, later])
    assert not differs(settings, database)


def test_a_stopped_making_is_gone_on_with_and_not_begun_anew(
    database: Database, settings: Settings
) -> None:
    load_firms(database, first=0, most=40)
    stopped = until(settings, database, half)
    assert not stopped.is_finished
    folder = stopped.rebuild.folder
    made = until(settings, database, whole)
    assert made.resumed_at >= 9
    assert made.rebuild.folder == folder
    follow(settings, database)
    assert not differs(settings, database)


def test_a_worker_goes_on_where_another_process_stopped(
    database: Database, settings: Settings
) -> None:
    load_firms(database, first=0, most=40)
    folder = until(settings, database, half).rebuild.folder.name
    follow(settings, database)
    assert Index(settings.index_dir).stats()["folder"] == folder
    assert not differs(settings, database)


def test_of_another_journal_nothing_is_gone_on_with(
    database: Database, settings: Settings, other: Database
) -> None:
    """As after a backup was restored."""
    load_firms(database, first=0, most=40)
    until(settings, database, half)
    load_firms(other, first=20, most=9)
    elsewhere = replace(settings, database_url=other.url)
    made = until(elsewhere, other, whole)
    assert made.resumed_at == 0
    follow(elsewhere, other)
    assert not differs(elsewhere, other)


def test_what_was_finished_for_another_journal_is_not_taken_into_use(
    database: Database, settings: Settings, other: Database
) -> None:
    names = load_firms(database, first=0, most=3)
    follow(settings, database)
    load_firms(other, first=20, most=3)
    until(replace(settings, database_url=other.url), other, whole)
    follow(settings, database)
    assert all(is_found(settings, name) for name in names)
    assert read_state(settings.index_dir) is None


def test_two_do_not_make_it_at_once(database: Database, settings: Settings) -> None:
    making = Remaking(settings, database)
    follower = Follower(settings, database)
    try:
        with pytest.raises(WriterBusy):
            Remaking(settings, database)
        assert follower.step() == 0
        assert not follower.rebuild()
    finally:
        follower.close()
        making.close()
    follow(settings, database)
    assert not differs(settings, database)


def test_a_fresh_one_begins_anew(database: Database, settings: Settings) -> None:
    load_firms(database, first=0, most=40)
    until(settings, database, half)
    making = Remaking(settings, database, is_fresh=True)
    making.close()
    assert making.resumed_at == 0


def test_a_firm_that_leaves_while_the_index_is_made_is_not_found(
    database: Database, settings: Settings
) -> None:
    names = load_firms(database, first=0, most=6)
    until(settings, database, whole)
    with database.writing() as session:
        firm = session.scalars(select(Firm).where(Firm.name == names[0])).one()
        lead = Actor(person_id=None, roles=frozenset({Held(Role.LEAD, "firm", firm.id)}))
        now = real_now()
        close_firm(session, firm, actor=lead, now=now, real_now=now)
        commit(session)
    follow(settings, database)
    assert not is_found(settings, names[0])
    assert not differs(settings, database)


def test_a_check_reads_what_a_making_reads(database: Database, settings: Settings) -> None:
    load_firms(database, first=0, most=4)
    with database.reading() as session:
        total, entries = everything(settings, session)
        keys = [one.key for one in entries]
    made = until(settings, database, whole)
    assert made.total == total
    assert made.documents == len(keys) == len(set(keys))
