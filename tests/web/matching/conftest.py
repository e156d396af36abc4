"""What tests of matches may ask for."""

import pytest

from tests.site import Site
from tests.web.matching.world import MatchWorld


@pytest.fixture
def world(site: Site) -> MatchWorld:
    return MatchWorld(site)
