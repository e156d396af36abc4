"""A site with a small world in it."""

import pytest

from tests.site import Site
from tests.web.applications.world import World, make_world


@pytest.fixture
def world(site: Site) -> World:
    return make_world(site.database)
