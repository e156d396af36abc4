"""What tests of firms' pages may ask for."""

import pytest

from tests.site import Site
from tests.web.organisations.acting import World
from tests.web.organisations.acting import world as make_world


@pytest.fixture
def world(site: Site) -> World:
    """Two firms and three people on a site of their own."""
    return make_world(site)
