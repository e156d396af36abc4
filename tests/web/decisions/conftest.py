"""A site with a case in selection."""

import pytest

from tests.site import Site
from tests.web.decisions.world import World, make_world


@pytest.fixture
def world(site: Site) -> World:
    return make_world(site.database)
