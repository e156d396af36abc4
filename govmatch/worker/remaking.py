"""A new index made from the database, a slice at a time, by processes beside this one.

This process reads the database and hands the entries on, in parts; what is done is kept (see
`govmatch.search.rebuilding`), so that it is gone on with after any stop. Nothing is read in one
long transaction: what changes meanwhile is in the journal after the id from which it was begun, and
is added before the new index is taken into use.
"""

import time
from collections import deque
from concurrent.futures import Future, wait
from dataclasses import field

from sqlalchemy import select

from govmatch import __version__
from govmatch.kit.db import Database, ReadSession
from govmatch.kit.journal import JournalRow, last_id
from govmatch.kit.records import dataclass
from govmatch.search.entry import Entry
from govmatch.search.knowledge import Knowledge, learned_from
from govmatch.search.parts import Makers, Part
from govmatch.search.rebuilding import Rebuild, State, Thing
from govmatch.settings import Settings
from govmatch.worker.reading import all_things, background, entries_of
from govmatch.worker.registry import indexed

_READ = 100
"""Things that are read in one transaction."""
_LEARNED_FROM = 1_000
"""Things whose words teach how compounds are taken apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How the work is cut up.

    `part` entries are at most lost of each process's work when all is stopped at once, and are one
    segment.
    """

    part: int = 8_000
    processes: int = 2


USUAL = Pace()
SMALL = 1_000
"""Things that are indexed by this process, when they are one part: to start others takes longer."""


def source_of(session: ReadSession, cursor: int) -> str:
    """Return what differs when the journal, the program or what it indexes is not the same."""
    told = session.scalar(select(JournalRow.hash).where(JournalRow.id == cursor)) or "-"
    return " ".join([__version__, told, *indexed()])


def is_of(session: ReadSession, state: State | None) -> bool:
    """Return whether what was made so far is of this very journal, program and things."""
    return state is not None and state.source == source_of(session, state.pointer.cursor)


@dataclass
class _Under:
    """A part under way: how many things and entries it has, and how many of these are in."""

    things: int
    last: Thing
    entries: int
    count: int = 0
    made: Future[Part] = field(default_factory=Future)

    def tell(self, count: int) -> None:
        """Hear how many entries are in."""
        self.count = count

    @property
    def done(self) -> float:
        """Return how many things are in, as far as their entries tell."""
        return self.things * self.count / self.entries if self.entries else 0.0


class Remaking:
    """The making of a new index by this process, until it is finished or closed."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        is_fresh: bool = False,
        pace: Pace = USUAL,
    ) -> None:
        """Go on with what there is, unless it is to be fresh; `WriterBusy`: another makes it."""
        self._settings = settings
        self._database = database
        self._pace = pace
        self.rebuild = Rebuild(settings.index_dir)
        try:
            self._todo = self._plan(is_fresh=is_fresh)
        except BaseException:
            self.rebuild.close()
            raise
        self.resumed_at = self._state.done
        self.total = self._state.done + len(self._todo)
        self._is_small = len(self._todo) <= min(SMALL, pace.part)
        self._read = 0
        self._entries: list[Entry] = []
        self._things = 0
        self._under: deque[_Under] = deque()
        self._makers = Makers(pace.processes)

    @property
    def _state(self) -> State:
        assert self.rebuild.state
        return self.rebuild.state

    def _plan(self, *, is_fresh: bool) -> list[Thing]:
        """Return the things still to come; begin anew where what is there is of something else."""
        with self._database.reading() as session:
            cursor = last_id(session)
            things = all_things(self._settings, session)
            if is_fresh or not is_of(session, self.rebuild.state):
                source = source_of(session, cursor)
                known = self._learned(session, things)
                self.rebuild.begin(cursor=cursor, total=len(things), source=source, knowledge=known)
        at = self._state.at
        if at is None:
            return things
        kinds = list(indexed())
        last = (kinds.index(at[0]), at[1])
        return [thing for thing in things if (kinds.index(thing[0]), thing[1]) > last]

    def _learned(self, session: ReadSession, things: list[Thing]) -> Knowledge:
        """Return what some of the things, taken evenly from all, say of the words of the site."""
        given = background(self._settings, session)
        some = things[:: max(1, len(things) // _LEARNED_FROM)]
        entries = (one for thing in some for one in entries_of(given, session, *thing))
        known = learned_from(entries)
        session.expunge_all()
        return known

    @property
    def is_finished(self) -> bool:
        """Return whether everything is in."""
        return self._state.is_finished

    @property
    def done(self) -> int:
        """Return how many things are in."""
        return min(self.total, self._state.done + int(sum(one.done for one in self._under)))

    @property
    def documents(self) -> int:
        """Return how many documents are in; a thing has one for each of its languages."""
        return self._state.pointer.documents + sum(one.count for one in self._under)

    def step(self, patience: float) -> None:
        """Go on for so many seconds, or until all is in; what fails has lost only what it was at.

        Raises `PartFailed` when a process that helps has ended, and what disk and database raise.
        """
        until = time.monotonic() + patience
        while not self.is_finished and time.monotonic() < until:
            if self._read < len(self._todo) and len(self._under) <= self._pace.processes:
                self._read_some()
            elif self._under:
                self._take_first(until - time.monotonic())
            else:
                self.rebuild.finish()

    def _read_some(self) -> None:
        """Read some more things, in one transaction, and have a part made when there are enough."""
        some = self._todo[self._read : self._read + min(_READ, self._pace.part)]
        with self._database.reading() as session:
            given = background(self._settings, session)
            for kind, number in some:
                self._entries += entries_of(given, session, kind, number)
                session.expunge_all()
        self._read += len(some)
        self._things += len(some)
        if len(self._entries) >= self._pace.part or self._read == len(self._todo):
            self._have_made(last=some[-1])

    def _have_made(self, *, last: Thing) -> None:
        entries, things = self._entries, self._things
        self._entries, self._things = [], 0
        under = _Under(things, last, len(entries))
        if self._is_small:
            under.made.set_result(self.rebuild.make_here(entries))
        else:
            under.made = self._makers.submit(self.rebuild.new_part_folder(), entries, under.tell)
        self._under.append(under)

    def _take_first(self, patience: float) -> None:
        first = self._under[0]
        if wait([first.made], timeout=max(patience, 0.0)).done:
            self.rebuild.add(
                first.made.result(), at=first.last, done=self._state.done + first.things
            )
            self._under.popleft()

    def close(self) -> None:
        """End the processes and let go; what is done stays, for whoever goes on."""
        self._makers.stop()
        self.rebuild.close()
