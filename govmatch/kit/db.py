"""The database: engine, the two kinds of session, column types, and the one commit point.

SQLite runs in WAL with synchronous=FULL; a writing session begins with BEGIN IMMEDIATE, so it waits
for its turn instead of failing half-way. PostgreSQL runs the same code.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NewType, TypeAlias

from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Text,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Session as OrmSession

from govmatch.kit.turns import Turns

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

ReadSession: TypeAlias = OrmSession
"""A session that actions refuse: whoever only reads gets this."""

Session = NewType("Session", ReadSession)
"""A session that may write; made only for writing requests, the worker and the commands."""

BUSY_SECONDS = 20
CACHE_KB = 500
"""What each connection to SQLite keeps by itself; the system keeps the file's pages for all."""
KEPT_STATEMENTS = 200
"""Compiled ones, the latest asked; each takes 34 KB, and the site has more than 500."""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive values, always comes back aware and in UTC, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """Any JSON value, kept as text with sorted keys; the same bytes on both databases.

    A value is replaced, never changed in place: changes inside it are not noticed.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys and no spaces, in Unicode."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class Database:
    """An engine, and sessions of two kinds on it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        self._writing = self.engine.execution_options(govmatch_begin="IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[ReadSession]:
        """Yield a session on one snapshot; what it changed by mistake is rolled back."""
        with ReadSession(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose transaction is kept only if `commit` is called."""
        with ReadSession(self._writing) as session:
            yield Session(session)

    def close(self) -> None:
        self.engine.dispose()


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None},
        pool_size=8,
        max_overflow=16,
        query_cache_size=KEPT_STATEMENTS,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
            f"cache_size=-{CACHE_KB}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    turns = Turns()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        mode = connection.get_execution_options().get("govmatch_begin", "DEFERRED")
        is_next = mode == "IMMEDIATE" and not connection.info.get("govmatch_turn")
        # Whoever had to wait too long asks SQLite all the same, which says that it is locked.
        if is_next and turns.take(seconds=BUSY_SECONDS):
            connection.info["govmatch_turn"] = True
        connection.exec_driver_sql(f"BEGIN {mode}")

    @event.listens_for(engine, "checkin")
    def end_turn(_connection: Any, record: Any) -> None:
        """After the commit is on disk, and after whatever else ended a transaction."""
        if record.info.pop("govmatch_turn", False):
            turns.give()

    return engine


def _postgresql_engine(url: str) -> Engine:
    return create_engine(
        url, pool_size=8, max_overflow=16, pool_pre_ping=True, query_cache_size=KEPT_STATEMENTS
    )


BEFORE_COMMIT: list[Callable[[Session], None]] = []
"""What must be last in a transaction, such as sealing the journal; filled at import by kit."""


def insert_once(session: Session, table: type[Base]) -> "sqlite.Insert | postgresql.Insert":
    """Return an insert that leaves out, without an error, what a unique column has already."""
    if session.get_bind().dialect.name != "postgresql":
        return sqlite.insert(table).on_conflict_do_nothing()
    # 2 MB that a site on SQLite need not hold.
    from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415

    return insert(table).on_conflict_do_nothing()


def commit(session: Session) -> None:
    """Flush, run what must be last in the transaction, and commit. The only place that commits."""
    session.flush()
    for last in BEFORE_COMMIT:
        last(session)
    session.commit()
