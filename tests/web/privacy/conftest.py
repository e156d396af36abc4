"""Bo, who follows something, and Kim, who runs the site."""

import pytest

from govmatch.accounts.models import Role
from govmatch.kit.db import commit
from tests.site import Site
from tests.web.accounts.acting import person
from tests.web.privacy.people import Someone, follow


@pytest.fixture
def bo(site: Site) -> Someone:
    made = person(site, "Bo")
    with site.database.writing() as session:
        follow(session, made.id)
        commit(session)
    return Someone(site, made, site.as_(made))


@pytest.fixture
def kim(site: Site) -> Someone:
    """An administrator, with the second factor given."""
    made = person(site, "Kim", (Role.ADMINISTRATOR, "site", 0))
    return Someone(site, made, site.as_(made))
