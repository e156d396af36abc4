"""What tests of pages may ask for: a whole site on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from govmatch.kit.db import Database
from tests.site import Site


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the static files lie compressed: made once for the whole run, which takes seconds."""
    return tmp_path_factory.mktemp("packed")


@pytest.fixture
def site(database: Database, tmp_path: Path, packed: Path) -> Iterator[Site]:
    """A site in test mode on a database of the test's own."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "packed").symlink_to(packed)
    made = Site(database, data)
    yield made
    made.close()
