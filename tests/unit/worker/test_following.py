"""The index follows the journal: what changes is found, whatever happens to the files."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from govmatch.kit.clock import real_now
from govmatch.kit.db import Database
from govmatch.search.index import Index
from govmatch.settings import Settings
from govmatch.worker.follow import Follower
from tests.site import settings_for
from tests.unit.worker.firms import differs, follow, is_found, load_firms


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    return settings_for(database, tmp_path)


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
