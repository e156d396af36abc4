"""A site with one published event in it."""

import pytest

from tests.site import Site
from tests.web.gatherings.world import Stage, stage


@pytest.fixture
def open_event(site: Site) -> Stage:
    return stage(site)
