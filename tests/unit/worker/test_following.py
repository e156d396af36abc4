"""The index follows the journal: what changes is found, whatever happens to the files."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from govmatch.accounts.models import Role
from govmatch.kit.actor import Actor, Held
from govmatch.kit.clock import real_now
from govmatch.kit.content import Folder
from govmatch.kit.db import Database, commit
from govmatch.organisations.actions.loading import load_firm
from govmatch.organisations.firm_files import FirmData, read_firms
from govmatch.organisations.profile import Visibility
from govmatch.search.check import check
from govmatch.search.index import Index
from govmatch.settings import Settings, shipped
from govmatch.worker.follow import Follower, everything
from tests.site import settings_for

ADMINISTRATOR = Actor(person_id=None, roles=frozenset({Held(Role.ADMINISTRATOR, "site", 0)}))


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    return settings_for(database, tmp_path)


def load_firms(database: Database, *, first: int, most: int) -> list[str]:
    """Load some of the demonstration's firms and return their names."""
    found = read_firms(Folder(shipped("content")), [], today=real_now().date())
    chosen = [one for one in found if public(one)][first : first + most]
    with database.writing() as session:
        now = real_now()
        names = [load_firm(session, one, actor=ADMINISTRATOR, now=now).name for one in chosen]
        commit(session)
    return names


def public(firm: FirmData) -> bool:
    return all(section.is_public for section in firm.sections if isinstance(section, Visibility))


def is_found(settings: Settings, name: str) -> bool:
    hits = Index(settings.index_dir).search(
        name, audience=frozenset({"public"}), now=real_now(), lang="en"
    )
    return name in [hit.title for hit in hits.hits]


def follow(settings: Settings, database: Database) -> None:
    follower = Follower(settings, database)
    while follower.step():
        pass
    follower.close()


def differs(settings: Settings, database: Database) -> bool:
    with database.reading() as session:
        _, entries = everything(settings, session)
        found = check(Index(settings.index_dir), entries)
    return bool(found.missing or found.extra or found.different)


def test_what_is_recorded_is_found(database: Database, settings: Settings) -> None:
    [first] = load_firms(database, first=0, most=1)
    follow(settings, database)
    assert is_found(settings, first)
    [second] = load_firms(database, first=1, most=1)
    assert not is_found(settings, second)
    follow(settings, database)
    assert is_found(settings, second) and not differs(settings, database)


def test_following_step_by_step_gives_what_a_rebuild_gives(
    database: Database, settings: Settings
) -> None:
    for first in range(4):
        load_firms(database, first=first, most=1)
        follow(settings, database)
    stepwise = Index(settings.index_dir).digests()
    follower = Follower(settings, database)
    assert follower.rebuild()
    follower.close()
    assert Index(settings.index_dir).digests() == stepwise


def test_a_lost_index_comes_back_by_itself(database: Database, settings: Settings) -> None:
    names = load_firms(database, first=0, most=3)
    follow(settings, database)
    shutil.rmtree(settings.index_dir)
    assert not is_found(settings, names[0])
    follow(settings, database)
    assert all(is_found(settings, name) for name in names)


def test_a_second_worker_leaves_the_folder_alone(database: Database, settings: Settings) -> None:
    load_firms(database, first=0, most=1)
    holder = Follower(settings, database)
    while holder.step():
        pass
    other = Follower(settings, database)
    assert other.step() == 0 and not other.rebuild()
    holder.close()


def test_a_changed_page_is_found_when_a_worker_starts(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    load_firms(database, first=0, most=1)
    follow(settings, database)
    content = tmp_path / "content"
    shutil.copytree(settings.content_dir, content)
    page = content / "pages" / "terms.en.md"
    page.write_text(page.read_text("utf-8") + "\n\nZanzibarquartz.\n", "utf-8")
    changed = replace(settings, content_dir=content)
    follow(changed, database)
    assert is_found(changed, "Terms of use") and not differs(changed, database)
    hits = Index(changed.index_dir).search(
        "zanzibarquartz", audience=frozenset({"public"}), now=real_now(), lang="en"
    )
    assert [hit.url for hit in hits.hits] == ["/pages/terms"]
