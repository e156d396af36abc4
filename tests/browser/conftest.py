"""What browser tests may ask for: a running site and a demonstration, once for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.running import RunningSite, make_demonstration, make_site


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A running site on SQLite with the shipped content."""
    folder: Path = tmp_path_factory.mktemp("running")
    site = make_site(folder, "")
    site.start()
    site.wait_for_search()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A demonstration with its whole made-up world, for pages that need somebody and something."""
    site = make_demonstration(tmp_path_factory.mktemp("demonstration"))
    site.start("demo")
    yield site
    site.stop()
