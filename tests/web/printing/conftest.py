"""A site that makes PDF files, with a case in selection; only some tests have any made."""

import pytest

from govmatch import printing
from tests.site import Site
from tests.web.decisions.world import World, make_world


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sites offer PDF files, whether this machine could make them or not."""
    monkeypatch.setattr(printing, "is_there", lambda: True)


@pytest.fixture
def world(offered: None, site: Site) -> World:
    return make_world(site.database)
