"""The index follows the journal by its own cursor; one writer per index folder."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from sqlalchemy import select

from govmatch.kit.background import Background
from govmatch.kit.clock import real_now, site_now
from govmatch.kit.db import Database, ReadSession
from govmatch.kit.journal import JournalRow, clock_offset, last_id
from govmatch.kit.signing import Signer
from govmatch.search.entry import Change, Entry
from govmatch.search.folder import WriterBusy
from govmatch.search.index import Index
from govmatch.search.writer import NeedsRebuild, Writer
from govmatch.settings import Settings
from govmatch.worker.registry import indexed

log = logging.getLogger("govmatch.index")

BATCH = 500
NIGHT_HOUR = 2  # UTC
CHECK_EVERY = 30.0  # seconds between looks whether the files are still there
Progress = Callable[[int, int], None]
Thing = tuple[str, int]
"""The kind of an entry and the number of what it is about."""


def background(settings: Settings, session: ReadSession) -> Background:
    offset = clock_offset(session) if settings.is_demo else 0
    return Background(settings, Signer(settings.secret_key), site_now(offset), real_now())


class Follower:
    """Keeps one index folder in step with the journal, for as long as it is open."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._writer: Writer | None = None
        self._check_at = 0.0
        self._tidied = real_now().date()
        self._read_files = False

    def step(self) -> int:
        """Index what the journal has since the cursor; return how many rows were passed.

        Does nothing while another process writes this folder. An index that is missing or damaged
        is made anew.
        """
        writer = self._open()
        if writer is None:
            return 0
        try:
            if time.monotonic() >= self._check_at:
                self._check_at = time.monotonic() + CHECK_EVERY
                writer.verify()
            return self._follow(writer) or self._tidy(writer)
        except NeedsRebuild as reason:
            log.warning("the index is made anew: %s", reason)
            self.rebuild()
            return 1

    def rebuild(self, progress: Progress = lambda _done, _total: None) -> bool:
        """Make the index anew while the site keeps serving; False when another process has it."""
        writer = self._open()
        if writer is None:
            return False
        with self._database.reading() as session:
            cursor = last_id(session)
            total, entries = everything(self._settings, session)
            try:
                writer.rebuild(entries, total=total, cursor=cursor, progress=progress)
            except WriterBusy:
                self.close()
                return False
        return True

    def _tidy(self, writer: Writer) -> int:
        """Once a night, while nothing else is to do: one segment, every byte looked at.

        Only then does erased text leave the disk.
        """
        night = (real_now() - timedelta(hours=NIGHT_HOUR)).date()
        if night > self._tidied:
            self._tidied = night
            writer.verify(content=True)
            writer.optimize()
        return 0

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _open(self) -> Writer | None:
        if self._writer is None:
            try:
                self._writer = Writer(self._settings.index_dir)
            except WriterBusy:
                return None
        return self._writer

    def _follow(self, writer: Writer) -> int:
        cursor = writer.cursor
        if not self._read_files:
            self._follow_files(writer, cursor)
            self._read_files = True
        with self._database.reading() as session:
            rows = session.execute(
                select(
                    JournalRow.id, JournalRow.subject_kind, JournalRow.subject_id, JournalRow.event
                )
                .where(JournalRow.id > cursor)
                .order_by(JournalRow.id)
                .limit(BATCH)
            ).all()
            if not rows:
                if last_id(session) < cursor:
                    raise NeedsRebuild("the journal is shorter than the index")
                return 0
            happened = dict.fromkeys((kind, subject, event) for _, kind, subject, event in rows)
            changes = self._changes(session, changed(session, happened))
        writer.apply(changes, cursor=rows[-1].id)
        return len(rows)

    def _follow_files(self, writer: Writer, cursor: int) -> None:
        """Index what came from files and reads differently since the last worker looked."""
        there = Index(self._settings.index_dir).digests()
        with self._database.reading() as session:
            given = background(self._settings, session)
            changes = [
                Change(kind, str(number), tuple(entries))
                for kind, one in indexed().items()
                if one.from_files
                for number in one.ids(given, session)
                if (entries := entries_of(given, session, kind, number))
                and any(there.get(entry.key) != entry.digest() for entry in entries)
            ]
        if changes:
            writer.apply(changes, cursor=cursor)

    def _changes(self, session: ReadSession, things: Iterable[Thing]) -> list[Change]:
        given = background(self._settings, session)
        return [
            Change(name, str(number), tuple(entries_of(given, session, name, number)))
            for name, number in things
        ]


def changed(session: ReadSession, happened: Iterable[tuple[str, int, str]]) -> list[Thing]:
    """Return what reads differently after (subject kind, subject, event), each thing once.

    That is everything of a kind that is about the subject, and what a package has said changes
    with that event although it is about something else.
    """
    things: dict[Thing, None] = {}
    for kind, subject, event in happened:
        for name, one in indexed().items():
            if (one.about or name) == kind:
                things[name, subject] = None
            if event in one.after:
                things |= dict.fromkeys((name, n) for n in one.after[event](session, subject))
    return list(things)


def entries_of(given: Background, session: ReadSession, kind: str, subject: int) -> list[Entry]:
    """Return the entries of one thing; one that cannot be made is logged and stops no other."""
    try:
        return indexed()[kind].entries(given, session, subject)
    except Exception:
        log.exception("%s %s cannot be indexed", kind, subject)
        return []


def everything(settings: Settings, session: ReadSession) -> tuple[int, Iterator[Entry]]:
    """Return how many things there are, and the entries of all of them."""
    given = background(settings, session)
    ids = [(kind, number) for kind, one in indexed().items() for number in one.ids(given, session)]

    def entries() -> Iterator[Entry]:
        for kind, number in ids:
            yield from entries_of(given, session, kind, number)
            session.expunge_all()

    return len(ids), entries()
