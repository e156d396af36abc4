"""The journal: audit trail, timeline and outbox in one table, as a chain of hashes.

Rows are made by actions in the request's transaction. Their ids and hashes are set last before
COMMIT, while the head of the chain is locked, so that ids stand in commit order on every database.
`data` carries ids, state names and salted digests, never text, names or addresses.
"""

import threading
from collections.abc import Collection, Iterator
from dataclasses import fields
from datetime import datetime
from typing import ClassVar, TypedDict

from sqlalchemy import Index, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.actor import Actor
from govmatch.kit.db import (
    BEFORE_COMMIT,
    Base,
    Database,
    Json,
    ReadSession,
    Session,
    UtcDateTime,
    canonical_json,
)
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass

GENESIS = "0" * 64

Subject = tuple[str, int]
"""What an event is about: its kind and its id."""


@dataclass(frozen=True)
class Event:
    """What happened, in the past tense; a subclass names its fields, its name is kept.

    `subject_kind` is the table's thing in one word; `public` is true when the event changes what a
    visitor may read, so that cached public pages are made anew.
    """

    subject_kind: ClassVar[str]
    public: ClassVar[bool] = False

    subject_id: int

    def data(self) -> dict[str, object]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "subject_id"}


class JournalRow(Base):
    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_subject", "subject_kind", "subject_id", "id"),
        Index("ix_journal_dispatched_at", "dispatched_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None]
    event: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    data: Mapped[dict[str, object]] = mapped_column(Json)
    previous_hash: Mapped[str]
    hash: Mapped[str]
    dispatched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Head(Base):
    """One row: the last journal id, its hash, the last public one, and the site's clock offset."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int] = mapped_column(default=0)
    last_hash: Mapped[str] = mapped_column(default=GENESIS)
    public_id: Mapped[int] = mapped_column(default=0)
    clock_offset: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class _Pending:
    event: Event
    actor_id: int | None
    at: datetime


def record(session: Session, event: Event, *, actor: Actor, now: datetime) -> None:
    """Put the event into the journal of this transaction, after those already recorded."""
    session.info.setdefault("journal", []).append(_Pending(event, actor.person_id, now))


def hold(session: Session) -> Head:
    """Return the chain's head, which nobody else moves until this transaction ends."""
    return session.execute(
        select(Head).with_for_update().execution_options(populate_existing=True)
    ).scalar_one()


def is_recorded(session: ReadSession, event: Event, *, actor: Actor, since: datetime) -> bool:
    """True where this actor did exactly the same to the same subject at or after `since`."""
    found = select(JournalRow.id).where(
        JournalRow.subject_kind == event.subject_kind,
        JournalRow.subject_id == event.subject_id,
        JournalRow.event == type(event).__name__,
        JournalRow.actor_id == actor.person_id,
        JournalRow.data == event.data(),
        JournalRow.at >= since,
    )
    return session.execute(found.limit(1)).first() is not None


def seal(session: Session) -> None:
    """Give the recorded events their ids and hashes, under the lock on the chain's head."""
    pending: list[_Pending] = session.info.pop("journal", [])
    if not pending:
        return
    head = hold(session)
    last_id, last_hash, public_id = head.last_id, head.last_hash, head.public_id
    rows = []
    for item in pending:
        row = _row(item, last_id + 1, last_hash)
        rows.append(row)
        last_id, last_hash = row["id"], row["hash"]
        public_id = last_id if item.event.public else public_id
    session.execute(insert(JournalRow), rows)
    session.execute(
        update(Head).values(last_id=last_id, last_hash=last_hash, public_id=public_id),
        execution_options={"synchronize_session": False},
    )


BEFORE_COMMIT.append(seal)


class _Sealed(TypedDict):
    """The columns of a row; thousands are written without an object for each."""

    id: int
    at: datetime
    event: str
    subject_kind: str
    subject_id: int
    actor_id: int | None
    data: dict[str, object]
    previous_hash: str
    hash: str


def _row(item: _Pending, row_id: int, previous_hash: str) -> _Sealed:
    name, about, data = type(item.event).__name__, item.event, item.event.data()
    content = [
        row_id,
        item.at.isoformat(timespec="microseconds"),
        item.actor_id,
        name,
        about.subject_kind,
        about.subject_id,
        data,
    ]
    return {
        "id": row_id,
        "at": item.at,
        "event": name,
        "subject_kind": about.subject_kind,
        "subject_id": about.subject_id,
        "actor_id": item.actor_id,
        "data": data,
        "previous_hash": previous_hash,
        "hash": hash_of(previous_hash, content),
    }


def row_hash(row: JournalRow) -> str:
    """Return the SHA-256 over the previous hash and everything left of `dispatched_at`."""
    content = [
        row.id,
        row.at.isoformat(timespec="microseconds"),
        row.actor_id,
        row.event,
        row.subject_kind,
        row.subject_id,
        row.data,
    ]
    return hash_of(row.previous_hash, content)


def hash_of(previous_hash: str, content: list[object]) -> str:
    """Return the hash of a row by what it holds, in the order of `row_hash`."""
    return digest(previous_hash + canonical_json(content))


@dataclass(frozen=True)
class Verdict:
    """What checking the chain found: how many rows, and the first bad one with the reason."""

    rows: int
    bad_id: int | None = None
    reason: str = ""


def verify(session: ReadSession) -> Verdict:
    """Walk the whole chain and compare it with its head; stops at the first bad row."""
    previous, expected_id = GENESIS, 1
    for row in _all_rows(session):
        if row.id != expected_id:
            return Verdict(expected_id - 1, expected_id, "missing")
        if row.previous_hash != previous or row.hash != row_hash(row):
            return Verdict(expected_id - 1, row.id, "changed")
        previous, expected_id = row.hash, expected_id + 1
    head = session.execute(select(Head)).scalar_one()
    if (head.last_id, head.last_hash) != (expected_id - 1, previous):
        return Verdict(expected_id - 1, head.last_id, "the end is missing")
    return Verdict(expected_id - 1)


def _all_rows(session: ReadSession, size: int = 1000) -> Iterator[JournalRow]:
    last = 0
    while rows := session.scalars(
        select(JournalRow).where(JournalRow.id > last).order_by(JournalRow.id).limit(size)
    ).all():
        yield from rows
        last = rows[-1].id
        session.expunge_all()


def rows_about(session: ReadSession, kind: str, subject_id: int) -> list[JournalRow]:
    """Return what happened to one thing, oldest first."""
    found = select(JournalRow).where(
        JournalRow.subject_kind == kind, JournalRow.subject_id == subject_id
    )
    return list(session.scalars(found.order_by(JournalRow.id)))


def subjects_since(session: ReadSession, after: int, kinds: Collection[str]) -> list[Subject]:
    """Return what anything happened to after a journal id, of some kinds, each once."""
    found = select(JournalRow.subject_kind, JournalRow.subject_id).distinct()
    rows = session.execute(found.where(JournalRow.id > after, JournalRow.subject_kind.in_(kinds)))
    return [(kind, number) for kind, number in rows]


def last_id(session: ReadSession) -> int:
    return session.execute(select(func.coalesce(func.max(Head.last_id), 0))).scalar_one()


def last_public_id(session: ReadSession) -> int:
    """Return the last journal id of an event that visitors can see."""
    return session.execute(select(func.coalesce(func.max(Head.public_id), 0))).scalar_one()


def clock_offset(session: ReadSession) -> int:
    return session.execute(select(func.coalesce(func.max(Head.clock_offset), 0))).scalar_one()


@dataclass(frozen=True, slots=True)
class Instant:
    """What every request asks first: the last public journal id and the clock's offset (s)."""

    public_id: int
    clock_offset: int


class HeadReader:
    """Reads the chain's head with one statement on a connection that each thread keeps open."""

    _STATEMENT = "SELECT public_id, clock_offset FROM journal_head"

    def __init__(self, database: Database) -> None:
        self._database = database
        self._own = threading.local()

    def read(self) -> Instant:
        if not self._database.is_sqlite:
            with self._database.engine.connect() as connection:
                return Instant(*connection.exec_driver_sql(self._STATEMENT).one())
        if not hasattr(self._own, "connection"):
            self._own.connection = self._database.engine.raw_connection()
        return Instant(*self._own.connection.cursor().execute(self._STATEMENT).fetchone())
