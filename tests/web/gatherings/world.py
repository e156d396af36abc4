"""A site with one event of Astrid's authority, and who asks for its pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, select

from govmatch.gatherings.models import Gathering, Registration
from govmatch.kit.db import Session, commit
from tests.site import Browser, Site
from tests.unit.gatherings.making import Hall, open_hall
from tests.web.applications.world import World, fill

GUEST = {"name": "Olga Ohlsen", "email": "olga@out.example", "agrees": "yes"}


@dataclass
class Stage:
    site: Site
    world: World
    slug: str

    @property
    def path(self) -> str:
        return f"/events/{self.slug}"

    @property
    def desk(self) -> str:
        return f"/desk/events/{self.slug}"

    def as_(self, name: str, *, lang: str = "en") -> Browser:
        return self.site.as_(self.world.people[name], lang=lang)

    def do(self, act: Callable[[Hall], object]) -> None:
        """Change something as an action would, outside any page."""
        with self.site.database.writing() as session:
            session.expire_on_commit = False
            people = {name: session.merge(one) for name, one in self.world.people.items()}
            self.world.people = people
            act(Hall(session, self.world, self._find(session)))
            commit(session)

    def gathering(self) -> Gathering:
        with self.site.database.reading() as session:
            return self._find(session)

    def _find(self, session: Any) -> Gathering:
        found = select(Gathering).where(Gathering.slug == self.slug)
        one: Gathering = session.scalars(found).one()
        return one

    def seats(self) -> dict[str, str]:
        with self.site.database.reading() as session:
            found = select(Registration.name, Registration.seat).order_by(Registration.number)
            return dict(session.execute(found).all())

    def register(self, name: str, **fields: str) -> Any:
        path = f"{self.path}/register"
        return self.as_(name).submit(path, path, fields)

    def come(self, **fields: str) -> str:
        """Ask without an account, and return the address of the mailed link."""
        path = f"{self.path}/register"
        answer = self.site.visit().submit(path, path, {**GUEST, **fields})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{path}/sent")
        self.site.work()
        return self.link(rf"{self.path}/confirm/[\w.-]+")

    def link(self, pattern: str) -> str:
        """Return the address that the last mail leads to."""
        found = re.search(pattern, self.site.postbox.letters[-1].body)
        assert found is not None, self.site.postbox.letters[-1].body
        return found[0]

    def statements(self, browser: Browser, path: str) -> int:
        seen: list[str] = []

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        engine = self.site.database.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert browser.get(path).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)


def stage(site: Site, **changes: Any) -> Stage:
    def made(session: Session) -> tuple[World, str]:
        world = fill(session)
        return world, open_hall(session, world, **changes).gathering.slug

    with site.database.writing() as session:
        session.expire_on_commit = False
        world, slug = made(session)
        commit(session)
    return Stage(site, world, slug)
