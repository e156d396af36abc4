"""An authority that holds events, and who comes, in few words."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from govmatch.accounts.queries import roles_of
from govmatch.gatherings import actions
from govmatch.gatherings.actions import Wish
from govmatch.gatherings.models import Gathering, Kind, Mode, Registration
from govmatch.gatherings.plan import Plan, Words, plan_of
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.kit.signing import Signer
from tests.web.applications.world import World, fill

NOW = real_now().replace(microsecond=0)
SIGNER = Signer("x" * 40)
STARTS = (NOW + timedelta(days=20)).replace(minute=0, second=0)
LINK = "https://meet.example.org/zq7hall"
PLAN = Plan(
    kind=Kind.SEMINAR,
    mode=Mode.BOTH,
    zone="Europe/Copenhagen",
    starts=STARTS,
    ends=STARTS + timedelta(hours=2),
    place="Hall 1, Main Street 2, Odense",
    country="DK",
    link=LINK,
    places=2,
    contact={"name": "Events office", "email": "events@safety.example"},
    main_lang="en",
    words={
        "en": Words("Labels seen by machines", "What cameras can read.", "## Programme\n\n- Talk"),
        "de": Words("Etiketten maschinell lesen", "Was Kameras lesen können.", "## Ablauf"),
    },
)


@dataclass
class Hall:
    """A session, a world, and one gathering in it."""

    session: Session
    world: World
    gathering: Gathering

    def actor(self, name: str) -> Actor:
        return actor(self.session, self.world, name)

    def register(self, name: str, **more: str) -> Registration:
        return actions.register(
            self.session, self.gathering, Wish(**more), lang="en",
            actor=self.actor(name), now=NOW, real_now=NOW,
        )  # fmt: skip

    def seats(self) -> dict[str, str]:
        self.session.flush()
        found = select(Registration).where(Registration.gathering_id == self.gathering.id)
        return {one.name: one.seat for one in self.session.scalars(found)}

    def save(self, *, now: datetime = NOW, **changes: Any) -> list[str]:
        return actions.save(
            self.session, self.gathering, replace(plan_of(self.gathering), **changes),
            revision=self.gathering.revision, actor=self.actor("astrid"), now=now,
        )  # fmt: skip


def actor(session: Session, world: World, name: str) -> Actor:
    if name == "visitor":
        return VISITOR
    person = world.people[name]
    held = frozenset(roles_of(session, person, now=NOW + timedelta(minutes=1)))
    return Actor(person_id=person.id, name=person.name, roles=held)


def draft(session: Session, world: World | None = None, **changes: Any) -> Hall:
    """Make a draft of Astrid's authority within the programme of its long challenge."""
    world = world or fill(session)
    plan = replace(PLAN, **changes)
    made = actions.create(
        session, plan, authority=world.authority, programme=None,
        actor=actor(session, world, "astrid"), now=NOW,
    )  # fmt: skip
    return Hall(session, world, made)


def open_hall(session: Session, world: World | None = None, **changes: Any) -> Hall:
    """Make a published gathering with two places."""
    hall = draft(session, world, **changes)
    actions.publish(session, hall.gathering, actor=hall.actor("astrid"), now=NOW)
    session.flush()
    return hall
