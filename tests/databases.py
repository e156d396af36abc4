"""Databases for tests: each with the schema as the migrations make it, none shared by accident.

The schema is made once for each kind and process; every further database is a copy of it, which
takes 2 ms on SQLite and 30 ms on PostgreSQL.
"""

import itertools
import os
import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from govmatch.kit.db import Database
from govmatch.migrations.run import migrate


class Kind(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Databases:
    """The databases of one process of the test run."""

    def __init__(self, folder: Path, *, server_url: Callable[[], str]) -> None:
        self._folder = folder
        self._server_url = server_url
        self._numbers = itertools.count(1)
        self._templates: dict[Kind, str] = {}
        self._shared: dict[Kind, Database] = {}

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
            self._on_server(f"CREATE DATABASE {_name(url)} TEMPLATE {_name(template)}")
        return url

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

    def _on_server(self, statement: str) -> None:
        engine = create_engine(self._server_url(), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()


def _file(url: str) -> Path:
    return Path(_name(url))


def _name(url: str) -> str:
    name = make_url(url).database
    assert name is not None
    return name
