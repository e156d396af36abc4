"""The world of the demonstration; what a test does in it is rolled back."""

from collections.abc import Iterator

import pytest

from govmatch.demonstration.stage import Stage
from govmatch.kit.clock import real_now
from tests.databases import Databases
from tests.worlds import World, seeded


@pytest.fixture(scope="session")
def world(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with seeded(databases, tmp_path_factory.mktemp("world"), now=real_now()) as made:
        yield made


@pytest.fixture
def stage(world: World) -> Iterator[Stage]:
    with world.stage() as opened:
        yield opened
