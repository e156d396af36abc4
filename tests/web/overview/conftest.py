"""The administration with its people, on a database of the test's own."""

import pytest

from tests.site import Site
from tests.web.challenges.desk_world import Desk, make_desk


@pytest.fixture
def desk(site: Site) -> Desk:
    return make_desk(site)
