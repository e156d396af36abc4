"""What tests of pages may ask for: a whole site on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from govmatch.kit.db import Database
from tests.site import Site


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    """A site in test mode on a database of the test's own."""
    made = Site(database, tmp_path / "data")
    yield made
    made.close()
