"""People in front of the pages of firms: a small world, kept in the site's own database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from govmatch.accounts.models import Person, Role
from govmatch.kit.db import Session, commit
from govmatch.organisations.models import Firm
from govmatch.organisations.profile import Profile
from govmatch.organisations.queries import profile_of
from tests.site import Browser, Site
from tests.unit.organisations import samples

PROFILE: dict[str, Any] = {
    "region": "Nordjylland",
    "city": "Aalborg",
    "size": "small",
    "founded": 2019,
    "website": "https://nordlys.example",
    "registration": "CVR 00 19",
    "languages": ("da", "en"),
    "summary": "Læser skilte på billeder",
    "products": "En app\n\nog en tjeneste",
    "references": "En styrelse",
    "text_lang": "da",
    "themes": ("inspections",),
    "technologies": ("sensors",),
    "cpv": ("72212328",),
}


@dataclass(frozen=True)
class World:
    """Bo leads Nordlys, Carla is a member of it, Dieter leads Hemmelig, which is not listed."""

    site: Site
    nordlys: Firm
    hemmelig: Firm
    bo: Person
    carla: Person
    dieter: Person

    @property
    def path(self) -> str:
        return f"/firm/{self.nordlys.public_id}"

    def as_bo(self, lang: str = "en") -> Browser:
        return self.site.as_(self.bo, lang=lang)

    def as_carla(self) -> Browser:
        return self.site.as_(self.carla)

    def as_dieter(self) -> Browser:
        return self.site.as_(self.dieter)

    def change(self, act: Callable[[Session], Any]) -> Any:
        """Do something in a writing session of its own, and keep it."""
        with self.site.database.writing() as session:
            done = act(session)
            commit(session)
            session.expire_all()
            if hasattr(done, "id"):
                session.refresh(done)
            session.expunge_all()
        return done

    def profile(self, firm: Firm | None = None) -> Profile:
        """Return a profile as it is kept now."""
        with self.site.database.reading() as session:
            found = profile_of(session, session.get_one(Firm, (firm or self.nordlys).id))
            session.expunge_all()
        return found

    def firms(self) -> list[str]:
        with self.site.database.reading() as session:
            return sorted(firm.name for firm in session.query(Firm))


def world(site: Site) -> World:
    """Make the world of these tests."""
    with site.database.writing() as session:
        samples.add_terms(session)
        nordlys = samples.add_firm(session, evidence=(samples.evidence(note="Own"),), **PROFILE)
        hemmelig = samples.add_firm(
            session,
            "Hemmelig GmbH",
            country="DE",
            is_public=False,
            summary="zyzzyva",
            themes=("invoicing",),
            evidence=(samples.evidence(note="zyzzyva"),),
        )
        people = [samples.add_person(session, name) for name in ("Bo", "Carla", "Dieter")]
        samples.join(session, people[0], nordlys, Role.LEAD)
        samples.join(session, people[1], nordlys)
        samples.join(session, people[2], hemmelig, Role.LEAD)
        commit(session)
        for one in (nordlys, hemmelig, *people):
            session.refresh(one)
        session.expunge_all()
    return World(site, nordlys, hemmelig, *people)


def statements(site: Site, browser: Browser, path: str) -> int:
    """Return how many SQL statements a page takes."""
    seen: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", note)
    try:
        assert browser.get(path).status_code == 200
    finally:
        event.remove(site.database.engine, "before_cursor_execute", note)
    return len(seen)
