"""A site with one running pilot in it."""

import pytest

from tests.site import Site
from tests.web.pilots.world import Stage, stage


@pytest.fixture
def running(site: Site) -> Stage:
    return stage(site)
