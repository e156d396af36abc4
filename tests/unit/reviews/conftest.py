"""A selection under way, in a transaction that is rolled back."""

import pytest

from govmatch.kit.db import Session
from tests.web.reviews.world import Selection
from tests.web.reviews.world import selection as make


@pytest.fixture
def selection(session: Session) -> Selection:
    return make(session)
