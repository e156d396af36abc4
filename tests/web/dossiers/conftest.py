"""A decided case, and the file of it as an auditor takes it."""

import pytest

from tests.site import Site
from tests.web.dossiers.world import decided_case
from tests.web.explore.results_world import Told


@pytest.fixture
def case(site: Site) -> Told:
    return decided_case(site)
