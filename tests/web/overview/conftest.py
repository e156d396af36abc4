"""The administration with its people, and triage, each on a database of the test's own."""

import pytest

from tests.site import Site
from tests.web.challenges.desk_world import Desk, make_desk
from tests.web.overview.triage_world import Triage, make_triage


@pytest.fixture
def desk(site: Site) -> Desk:
    return make_desk(site)


@pytest.fixture
def triage(site: Site) -> Triage:
    """Three opened applications."""
    return make_triage(site)


@pytest.fixture
def sealed(site: Site) -> Triage:
    """The same after the deadline, before the opening."""
    return make_triage(site, opened=False)
