"""A site with challenges to follow, what was mailed, and time that passes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from govmatch.challenges import handlers as of_challenges
from govmatch.challenges.actions import cancel
from govmatch.challenges.models import Challenge
from govmatch.explore import handlers as of_explore
from govmatch.following import handlers as of_following
from govmatch.following.models import Follow, FollowRequest, Subscriber
from govmatch.kit.background import Background
from govmatch.kit.clock import real_now
from govmatch.kit.db import Base, Session, commit
from govmatch.kit.journal import Head
from govmatch.kit.mail import Letter
from govmatch.kit.signing import Signer
from govmatch.notifications.models import Mail
from govmatch.taxonomy.models import Term
from tests.site import Browser, Site
from tests.unit.gatherings.making import actor
from tests.web.applications.world import World, fill

OLGA = "olga@out.example"
FOLLOW = "/challenges/long/follow"
TABLES: tuple[type[Base], ...] = (Follow, FollowRequest, Subscriber, Mail)


@dataclass
class Followed:
    site: Site
    world: World

    def as_(self, name: str, *, lang: str = "en") -> Browser:
        return self.site.as_(self.world.people[name], lang=lang)

    def do(self, act: Callable[[Session], object]) -> None:
        """Change something as an action would, outside any page."""
        with self.site.database.writing() as session:
            act(session)
            commit(session)

    def change(self, slug: str, **values: Any) -> None:
        """Give a challenge other dates or another state."""

        def act(session: Session) -> None:
            one = session.scalars(select(Challenge).where(Challenge.slug == slug)).one()
            for name, value in values.items():
                setattr(one, name, value)

        self.do(act)

    def call_off(self, slug: str = "long") -> None:
        """Let the programme's manager cancel a challenge, which is news."""

        def act(session: Session) -> None:
            one = session.scalars(select(Challenge).where(Challenge.slug == slug)).one()
            eva = actor(session, self.world, "eva")
            cancel(session, one, reasons={"en": "Flood"}, actor=eva, now=real_now())

        self.do(act)

    def ask(self, path: str = FOLLOW, *, lang: str = "en", **fields: str) -> None:
        """Ask to follow something without an account."""
        given = {"email": OLGA, "how": "at_once", **fields}
        answer = self.site.visit(lang=lang).submit(path, path, given)
        assert (answer.status_code, answer.headers["location"]) == (303, "/following/sent")

    def opt_in(self, path: str = FOLLOW, *, lang: str = "en", **fields: str) -> str:
        """Follow something without an account, and return where everything followed is shown."""
        self.ask(path, lang=lang, **fields)
        self.site.work()
        link = address(self.letters[-1], "confirm")
        answer = self.site.visit(lang=lang).submit(link, link, {})
        assert answer.status_code == 303
        return str(answer.headers["location"])

    @property
    def letters(self) -> list[Letter]:
        return self.site.postbox.letters

    def news(self) -> list[Letter]:
        """Let the background catch up, and return what was mailed but confirmations."""
        self.site.work()
        return [one for one in self.letters if "/following/confirm/" not in one.body]

    def after(self, **units: float) -> list[Letter]:
        """Do all due work as it is after so much time, and return what was mailed for it.

        The site's clock is set forward; for what goes by the machine's, the work is told so.
        """
        before = len(self.news())
        ahead = timedelta(**units)
        at = real_now() + ahead
        self.do(lambda s: s.execute(update(Head).values(clock_offset=int(ahead.total_seconds()))))
        for work in (*of_challenges.DUE, *of_explore.DUE, *of_following.DUE):
            settings = self.site.settings
            with self.site.database.writing() as session:
                work(Background(settings, Signer(settings.secret_key), at, at), session)
                commit(session)
        self.do(lambda s: s.execute(update(Mail).values(next_try=real_now())))
        return self.news()[before:]

    def rows(self) -> dict[str, int]:
        """Return how many rows there are of what this package keeps."""
        with self.site.database.reading() as session:
            return {
                table.__tablename__: len(session.execute(select(table)).all()) for table in TABLES
            }

    def addresses(self) -> list[str]:
        """Return the addresses without an account that are kept anywhere."""
        with self.site.database.reading() as session:
            return [
                *session.scalars(select(Subscriber.email)),
                *session.scalars(select(FollowRequest.email)),
                *session.scalars(select(Mail.address).where(Mail.address.like("%out.example"))),
            ]


def address(letter: Letter, what: str) -> str:
    """Return the path of a link in a letter: confirm, manage or end."""
    found = re.search(rf"/following/{what}/[\w.-]+", letter.body)
    assert found is not None, letter.body
    return found[0]


def make(site: Site) -> Followed:
    with site.database.writing() as session:
        session.expire_on_commit = False
        labels = {"en": "Product safety", "de": "Produktsicherheit", "da": "Produktsikkerhed"}
        session.add(Term(kind="theme", slug="safety", labels=labels))
        world = fill(session)
        commit(session)
    return Followed(site, world)
