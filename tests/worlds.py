"""The world of the demonstration for tests, on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from govmatch.demonstration.stage import Stage
from govmatch.demonstration.world import seed
from govmatch.kit.db import Database
from govmatch.settings import Settings
from tests.databases import Databases, Kind
from tests.site import settings_for


@dataclass(frozen=True)
class World:
    """A seeded database; what a test does in `stage()` is rolled back."""

    database: Database
    settings: Settings
    now: datetime

    @contextmanager
    def stage(self) -> Iterator[Stage]:
        with self.database.writing() as session:
            yield Stage(session, self.settings, self.now)


@contextmanager
def seeded(databases: Databases, folder: Path, *, now: datetime) -> Iterator[World]:
    """Make a world that is dated from `now`."""
    url = databases.copy(Kind.SQLITE)
    database = Database(url)
    settings = settings_for(database, folder)
    report = seed(database, settings, now=now, tell=lambda _step: None)
    assert report.problems == []
    yield World(database, settings, now)
    database.close()
    databases.drop(url)
