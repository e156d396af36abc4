"""The index follows the journal by its own cursor; one writer per index folder."""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select

from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, ReadSession
from govmatch.kit.journal import JournalRow, last_id
from govmatch.search.entry import Change
from govmatch.search.folder import WriterBusy
from govmatch.search.index import Index
from govmatch.search.rebuilding import Rebuild, Thing, read_state
from govmatch.search.writer import NeedsRebuild, Writer
from govmatch.settings import Settings
from govmatch.worker.reading import background, entries_of
from govmatch.worker.registry import indexed
from govmatch.worker.remaking import Remaking, is_of

log = logging.getLogger("govmatch.index")

BATCH = 500
NIGHT_HOUR = 2  # UTC
CHECK_EVERY = 30.0  # seconds between looks whether the files are still there
SLICE = 0.3  # seconds of each turn that go into a new index
PAUSE = 20.0  # seconds before one that failed is gone on with
MOST_MOVED = 2_000  # documents that are moved while everything else waits
Progress = Callable[[int, int], None]


class Follower:
    """Keeps one index folder in step with the journal, for as long as it is open."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._writer: Writer | None = None
        self._check_at = 0.0
        self._tidied = real_now().date()
        self._read_files = False
        self._making: Remaking | None = None
        self._begin_at = 0.0

    def step(self) -> int:
        """Index what the journal has since the cursor; return how many rows were passed.

        Does nothing while another process writes this folder. An index that is missing or damaged
        is made anew, a slice with each step, so that nothing else has to wait for it.
        """
        writer = self._open()
        if writer is None:
            return 0
        made = self._make_on(writer)
        try:
            if time.monotonic() >= self._check_at:
                self._check_at = time.monotonic() + CHECK_EVERY
                writer.verify()
                if writer.is_outdated:
                    self._begin("its words were read with another glossary")
            return self._follow(writer) or self._tidy(writer) or made
        except NeedsRebuild as reason:
            return made or self._begin(str(reason))

    def rebuild(self, progress: Progress = lambda _done, _total: None) -> bool:
        """Make the index anew to its end; False when another process writes or makes it."""
        writer = self._open()
        if writer is None:
            return False
        try:
            making = Remaking(self._settings, self._database, is_fresh=True)
        except WriterBusy:
            return False
        try:
            while not making.is_finished:
                progress(making.done, making.total)
                making.step(SLICE)
            progress(making.total, making.total)
            return self._take(writer, making.rebuild)
        finally:
            making.close()

    def take_over(self) -> bool:
        """Have a new index that somebody finished in use; False when this process may not."""
        writer = self._open()
        return writer is not None and bool(self._make_on(writer))

    def _begin(self, reason: str) -> int:
        """Begin or go on to make the index anew; another process may be at it already."""
        if self._making is None and time.monotonic() >= self._begin_at:
            try:
                self._making = Remaking(self._settings, self._database)
            except WriterBusy:
                return 0
            log.warning("the index is made anew: %s", reason)
        return int(self._making is not None)

    def _make_on(self, writer: Writer) -> int:
        """Go on with a new index for a moment, and have it in use when it is finished."""
        making = self._making
        if making is None:
            return self._take_finished(writer)
        try:
            making.step(SLICE)
            if making.is_finished:
                self._take(writer, making.rebuild)
                self._stop_making()
        except BaseException:
            self._stop_making()
            self._begin_at = time.monotonic() + PAUSE
            raise
        return 1

    def _take_finished(self, writer: Writer) -> int:
        """Have in use what another process has finished, such as `govmatch index rebuild`."""
        state = read_state(self._settings.index_dir)
        if state is None or not state.is_finished:
            return 0
        with suppress(WriterBusy), Rebuild(self._settings.index_dir) as new:
            return int(self._take(writer, new))
        return 0

    def _take(self, writer: Writer, new: Rebuild) -> bool:
        """Have the new index in use with all that happened since it was begun."""
        if new.state is None:
            return False
        with self._database.reading() as session:
            if not is_of(session, new.state):
                new.discard()
                return False
            cursor = last_id(session)
            changes = self._changes(session, _since(session, new.state.pointer.cursor))
        documents = new.documents
        try:
            writer.adopt(new, changes, cursor=cursor)
        except NeedsRebuild:
            new.discard()
            raise
        self._read_files = False
        log.info("the index is new: %s documents", documents)
        return True

    def _tidy(self, writer: Writer) -> int:
        """Once a night, while nothing else is to do: nothing deleted on disk, every byte looked at.

        Only then does erased text leave the disk; also from an index that nobody goes on to make.
        """
        night = (real_now() - timedelta(hours=NIGHT_HOUR)).date()
        if night > self._tidied and self._making is None:
            self._tidied = night
            with suppress(WriterBusy), Rebuild(self._settings.index_dir) as left:
                left.discard()
            writer.verify(content=True)
            if not writer.optimize(most=MOST_MOVED):
                return self._begin("it holds much that was replaced")
        return 0

    def close(self) -> None:
        """Let another process write; what is being made stays, to be gone on with."""
        self._stop_making()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _stop_making(self) -> None:
        if self._making is not None:
            self._making.close()
            self._making = None

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
            changes = []
            for kind, one in indexed().items():
                if not one.from_files:
                    continue
                numbers = {str(number): number for number in one.ids(given, session)}
                gone = {key.split(":")[1] for key in there if key.startswith(f"{kind}:")}
                changes += [Change(kind, id_) for id_ in sorted(gone - numbers.keys())]
                for id_, number in numbers.items():
                    entries = entries_of(given, session, kind, number)
                    if entries and any(there.get(one.key) != one.digest() for one in entries):
                        changes.append(Change(kind, id_, tuple(entries)))
        if changes:
            writer.apply(changes, cursor=cursor)

    def _changes(self, session: ReadSession, things: Iterable[Thing]) -> list[Change]:
        """Return what is to be found of these things from now on."""
        given = background(self._settings, session)
        return [
            Change(name, str(number), tuple(entries_of(given, session, name, number)))
            for name, number in things
        ]


def _since(session: ReadSession, cursor: int) -> list[Thing]:
    """Return everything that reads differently since a journal id."""
    rows = session.execute(
        select(JournalRow.subject_kind, JournalRow.subject_id, JournalRow.event)
        .where(JournalRow.id > cursor)
        .order_by(JournalRow.id)
    )
    return changed(session, dict.fromkeys((kind, subject, event) for kind, subject, event in rows))


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
