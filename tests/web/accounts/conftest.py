"""A site that has the pages of accounts and no others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from govmatch.accounts.views import routes
from govmatch.kit.db import Database
from tests.site import Site


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where compressed static files are kept, so that they are made once and not for each test."""
    return tmp_path_factory.mktemp("packed")


@pytest.fixture
def site(database: Database, tmp_path: Path, packed: Path) -> Iterator[Site]:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "packed").symlink_to(packed)
    made = Site(database, tmp_path / "data", routes=list(routes))
    yield made
    made.close()
