"""The index follows the journal by its own cursor; one writer per index folder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from govmatch.kit.background import Background
from govmatch.kit.clock import real_now, site_now
from govmatch.kit.db import Database, ReadSession
from govmatch.kit.journal import Head, JournalRow, clock_offset
from govmatch.kit.signing import Signer
from govmatch.search.entry import Entry
from govmatch.settings import Settings
from govmatch.worker.registry import indexed

BATCH = 500


def background(settings: Settings, session: ReadSession) -> Background:
    offset = clock_offset(session) if settings.is_demo else 0
    return Background(settings, Signer(settings.secret_key), site_now(offset), real_now())


@dataclass(frozen=True)
class Changes:
    """What changed since a cursor: the things to index anew, and where the journal stands now."""

    things: list[tuple[str, int]]
    cursor: int


def changes_since(session: ReadSession, cursor: int) -> Changes:
    """Return each changed thing once, up to 500 journal rows after `cursor`."""
    rows = session.execute(
        select(JournalRow.id, JournalRow.subject_kind, JournalRow.subject_id)
        .where(JournalRow.id > cursor)
        .order_by(JournalRow.id)
        .limit(BATCH)
    ).all()
    things = dict.fromkeys((kind, subject) for _, kind, subject in rows if kind in indexed())
    return Changes(list(things), rows[-1].id if rows else cursor)


def everything(settings: Settings, session: ReadSession) -> tuple[int, Iterator[Entry]]:
    """Return how many things there are, and an iterator over the entries of all of them."""
    given = background(settings, session)
    ids = [(one, i) for one in indexed().values() for i in one.ids(given, session)]

    def entries() -> Iterator[Entry]:
        for one, object_id in ids:
            yield from one.entries(given, session, object_id)
            session.expunge_all()

    return len(ids), entries()


def journal_end(session: ReadSession) -> int:
    return session.execute(select(Head.last_id)).scalar_one()


def rebuild(
    settings: Settings,
    database: Database,
    build: Callable[[Iterator[Entry], int, int], None],
) -> None:
    """Hand every entry, their number and the journal's end to `build`, on one snapshot."""
    with database.reading() as session:
        cursor = journal_end(session)
        total, entries = everything(settings, session)
        build(entries, total, cursor)
