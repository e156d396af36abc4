"""Who acts in the demonstration, and when: keys of people become actors, days become instants."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from govmatch.accounts.models import Person
from govmatch.accounts.queries import by_email, roles_of
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import find_by_slug
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.settings import Settings

ZONE = ZoneInfo("Europe/Copenhagen")
MORNING = 9
LONG_AGO = timedelta(days=420)
"""When everybody and every firm was there already."""

Told = dict[str, Any]
"""What a content file says of one thing."""


@dataclass(frozen=True)
class Step:
    """One act and its instant; the acts of all cases are done in the order of their instants."""

    at: datetime
    act: Callable[[datetime], object]


@dataclass(frozen=True)
class Stage:
    """A world that is being made: `now` is the instant of seeding."""

    session: Session
    settings: Settings
    now: datetime

    def at(self, day: int, hour: int = MORNING, minute: int = 0) -> datetime:
        """Return that time of a day counted from the day of seeding, on the offices' clocks."""
        return office_hours(self.now + timedelta(days=day), hour=hour, minute=minute)

    def day(self, day: int) -> date:
        return (self.now + timedelta(days=day)).astimezone(ZONE).date()

    def person(self, key: str) -> Person:
        """Return somebody of the demonstration by key, or by address."""
        address = key if "@" in key else f"{key}@demo.example"
        person = by_email(self.session, address)
        assert person is not None, f"the demonstration knows nobody called {key}"
        return person

    def actor(self, key: str) -> Actor:
        """Return the person as who acts, with the roles that they hold."""
        person = self.person(key)
        held = frozenset(roles_of(self.session, person, now=self.now))
        return Actor(person_id=person.id, name=person.name, roles=held)

    def firm(self, slug: str) -> Firm:
        return self.session.scalars(select(Firm).where(Firm.slug == slug)).one()

    def challenge(self, slug: str) -> Challenge:
        challenge = find_by_slug(self.session, slug)
        assert challenge is not None, f"the demonstration wants the challenge {slug}"
        return challenge

    def application(self, challenge: str, firm: str) -> Application:
        found = select(Application).where(
            Application.challenge_id == self.challenge(challenge).id,
            Application.firm_id == self.firm(firm).id,
        )
        return self.session.scalars(found).one()


def office_hours(at: datetime, *, hour: int = MORNING, minute: int = 0) -> datetime:
    """Return that day at a time of the authorities' clocks."""
    local = at.astimezone(ZONE)
    return local.replace(hour=hour, minute=minute, second=0, microsecond=0).astimezone(UTC)


def address_of(by: str, firm: str) -> str:
    """Return the address of a person of a firm, made up from their name."""
    return f"{digest(by)[:8]}@{firm}.example"


def play(steps: Iterable[Step]) -> None:
    """Do everything in the order of time, so that the journal holds it like real life."""
    for step in sorted(steps, key=lambda one: one.at):
        step.act(step.at)
