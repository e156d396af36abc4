"""A case with three firms on the shortlist, whose reviewers read without names."""

import pytest

from tests.site import Site
from tests.web.explore.results_world import Told, told
from tests.web.interviews.doing import shortlist


@pytest.fixture
def case(site: Site) -> Told:
    made = told(site)
    made.do(shortlist)
    return made
