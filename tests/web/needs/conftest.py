"""The site with its people, a firm with a lead, and somebody of a steering group."""

import pytest

from govmatch.accounts.actions import give_role
from govmatch.accounts.models import Person, Role
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session
from tests.site import Site
from tests.web.applications.world import firm
from tests.web.challenges.desk_world import Desk, make_desk


@pytest.fixture
def desk(site: Site) -> Desk:
    """Return the desk; Bo leads Nordlys, Gro has no role, Kim is of the steering group too."""
    made = make_desk(site)

    def act(session: Session) -> None:
        nordlys = firm(session, "nordlys", "DK", made.now, is_public=True)
        bo = session.get_one(Person, made.people["bo"].id)
        give_role(
            session, bo, Role.LEAD, "firm", nordlys.id,
            actor=VISITOR, now=made.now, real_now=made.now,
        )  # fmt: skip

    made.change(act)
    made.give("kim", Role.STEERING, "programme", "govtech")
    return made
