"""A small world after its deadline: opened or not, and what staff do in it."""

from datetime import timedelta

from govmatch.accounts.models import Role
from govmatch.applications.models import Application
from govmatch.kit.db import Session
from govmatch.triage import actions, queries
from govmatch.triage.actions import Seen
from tests.unit.applications.acting import NOW, acting, submitted
from tests.web.applications.world import World, firm, give, person

DAY = timedelta(days=1)
AFTER = NOW + 11 * DAY
"""A day after the deadline of every challenge of the world."""


def staffed(session: Session, world: World) -> World:
    """Add Ole, a second manager, Hanne, who approves for the authority, and Per of Baltic."""
    assert world.authority is not None
    for name in ("ole", "hanne", "per"):
        world.people[name] = person(session, name, NOW)
    world.firms["baltic"] = firm(session, "baltic", "DE", NOW)
    give(session, world.people["per"], Role.LEAD, "firm", world.firms["baltic"].id, NOW)
    for programme in world.programmes.values():
        give(session, world.people["ole"], Role.MANAGER, "programme", programme.id, NOW)
    give(session, world.people["hanne"], Role.APPROVER, "authority", world.authority.id, NOW)
    session.flush()
    return world


def entered(session: Session, world: World) -> list[Application]:
    """Return the submitted applications of Nordlys and of Weser."""
    return [submitted(session, world), submitted(session, world, "dieter", "weser")]


def open_up(session: Session, world: World, slug: str = "long") -> None:
    """Eva begins, Astrid completes."""
    challenge = world.challenges[slug]
    actions.begin(session, challenge, actor=acting(session, world.eva), now=AFTER)
    actions.complete(session, challenge, actor=acting(session, world.astrid), now=AFTER)


def revision(session: Session, application: Application) -> int:
    return queries.cases_of(session, [application])[0].revision


def seen(session: Session, *applications: Application) -> list[Seen]:
    return [Seen(one.public_id, revision(session, one)) for one in applications]
