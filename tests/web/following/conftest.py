"""A site with challenges to follow."""

import pytest

from tests.site import Site
from tests.web.following.world import Followed, make


@pytest.fixture
def followed(site: Site) -> Followed:
    return make(site)
