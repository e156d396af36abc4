"""The site on a copy of the world: put back as it was before each test, asked as anybody."""

import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import case, update

from govmatch import settings as settings_module
from govmatch.accounts import links, second_factor
from govmatch.accounts.models import Person, SessionRow
from govmatch.app import create_app
from govmatch.challenges import public_list
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.kit.signing import Signer
from govmatch.organisations import directory
from govmatch.settings import Settings
from govmatch.web.responses import cookie_name
from govmatch.worker import Worker
from govmatch.worker.follow import Follower
from tests.security.asking import Door, Fields, Got
from tests.security.making import World
from tests.site import SECRET, Postbox

PUBLIC_NAME = "govmatch.example"
FRESH = timedelta(minutes=4)

IN_FILES = "zxpaper"
"""A word that stands in every file of the seeded worlds."""


@dataclass(frozen=True)
class Template:
    """A world that is not changed any more: its database file, its data folder, what is in it."""

    file: Path
    data: Path
    world: World


def settings_of(file: Path, data: Path, *, production: bool = False, **changes: Any) -> Settings:
    environ = {"GOVMATCH_SECRET_KEY": SECRET, "GOVMATCH_CONFIG": "-", "GOVMATCH_MODE": "test"}
    if production:
        environ |= {"GOVMATCH_MODE": "production", "GOVMATCH_BASE_URL": f"https://{PUBLIC_NAME}"}
    return settings_module.load(environ, data_dir=data, database_url=f"sqlite:///{file}", **changes)


class House:
    """One site. `put_back` makes its database what it was; requests come from ever new clients."""

    def __init__(
        self, template: Template, file: Path, *, production: bool = False, own_data: bool = False
    ) -> None:
        shutil.copyfile(template.file, file)
        data = template.data
        if own_data:  # for those who upload, or let the background work
            data = shutil.copytree(data, file.with_suffix(""))
        self.template = template
        self.settings = settings_of(file, data, production=production)
        self.database = Database(self.settings.database)
        self.app = create_app(self.settings, self.database)
        scheme, _, host = self.settings.base_url.partition("://")
        self.door = Door(self.app, host, scheme)
        self._raw = sqlite3.connect(file)
        self._raw.execute("PRAGMA synchronous=OFF")
        self._clients = count(1)
        self._first_id = self.last_id
        self._freshen()
        self._seen = self.changes()

    @property
    def world(self) -> World:
        return self.template.world

    @property
    def ids(self) -> dict[str, str]:
        return self.template.world.ids

    def close(self) -> None:
        self.door.close()
        self._raw.close()
        self.database.close()

    def changes(self) -> int:
        """Return a number that is another one as soon as any request has changed anything."""
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])

    def put_back(self) -> None:
        """Make everything what it was, where it is not."""
        site = self.app._site  # type: ignore[attr-defined]
        site.buckets._levels.clear()
        if self.changes() == self._seen and real_now() < self._fresh_at + FRESH:
            return
        source = sqlite3.connect(f"file:{self.template.file}?mode=ro", uri=True)
        source.backup(self._raw)
        source.close()
        # Kept by journal id, which the next change takes anew.
        for kept in (site.cache, public_list._kept, directory._kept):
            kept.clear()
        self._freshen()
        self._seen = self.changes()

    def _freshen(self) -> None:
        """Let everybody have come in just now, however long ago the world was made."""
        now = real_now()
        self._fresh_at = now
        gave = case((SessionRow.factor_at.is_not(None), now), else_=None)
        with self.database.writing() as session:
            session.execute(
                update(SessionRow).values(created_at=now, last_used_at=now, factor_at=gave)
            )
            commit(session)

    def filled(self, path: str, fill: Mapping[str, str]) -> str:
        """Return a path with its parameters filled in, by name or as written after «=»."""
        for name, value in fill.items():
            path = path.replace(f"{{{name}}}", self.named(value))
        assert "{" not in path, path
        return path

    def named(self, name: str) -> str:
        """Return what stands for a name of the world; links are signed anew, for 15 minutes."""
        if name.startswith("="):
            return name[1:]
        if name.startswith("link "):
            request, person = self.world.links[name.removeprefix("link ")]
            link = links.Link(request, person, real_now() + timedelta(minutes=15))
            return links.sign(Signer(self.settings.secret_key), link)
        return self.ids[name]

    def code(self, who: str) -> str:
        """Return the present code of somebody's second factor; zeros where there is none."""
        with self.database.reading() as session:
            person = session.get(Person, self.world.numbers.get(who, 0))
            key = self.settings.secret_key
            secret = second_factor.present_secret(person, site_key=key) if person else None
        return second_factor.code_at(secret, real_now()) if secret else "000000"

    def first_code(self, who: str) -> str:
        """Return the code with which somebody would set up a second factor in their session."""
        if who not in self.world.numbers:
            return "000000"
        with self.database.reading() as session:
            person = session.get_one(Person, self.world.numbers[who])
            secret = second_factor.next_secret(
                person,
                session_id=self.ids[f"session {who}"],
                site_key=self.settings.secret_key,
            )
        return second_factor.code_at(secret, real_now())

    def cookie(self, who: str) -> str:
        token = self.world.cookies.get(who)
        return f"{cookie_name(self.settings)}={token}" if token else ""

    def ask(self, who: str, method: str, target: str, **more: Any) -> Got:
        """Ask as somebody, from an address that nobody has asked from before."""
        return self.door.ask(method, target, **{**self._given(who), **more})

    def get(self, who: str, target: str, **more: Any) -> Got:
        return self.ask(who, "GET", target, **more)

    def post(self, who: str, target: str, fields: Fields, **more: Any) -> Got:
        """Send a form as our own page would."""
        return self.door.post(target, fields, **self._given(who), **more)

    def _given(self, who: str) -> dict[str, Any]:
        number = next(self._clients)
        client = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return {"cookie": self.cookie(who), "client": client}

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._raw.execute(statement, values).fetchall()

    def tables(self) -> list[str]:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        return sorted(row[0] for row in self.rows(named))

    def events(self) -> list[str]:
        """Return what has happened since the world was made."""
        return [row[0] for row in self.rows(
            "SELECT event FROM journal WHERE id > ? ORDER BY id", self._first_id
        )]  # fmt: skip

    @property
    def last_id(self) -> int:
        return int(self.rows("SELECT last_id FROM journal_head")[0][0])

    def counts(self) -> dict[str, int]:
        """Return how many rows each table has."""
        return {
            name: self.rows(f'SELECT count(*) FROM "{name}"')[0][0]  # noqa: S608 -- our own names
            for name in self.tables()
        }

    def work(self, postbox: Postbox) -> None:
        """Let the background catch up once."""
        follower = Follower(self.settings, self.database)
        Worker(self.settings, self.database, postbox, follower.step).drain()
        follower.close()
