"""The world of the demonstration with its index, for tests that only read it."""

from collections.abc import Iterator

import pytest

from govmatch.kit.clock import real_now
from tests.databases import Databases
from tests.site import Site
from tests.worlds import seeded


@pytest.fixture(scope="session")
def shown(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory, packed: object
) -> Iterator[Site]:
    assert packed
    with seeded(databases, tmp_path_factory.mktemp("world"), now=real_now()) as world:
        made = Site(world.database, tmp_path_factory.mktemp("site"))
        made.work()
        yield made
        made.close()
