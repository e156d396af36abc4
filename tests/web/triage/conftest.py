"""A site with a small world after its deadline, in which two firms have applied."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from govmatch.applications.models import Application
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.triage import actions
from govmatch.triage.models import Deficiency
from tests.site import Site
from tests.unit.applications.acting import acting
from tests.unit.triage.doing import entered, staffed
from tests.web.applications.doing import close
from tests.web.applications.world import World, make_world


@dataclass
class Case:
    """What the tests speak of: a world and the public ids in it."""

    world: World
    nordlys: str
    weser: str
    request: str = ""

    @property
    def path(self) -> str:
        return f"/applications/{self.nordlys}/requests/{self.request}"


@pytest.fixture
def world(site: Site) -> World:
    made = make_world(site.database)
    with site.database.writing() as session:
        session.expire_on_commit = False
        staffed(session, made)
        commit(session)
    return made


@pytest.fixture
def sealed(site: Site, world: World) -> Case:
    """Two applications, the deadline a second ago."""
    with site.database.writing() as session:
        made = {name: session.merge(row) for name, row in world.challenges.items()}
        firms = {name: session.merge(row) for name, row in world.firms.items()}
        here = World(people=world.people, firms=firms, challenges=made)
        first, second = entered(session, here)
        case = Case(world, first.public_id, second.public_id)
        commit(session)
    close(site, "long")
    return case


@pytest.fixture
def opened(site: Site, sealed: Case) -> Case:
    with site.database.writing() as session:
        challenge = session.merge(sealed.world.challenges["long"], load=True)
        session.refresh(challenge)
        now = real_now()
        actions.begin(session, challenge, actor=acting(session, sealed.world.eva), now=now)
        actions.complete(session, challenge, actor=acting(session, sealed.world.astrid), now=now)
        commit(session)
    return sealed


@pytest.fixture
def asked(site: Site, opened: Case) -> Case:
    """Nordlys is asked for something until in five days."""
    with site.database.writing() as session:
        application = (
            session.query(Application).filter(Application.public_id == opened.nordlys).one()
        )
        now = real_now()
        made = actions.ask(
            session,
            application,
            "Please send the extract <of> the register.",
            due_at=now + timedelta(days=5),
            revision=1,
            actor=acting(session, opened.world.eva),
            now=now,
        )
        opened.request = made.public_id
        commit(session)
    return opened


def request_of(site: Site) -> Deficiency:
    with site.database.reading() as session:
        return session.query(Deficiency).one()
