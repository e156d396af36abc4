"""Who takes part in the journey from a need to the deadline, in a database with shipped content.

The people, and the one application that a change is to reach, are made by the site's own actions;
each person gets a session, whose token a browser carries.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from govmatch.accounts.actions.roles import give_role
from govmatch.accounts.models import Role
from govmatch.challenges.queries import find_by_slug
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.clock import real_now, site_now
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.i18n import Lang
from govmatch.kit.journal import clock_offset
from govmatch.organisations.actions.making import add_firm
from govmatch.organisations.models import Authority, Firm
from govmatch.organisations.profile import NewFirm
from govmatch.programmes.models import Programme
from govmatch.settings import Settings, load
from tests.browser.entering import Answers, enter, hand_in
from tests.browser.mails import address_of
from tests.browser.running import RunningSite

AUTHORITY, PROGRAMME = "sikkerhedsstyrelsen", "govtech"
OFFICE = {
    "astrid": (Role.STAFF, "authority"),
    "hanne": (Role.APPROVER, "authority"),
    "eva": (Role.MANAGER, "programme"),
}
FIRMS = ("bo", "carla", "dirk", "elin", "fritz", "gerda", "hugo", "ina", "jonas", "karen", "lars",
         "mette")  # fmt: skip
"""Who leads a firm each: twelve, all of them other people than who proposes."""
PROPOSER = "gro"

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass
class Story:
    """What the journey knows: its site, the language everybody reads, a token for each person."""

    site: RunningSite
    lang: Lang
    settings: Settings
    tokens: dict[str, str] = field(default_factory=dict)
    firms: dict[str, str] = field(default_factory=dict)
    """The address of each firm by who leads it."""
    ahead: timedelta = timedelta()
    """How far the site's clock is put forward at the beginning."""

    def begin_at_ten(self) -> None:
        """Put the clock to between ten and eleven, so that the journey is the same at any hour."""
        hours = (10 - datetime.now(COPENHAGEN).hour) % 24
        self.ahead = timedelta(hours=hours)
        self.site.move_clock(by="hour", times=hours)

    def day(self, days: int, hour: str = "") -> str:
        """Return a local time as a field takes it, days from the first; in half an hour's."""
        there = datetime.now(COPENHAGEN) + self.ahead + timedelta(days=days)
        if hour:
            return f"{there:%Y-%m-%d}T{hour}"
        return f"{there + timedelta(minutes=30):%Y-%m-%dT%H:%M}"


def make_story(site: RunningSite, lang: Lang) -> Story:
    """Fill the database of a site with everybody."""
    story = Story(site, lang, load(site.environ))
    database, now = Database(story.settings.database), real_now()
    try:
        with database.writing() as session:
            for name in (PROPOSER, *OFFICE, *FIRMS):
                _add(session, story, name, now)
            commit(session)
    finally:
        database.close()
    return story


def _add(session: Session, story: Story, name: str, now: datetime) -> None:
    """Make a person with a role and a session in which the second factor was given."""
    entered = enter(session, name, story.lang, now)
    person, story.tokens[name] = entered.person, entered.token
    if name in OFFICE:
        role, kind = OFFICE[name]
        table, slug = (Authority, AUTHORITY) if kind == "authority" else (Programme, PROGRAMME)
        number = session.scalars(select(table.id).where(table.slug == slug)).one()
        give_role(session, person, role, kind, number, actor=VISITOR, now=now, real_now=now)
    elif name in FIRMS:
        values = NewFirm(name=f"{name.title()} Works", country="DK")
        firm: Firm = add_firm(session, values, actor=Actor(person_id=person.id), now=now)
        give_role(session, person, Role.LEAD, "firm", firm.id, actor=VISITOR, now=now, real_now=now)
        story.firms[name] = firm.slug or ""


def apply(story: Story, name: str, slug: str) -> str:
    """Submit an application of somebody's firm at the site's time, and return its address."""
    database, real = Database(story.settings.database), real_now()
    try:
        with database.writing() as session:
            now = site_now(clock_offset(session))
            challenge = find_by_slug(session, slug)
            firm = session.scalars(select(Firm).where(Firm.slug == story.firms[name])).one()
            assert challenge is not None
            answers = Answers("Step by step.", address_of("office"), story.lang)
            application = hand_in(
                session, name, challenge, firm, answers,
                settings=story.settings, now=now, real=real,
            )  # fmt: skip
            commit(session)
            return f"/applications/{application.public_id}"
    finally:
        database.close()
