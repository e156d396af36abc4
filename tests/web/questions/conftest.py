"""The site with its people, a firm with a lead, and a challenge that takes questions."""

from datetime import timedelta

import pytest

from govmatch.accounts.actions import give_role
from govmatch.accounts.models import Person, Role
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session
from tests.site import Site
from tests.web.applications.world import firm
from tests.web.challenges.desk_world import Desk, make_desk
from tests.web.questions.world import Asking


@pytest.fixture
def desk(site: Site) -> Desk:
    """Return the desk; Bo leads Nordlys, which stands in the directory, Gro has no role."""
    made = make_desk(site)

    def act(session: Session) -> None:
        nordlys = firm(session, "nordlys", "DK", made.now, is_public=True)
        bo = session.get_one(Person, made.people["bo"].id)
        give_role(
            session, bo, Role.LEAD, "firm", nordlys.id,
            actor=VISITOR, now=made.now, real_now=made.now,
        )  # fmt: skip

    made.change(act)
    return made


@pytest.fixture
def asking(desk: Desk) -> Asking:
    """Return a challenge that is open for some days, and takes questions for some of them."""
    slug = desk.published(
        opens=desk.now + timedelta(days=1),
        questions_until=desk.now + timedelta(days=10),
        closes=desk.now + timedelta(days=30),
    )
    return Asking(desk, slug)
