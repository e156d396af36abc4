"""Three opened applications of the small world, and what staff press on the pages of triage."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from sqlalchemy import event

from govmatch.accounts.models import Role
from govmatch.applications.actions import access
from govmatch.applications.models import Application, Version
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session, commit
from govmatch.organisations.models import Firm
from govmatch.triage import actions, queries
from govmatch.triage.events import ApplicationOpened
from govmatch.triage.models import Handling
from tests.site import Browser, Site
from tests.unit.applications.acting import acting, submitted
from tests.unit.triage.doing import entered, staffed
from tests.web.applications.doing import close
from tests.web.applications.world import World, firm, give, make_world

READERS = ("eva", "ole", "astrid", "hanne", "jens")
OTHERS = ("bo", "carla", "dieter", "finn", "gro", "ida", "kim", "per")


@dataclass
class Triage:
    """A site with its world; `ids` are the public ids of applications by firm."""

    site: Site
    world: World
    ids: dict[str, str]

    def as_(self, name: str, **more: Any) -> Browser:
        return self.site.as_(self.world.people[name], **more)

    def path(self, firm: str, rest: str = "") -> str:
        return f"/triage/{self.ids[firm]}{rest}"

    def application(self, firm: str) -> Application:
        with self.site.database.reading() as session:
            found = session.query(Application).filter_by(public_id=self.ids[firm]).one()
            session.expunge(found)
            return found

    def state(self, firm: str) -> str:
        return self.application(firm).state

    def case(self, firm: str) -> tuple[int, int | None, tuple[str, ...]]:
        """Return revision, handler and tags."""
        with self.site.database.reading() as session:
            found = session.query(Application).filter_by(public_id=self.ids[firm]).one()
            (case,) = queries.cases_of(session, [found])
            return case.revision, case.handler_id, case.tags

    def close_to(self, firm: str, *names: str) -> None:
        """Close an application to people, as a conflict of interest does."""
        with self.site.database.writing() as session:
            found = session.query(Application).filter_by(public_id=self.ids[firm]).one()
            for name in names:
                who = self.world.people[name].id
                access.close(session, found, who, why="conflict", actor=VISITOR, now=real_now())
            commit(session)

    def statements(self, browser: Browser, path: str) -> int:
        """Return how many SQL statements a page takes."""
        seen: list[str] = []

        def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(self.site.database.engine, "before_cursor_execute", note)
        try:
            assert browser.get(path).status_code == 200
        finally:
            event.remove(self.site.database.engine, "before_cursor_execute", note)
        return len(seen)


def make_triage(site: Site, *, opened: bool = True) -> Triage:
    """Nordlys, Weser and Baltic have applied to the long challenge, and Finn is on its jury."""
    made = make_world(site.database)
    with site.database.writing() as session:
        session.expire_on_commit = False
        staffed(session, made)
        commit(session)
    with site.database.writing() as session:
        here = World(
            people=made.people,
            firms={name: session.merge(row) for name, row in made.firms.items()},
            challenges={name: session.merge(row) for name, row in made.challenges.items()},
        )
        entries = [*entered(session, here), submitted(session, here, "per", "baltic")]
        ids = dict(zip(("nordlys", "weser", "baltic"), (e.public_id for e in entries), strict=True))
        commit(session)
    close(site, "long")
    if opened:
        open_long(site, made)
    return Triage(site, made, ids)


def open_long(site: Site, made: World) -> None:
    with site.database.writing() as session:
        challenge = session.merge(made.challenges["long"], load=True)
        session.refresh(challenge)
        now = real_now()
        actions.begin(session, challenge, actor=acting(session, made.eva), now=now)
        actions.complete(session, challenge, actor=acting(session, made.astrid), now=now)
        commit(session)


def more_jury(triage: Triage, *names: str) -> None:
    with triage.site.database.writing() as session:
        number = triage.world.challenges["long"].id
        for name in names:
            give(session, triage.world.people[name], Role.REVIEWER, "challenge", number, real_now())
        commit(session)


def more(triage: Triage, number: int) -> None:
    """Add opened applications of German firms, as Weser's."""
    with triage.site.database.writing() as session:
        session.expire_on_commit = False
        like = session.query(Application).filter_by(public_id=triage.ids["weser"]).one()
        version = session.query(Version).filter_by(application_id=like.id).one()
        for n in range(number):
            made = copied(session, like, firm(session, f"f{n}", "DE", real_now()), n)
            session.add(made)
            session.flush()
            session.add(of_version(version, made, n))
            session.add(Handling(application_id=made.id, revision=1, state_since=made.submitted_at))
            event_ = ApplicationOpened(made.id, number=1)
            journal.record(session, event_, actor=VISITOR, now=real_now())
        commit(session)


def copied(session: Session, like: Application, of: Firm, n: int) -> Application:
    same = ("challenge_id", "state", "title", "lang", "created_by", "created_at", "updated_at",
            "submitted_at", "current_version", "answers")  # fmt: skip
    return Application(
        public_id=f"more{n}",
        reference=f"A-more-{n}",
        firm=of,
        alias=1000 + n,
        **{name: getattr(like, name) for name in same},
    )


def of_version(like: Version, made: Application, n: int) -> Version:
    same = ("number", "answers", "form", "form_digest", "lang", "gates", "at", "by")
    return Version(
        public_id=f"version{n}",
        application_id=made.id,
        salt="x",
        content_hash=f"{n:064}",
        **{name: getattr(like, name) for name in same},
    )


def names_in(html: str) -> list[str]:
    """Return the firms of the table or board, in order."""
    main = html.rsplit('id="results"', maxsplit=1)[-1]
    found = re.findall(r'<a href="/triage/[^"]+">([^<]+)</a>', main)
    return [unescape(one) for one in found if one in {"Nordlys", "Weser", "Baltic"}]


def fields(html: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the first form for an action."""
    for form in re.findall(r"<form\b.*?</form>", html, re.DOTALL):
        target = re.search(r'action="([^"?]*)', form)
        if target and target[1] == action:
            found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
            return {unescape(name): unescape(value) for name, value in found}
    raise AssertionError(f"no form for {action}")
