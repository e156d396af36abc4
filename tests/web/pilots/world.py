"""A site with one pilot, and who asks for its pages."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import event

from govmatch.accounts.models import Person, Role
from govmatch.kit.db import Session, commit
from govmatch.pilots import queries
from govmatch.pilots.models import Pilot
from tests.site import Browser, Site
from tests.unit.pilots import making
from tests.unit.pilots.making import NOW, Case
from tests.web.applications.world import World, give

State = Callable[[Session, Case], Pilot]


@dataclass
class Stage:
    """A site, its people, and the addresses of one pilot's pages."""

    site: Site
    world: World
    case: Case
    path: str
    milestone: str
    kpi: str
    pilot_id: int

    def as_(self, name: str, *, lang: str = "en") -> Browser:
        person = self.world.people[name]
        with self.site.database.writing() as session:
            session.get_one(Person, person.id).lang = lang
            commit(session)
        return self.site.as_(person, lang=lang)

    def do(self, act: Callable[[Session, Case, Pilot], None]) -> None:
        """Change something as an action would, outside any page."""
        with self.site.database.writing() as session:
            session.expire_on_commit = False
            self._merge(session)
            act(session, self.case, session.get_one(Pilot, self.pilot_id))
            commit(session)

    def pilot(self) -> Pilot:
        with self.site.database.reading() as session:
            return session.get_one(Pilot, self.pilot_id)

    def _merge(self, session: Session) -> None:
        """Let the rows of this case belong to the session at hand."""
        world = self.world
        world.people = {name: session.merge(one) for name, one in world.people.items()}
        world.firms = {name: session.merge(one) for name, one in world.firms.items()}
        world.challenges = {name: session.merge(one) for name, one in world.challenges.items()}
        self.case.application = session.merge(self.case.application)
        self.case.challenge = session.merge(self.case.challenge)

    def statements(self, browser: Browser, path: str) -> int:
        """Return how many SQL statements answer this address."""
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


def stage(site: Site, state: State = making.running) -> Stage:
    """Make the world with one pilot; Mona is the mentor of another one."""
    with site.database.writing() as session:
        session.expire_on_commit = False
        case = making.case(session)
        pilot = state(session, case)
        give(session, case.world.mona, Role.MENTOR, "pilot", pilot.id + 1, NOW)
        path = f"/pilots/{pilot.public_id}"
        milestones, kpis = queries.milestones(session, pilot), queries.kpis(session, pilot)
        made = Stage(
            site=site,
            world=case.world,
            case=case,
            path=path,
            milestone=f"{path}/milestones/{milestones[0].public_id}" if milestones else "",
            kpi=f"{path}/kpis/{kpis[0].public_id}" if kpis else "",
            pilot_id=pilot.id,
        )
        commit(session)
    return made
