"""A case whose two reviewers disagree about Weser, with a programme that wants two for a quorum."""

import pytest

from tests.site import Site
from tests.web.explore.results_world import Told, told
from tests.web.panels.doing import disagree


@pytest.fixture
def case(site: Site) -> Told:
    made = told(site)
    made.do(disagree)
    return made
