"""People at the desk: the shipped programmes and authorities in the site's own database, now.

Astrid and Asger write for the authority that Hanne approves for; Eva publishes; Ida writes for
another authority, Pia manages another programme; Bo is of a firm, Gro holds no role, Jens audits,
Kim administers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, event, select, update

from govmatch.accounts.actions import create_person, give_role
from govmatch.accounts.models import Person, Role
from govmatch.challenges import actions
from govmatch.challenges.content.loading_base import load_base
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import find_by_slug
from govmatch.challenges.statement import Statement, statement_of
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.clock import real_now
from govmatch.kit.content import Report
from govmatch.kit.db import Base, Session, commit
from govmatch.kit.journal import JournalRow
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme
from tests.site import Browser, Site
from tests.unit.challenges.world import CONTENT, ask_less, shipped_base, statement

AUTHORITY, PROGRAMME = "sikkerhedsstyrelsen", "govtech"
DUTIES: dict[str, tuple[Role, str, str] | None] = {
    "astrid": (Role.STAFF, "authority", AUTHORITY),
    "asger": (Role.STAFF, "authority", AUTHORITY),
    "hanne": (Role.APPROVER, "authority", AUTHORITY),
    "eva": (Role.MANAGER, "programme", PROGRAMME),
    "ida": (Role.STAFF, "authority", "bremen-wirtschaft"),
    "pia": (Role.MANAGER, "programme", "bremen-wirtschaft-digital"),
    "jens": (Role.AUDITOR, "site", ""),
    "kim": (Role.ADMINISTRATOR, "site", ""),
    "bo": (Role.MEMBER, "firm", ""),
    "gro": None,
}


@dataclass
class Desk:
    """The site with its people; `now` is when it was made."""

    site: Site
    now: datetime
    people: dict[str, Person] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def as_(self, name: str, **more: Any) -> Browser:
        return self.site.as_(self.people[name], **more)

    def change(self, act: Callable[[Session], Any]) -> Any:
        """Do something in a writing session of its own, and keep it."""
        with self.site.database.writing() as session:
            done = act(session)
            commit(session)
        return done

    def empty(self, *tables: type[Base]) -> None:
        """Take every row out of some tables, in this order."""

        def act(session: Session) -> None:
            for table in tables:
                session.execute(delete(table))

        self.change(act)

    def set_person(self, who: str, /, **values: Any) -> None:
        """Write something else into the row of a person."""
        row = update(Person).where(Person.id == self.people[who].id)
        self.change(lambda session: session.execute(row.values(**values)))

    def set_challenge(self, slug: str, /, **values: Any) -> None:
        row = update(Challenge).where(Challenge.slug == slug)
        self.change(lambda session: session.execute(row.values(**values)))

    def give(self, name: str, role: Role, kind: str, slug: str) -> None:
        """Give somebody one more role."""

        def act(session: Session) -> None:
            person = session.get_one(Person, self.people[name].id)
            number = _object_id(session, kind, slug)
            give_role(
                session, person, role, kind, number, actor=VISITOR, now=self.now, real_now=self.now
            )
            held = Held(role, kind, number)
            old = self.actors[name]
            self.actors[name] = Actor(person.id, name, roles=old.roles | {held})

        self.change(act)

    def draft(self, *, by: str = "astrid", **changes: Any) -> str:
        """Begin a whole draft, and return its slug."""

        def act(session: Session) -> str:
            made = actions.create(
                session, self.statement(**changes), actor=self.actors[by], now=self.now
            )
            return made.slug

        return str(self.change(act))

    def submitted(self, **changes: Any) -> str:
        slug = self.draft(**changes)
        self.change(
            lambda session: actions.submit_for_approval(
                session,
                _get(session, slug),
                actor=self.actors["astrid"],
                now=self.now,
                content_dir=CONTENT,
            )
        )
        return slug

    def approved(self, **changes: Any) -> str:
        slug = self.submitted(**changes)
        self.change(
            lambda session: actions.approve(
                session,
                _get(session, slug),
                actor=self.actors["hanne"],
                now=self.now,
                real_now=self.now,
            )
        )
        return slug

    def published(self, *, at: datetime | None = None, **changes: Any) -> str:
        slug = self.approved(**changes)
        self.change(
            lambda session: actions.publish(
                session,
                _get(session, slug),
                at=at,
                actor=self.actors["eva"],
                now=self.now,
                content_dir=CONTENT,
            )
        )
        return slug

    def statement(self, **changes: Any) -> Statement:
        """Return a whole statement that opens ten days from now."""
        dates = {
            "opens": self.now + timedelta(days=10),
            "questions_until": self.now + timedelta(days=38),
            "closes": self.now + timedelta(days=52),
        }
        return statement(**{**dates, **changes})

    def says(self, slug: str) -> Statement:
        """Return what a challenge says as it is kept."""
        with self.site.database.reading() as session:
            return statement_of(_get(session, slug))

    def kept(self, slug: str) -> Challenge:
        """Return a challenge's own row as it is kept."""
        with self.site.database.reading() as session:
            found = _get(session, slug)
            session.expunge(found)
        return found

    def titles(self) -> list[str]:
        with self.site.database.reading() as session:
            found = session.scalars(select(Challenge)).all()
            return sorted(text.title for one in found for text in one.texts)

    def events(self, slug: str = "") -> list[str]:
        """Return what the journal holds about a challenge, or about all, oldest first."""
        with self.site.database.reading() as session:
            found = select(JournalRow).where(JournalRow.subject_kind == "challenge")
            if slug:
                found = found.where(JournalRow.subject_id == _get(session, slug).id)
            return [row.event for row in session.scalars(found.order_by(JournalRow.id))]

    def statements(self, browser: Browser, path: str) -> int:
        """Return how many SQL statements a page takes."""
        seen: list[str] = []

        def note(_c: object, _cur: object, text: str, *_rest: object) -> None:
            seen.append(text)

        event.listen(self.site.database.engine, "before_cursor_execute", note)
        try:
            assert browser.get(path).status_code == 200
        finally:
            event.remove(self.site.database.engine, "before_cursor_execute", note)
        return len(seen)


def make_desk(site: Site) -> Desk:
    """Load what is shipped besides challenges, and make the people."""
    now = real_now().replace(microsecond=0, second=0)
    made = Desk(site, now)
    with site.database.writing() as session:
        session.expire_on_commit = False
        load_base(session, shipped_base(), Report(), now=now)
        ask_less(session)
        for name, duty in DUTIES.items():
            made.people[name], made.actors[name] = _person(session, name, duty, now)
        commit(session)
        session.expunge_all()
    return made


def _person(
    session: Session, name: str, duty: tuple[Role, str, str] | None, now: datetime
) -> tuple[Person, Actor]:
    who = create_person(
        session,
        address=f"{name}@example.org",
        name=name.title(),
        lang="en",
        actor=VISITOR,
        now=now,
        real_now=now,
    )
    if duty is None:
        return who, Actor(person_id=who.id, name=name)
    role, kind, slug = duty
    number = _object_id(session, kind, slug)
    give_role(session, who, role, kind, number, actor=VISITOR, now=now, real_now=now)
    return who, Actor(person_id=who.id, name=name, roles=frozenset({Held(role, kind, number)}))


def _object_id(session: Session, kind: str, slug: str) -> int:
    if kind in {"site", "firm"}:
        return 0 if kind == "site" else 1
    table = TABLES[kind]
    return session.scalars(select(table.id).where(table.slug == slug)).one()


TABLES: dict[str, type[Authority] | type[Programme] | type[Challenge]] = {
    "authority": Authority,
    "programme": Programme,
    "challenge": Challenge,
}


def _get(session: Any, slug: str) -> Challenge:
    found = find_by_slug(session, slug)
    assert found is not None
    return found
