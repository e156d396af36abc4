"""The site with its people, and what a challenge says that can be searched for."""

import pytest

from tests.site import Site
from tests.web.challenges.desk_world import Desk, make_desk


@pytest.fixture
def desk(site: Site) -> Desk:
    return make_desk(site)
