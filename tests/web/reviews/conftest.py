"""A site in the middle of a selection."""

import pytest

from tests.site import Site
from tests.web.reviews.world import Selection, make_selection


@pytest.fixture
def selection(site: Site) -> Selection:
    return make_selection(site.database)
