"""Databases for tests: each with the schema as the migrations make it, none shared by accident.

The schema is made once for each kind and process; every further database is a copy of it, which
takes 2 ms on SQLite and 30 ms on PostgreSQL. Copies are opened with engines that other tests have
used: an engine keeps what it has compiled, and compiling takes longer than most tests' statements.
"""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Pool,
    QueuePool,
    create_engine,
    event,
    make_url,
    text,
)

from govmatch.kit.db import Database
from govmatch.migrations.run import migrate


class Kind(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


FIRST_WITH_STRATEGY = (15,)
"""From this version on PostgreSQL copies page by page into its log, unless told to copy files."""


class Leading:
    """An engine that is led from one database to the next of its kind, one at a time."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = Database(url).engine
        event.listen(self.engine, "do_connect", self._lead)

    def _lead(self, dialect: Any, _record: Any, where: list[Any], how: dict[str, Any]) -> None:
        where[:], led = dialect.create_connect_args(make_url(self.url))
        how.update(led)


class Led(Database):
    """A database behind an engine that others had before; what listens to it goes with it."""

    def __init__(self, leading: Leading) -> None:
        self.url = leading.url
        self.is_sqlite = leading.url.startswith("sqlite")
        self.engine = leading.engine.execution_options()
        self._writing = self.engine.execution_options(govmatch_begin="IMMEDIATE")


class Databases:
    """The databases of one process of the test run."""

    def __init__(self, folder: Path, *, server_url: Callable[[], str]) -> None:
        self._folder = folder
        self._server_url = server_url
        self._numbers = itertools.count(1)
        self._templates: dict[Kind, str] = {}
        self._shared: dict[Kind, Database] = {}
        self._idle: dict[Kind, list[Leading]] = {kind: [] for kind in Kind}
        self._server: Engine | None = None

    def shared(self, kind: Kind) -> Database:
        """Return the one database of this kind for tests that roll back all they do."""
        if kind not in self._shared:
            self._shared[kind] = Database(self.copy(kind))
        return self._shared[kind]

    def copy(self, kind: Kind) -> str:
        """Return the address of a new database of this kind: all tables, no rows of a test."""
        template = self._template(kind)
        url = self._new_url(kind)
        if kind is Kind.SQLITE:
            shutil.copyfile(_file(template), _file(url))
        else:
            self._on_server(f"CREATE DATABASE {_name(url)} TEMPLATE {_name(template)}", copies=True)
        return url

    @contextmanager
    def opened(self, url: str) -> Iterator[Database]:
        """Yield what `copy` made, opened until the block ends.

        An engine that somebody still holds a connection of is not given to anybody else.
        """
        idle = self._idle[Kind(make_url(url).get_backend_name())]
        leading = idle.pop() if idle else Leading(url)
        leading.url = url
        pool = leading.engine.pool
        try:
            yield Led(leading)
        finally:
            is_free = leading.engine.pool is pool and held(pool) == 0
            leading.engine.dispose()
        if is_free:
            idle.append(leading)

    def drop(self, url: str) -> None:
        """Remove what `copy` made, whoever still holds it open."""
        if make_url(url).get_backend_name() == Kind.SQLITE:
            for end in ("", "-wal", "-shm"):
                Path(f"{_file(url)}{end}").unlink(missing_ok=True)
        else:
            self._on_server(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def close(self) -> None:
        """Remove everything that was made on a server, which may be one that stays."""
        for database in self._shared.values():
            database.close()
            self.drop(database.url)
        for url in self._templates.values():
            self.drop(url)
        if self._server is not None:
            self._server.dispose()

    def _template(self, kind: Kind) -> str:
        if kind not in self._templates:
            url = self._new_url(kind)
            if kind is Kind.POSTGRESQL:
                self._on_server(f"CREATE DATABASE {_name(url)} TEMPLATE template0")
            database = Database(url)
            migrate(database)
            database.close()
            self._templates[kind] = url
        return self._templates[kind]

    def _new_url(self, kind: Kind) -> str:
        name = f"govmatch_test_{os.getpid()}_{next(self._numbers)}"
        if kind is Kind.SQLITE:
            return f"sqlite:///{self._folder / name}.db"
        server = make_url(self._server_url())
        return server.set(database=name).render_as_string(hide_password=False)

    def _on_server(self, statement: str, *, copies: bool = False) -> None:
        if self._server is None:
            self._server = create_engine(self._server_url(), isolation_level="AUTOCOMMIT")
        with self._server.connect() as connection:
            how = strategy(connection) if copies else ""
            connection.execute(text(statement + how))


def strategy(connection: Connection) -> str:
    """Return how a server copies with the least work: files, unless it then waits for its disk."""
    version = connection.dialect.server_version_info or ()
    waits = connection.scalar(text("SHOW fsync")) == "on"
    return " STRATEGY FILE_COPY" if version >= FIRST_WITH_STRATEGY and not waits else ""


def held(pool: Pool) -> int:
    """Return how many connections of an engine's pool are in somebody's hands."""
    assert isinstance(pool, QueuePool)
    return pool.checkedout()


def _file(url: str) -> Path:
    return Path(_name(url))


def _name(url: str) -> str:
    name = make_url(url).database
    assert name is not None
    return name
