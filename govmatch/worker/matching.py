"""Matching follows the journal by its own cursor: a thing that changes is read and ranked anew.

What is kept lies in the database, so one worker after another goes on where the last one stopped.
Two at a time do the same work twice and wait for each other; nothing is lost by it.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, timedelta
from itertools import islice

from sqlalchemy import select

from govmatch.kit.background import Background
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, ReadSession, Session, commit
from govmatch.kit.journal import JournalRow, last_id
from govmatch.matching import proposing, queries, storing
from govmatch.matching.keeping import Kept, digest_of
from govmatch.matching.pool import Pool
from govmatch.matching.proposing import Proposal
from govmatch.settings import Settings
from govmatch.worker.follow import NIGHT_HOUR
from govmatch.worker.match_reader import GLOSSARY, MatchReader
from govmatch.worker.reading import background
from govmatch.worker.registry import profiled

log = logging.getLogger("govmatch.matching")

SMALL = 300
"""Up to so many profiles every change counts all terms anew, which takes a second at most; a large
site does so at night, since a few profiles more or less change nothing to speak of."""
BATCH = 500
AT_ONCE = 50
"""Things that are read or ranked in one transaction of a making from scratch."""

Thing = tuple[str, int]
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


class Matcher:
    """Keeps the matches of one database in step with its journal."""

    def __init__(self, settings: Settings, database: Database, *, small: int = SMALL) -> None:
        self._settings = settings
        self._database = database
        self._small = small
        self._cursor = -1
        self._reader: MatchReader | None = None
        self._pools: dict[str, Pool] = {}
        self._making: Iterator[None] | None = None
        self._tidied = real_now().date()

    def step(self) -> int:
        """Take in what the journal has since the cursor; return how much was done.

        While everything is made anew, one batch of that is a step, so that mails go out between.
        """
        if self._making is None and self._must_begin():
            self._making = self._make(lambda _what, _done, _of: None)
        if self._making is not None:
            if next(self._making, self) is self:
                self._making = None
            return 1
        return self._follow() or self._tidy()

    def rebuild(self, progress: Progress) -> None:
        """Make everything anew from scratch, while the site keeps serving."""
        with self._database.writing() as session:
            storing.lock(session).reader = ""
            commit(session)
        self._making = None
        for _ in self._make(progress):
            pass

    def _must_begin(self) -> bool:
        """Return whether nothing was made yet, or with other words than today's."""
        if self._cursor >= 0:
            return False
        with self._database.reading() as session:
            known = queries.state(session)
            if known is None or known.reader != self._words(session).digest:
                return True
            self._cursor = known.cursor
        return False

    def _words(self, session: ReadSession) -> MatchReader:
        if self._reader is None:
            self._reader = MatchReader.of(session, self._settings.content_dir)
        return self._reader

    # What changes, one after another

    def _follow(self) -> int:
        with self._database.reading() as session:
            rows = session.execute(
                select(
                    JournalRow.id, JournalRow.subject_kind, JournalRow.subject_id, JournalRow.event
                )
                .where(JournalRow.id > self._cursor)
                .order_by(JournalRow.id)
                .limit(BATCH)
            ).all()
            happened = dict.fromkeys((kind, subject, event) for _, kind, subject, event in rows)
            things = changed(session, happened)
        if any(kind == GLOSSARY for kind, _, _ in happened):
            self._reader, self._cursor = None, -1
            return 1
        if things:
            self._take_in(things, cursor=rows[-1].id)
        if rows:
            self._cursor = rows[-1].id
        return len(rows)

    def _take_in(self, things: Iterable[Thing], *, cursor: int) -> None:
        """Read what changed, and rank it, all in one transaction with the cursor."""
        with self._database.writing() as session:
            state = storing.lock(session)
            given = background(self._settings, session)
            read = [thing for thing in things if self._read_again(session, given, thing)]
            state.changed += len(read)
            session.flush()
            if read and len(queries.things(session)) <= self._small:
                self._count(session)
                for thing in queries.things(session):
                    self._rank_own(session, thing, given)
            else:
                self._change_pools(session, read)
                for thing in things:
                    self._rank(session, thing, given)
            state.cursor = cursor
            commit(session)

    def _read(self, session: Session, given: Background, thing: Thing) -> bool:
        """Keep what a thing's profile reads like now; return whether it reads otherwise."""
        kind, number = thing
        offered = profiled()[kind].offer(given, session, number)
        if offered is None:
            return storing.drop_profile(session, thing)
        words, proposed = self._words(session), offered.is_proposed
        digest = digest_of(offered.profile, is_proposed=proposed, reader=words.digest)
        if digest == queries.digest(session, thing):
            return False
        one = Kept(offered.profile, words.read(offered.profile))
        storing.put_profile(session, one, digest=digest, is_proposed=proposed)
        return True

    def _count(self, session: Session) -> None:
        """Count all terms anew, which is what pools are laid out with."""
        storing.count(session)
        self._lay_out(session)

    def _lay_out(self, session: ReadSession) -> None:
        rarity = queries.rarity(session)
        kinds = {one.against for one in profiled().values()}
        self._pools.clear()
        for kind in sorted(kinds):
            self._pools[kind] = Pool(queries.proposed(session, kind), rarity=rarity)

    def _change_pools(self, session: ReadSession, read: Iterable[Thing]) -> None:
        if not self._pools:
            self._lay_out(session)
            return
        for kind, number in read:
            if queries.is_proposed(session, kind, number):
                found = queries.kept(session, kind, number)
                assert found is not None
                self._pools[kind].change(*found.pair)
            else:
                self._pools[kind].remove(kind, str(number))

    def _rank(self, session: Session, thing: Thing, given: Background) -> None:
        """Rank a thing for itself, and for those in whose lists it may stand."""
        found = self._rank_own(session, thing, given, most=proposing.REACH)
        if found and queries.is_proposed(session, *thing):
            storing.put_into_lists(session, thing, found)

    def _rank_own(
        self, session: Session, thing: Thing, given: Background, *, most: int = proposing.MOST
    ) -> list[Proposal]:
        one = queries.kept(session, *thing)
        if one is None:
            return []
        other, on = profiled()[thing[0]].against, day(given)
        pool = self._pools[other]
        opinions = queries.opinions(session, *thing)
        # What is counted down makes room at the end of the list, so more are looked at.
        most = proposing.REACH if opinions else most
        found = proposing.find(session, one, pool, other, on=on, most=most)
        alike = proposing.alike(session, opinions, pool, other, on=on)
        storing.put_list(session, thing, proposing.best(proposing.lowered(found, alike)))
        if profiled()[thing[0]].is_counted:
            near = pool.near(*one.pair, least=proposing.LEAST_NEAR)
            storing.put_near(session, thing, (int(number) for _, number in near))
        return found

    # Everything from scratch

    def _make(self, progress: Progress) -> Iterator[None]:
        """Read and rank everything, one batch a step; what happens meanwhile is taken in after."""
        self._reader, self._cursor = None, -1
        with self._database.reading() as session:
            cursor = last_id(session)
            given = background(self._settings, session)
            things = [
                (kind, number)
                for kind, one in profiled().items()
                for number in one.ids(given, session)
            ]
            gone = [thing for thing in queries.things(session) if thing not in set(things)]
        yield from self._each("read", [*things, *gone], self._read_again, progress)
        with self._database.writing() as session:
            self._count(session)
            commit(session)
        yield from self._each("ranked", things, self._rank_again, progress)
        with self._database.writing() as session:
            state = storing.lock(session)
            state.cursor, state.reader = cursor, self._words(session).digest
            commit(session)
        self._cursor = cursor

    def _each(
        self,
        what: str,
        things: list[Thing],
        act: Callable[[Session, Background, Thing], object],
        progress: Progress,
    ) -> Iterator[None]:
        rest, done = iter(things), 0
        progress(what, 0, len(things))
        while some := list(islice(rest, AT_ONCE)):
            with self._database.writing() as session:
                given = background(self._settings, session)
                storing.lock(session)
                for thing in some:
                    act(session, given, thing)
                commit(session)
            done += len(some)
            progress(what, done, len(things))
            yield

    def _read_again(self, session: Session, given: Background, thing: Thing) -> bool:
        """Read a thing as `_read` does; one that cannot be read is logged and stops no other."""
        try:
            with session.begin_nested():
                return self._read(session, given, thing)
        except Exception:
            log.exception("%s %s cannot be matched", *thing)
            return False

    def _rank_again(self, session: Session, given: Background, thing: Thing) -> None:
        self._rank_own(session, thing, given)

    def _tidy(self) -> int:
        """Once a night: what is past its deadline goes, and all terms are counted anew."""
        night = (real_now() - timedelta(hours=NIGHT_HOUR)).date()
        if night > self._tidied:
            self._tidied = night
            self._making = self._make(lambda _what, _done, _of: None)
            return 1
        return 0


def changed(session: ReadSession, happened: Iterable[tuple[str, int, str]]) -> list[Thing]:
    """Return what is to be read again after (subject kind, subject, event), each thing once."""
    things: dict[Thing, None] = {}
    for kind, subject, event in happened:
        if kind in profiled():
            things[kind, subject] = None
        for name, one in profiled().items():
            if event in one.after:
                things |= dict.fromkeys((name, n) for n in one.after[event](session, subject))
    return list(things)


def day(given: Background) -> date:
    """Return the day on which evidence is in date or not."""
    return given.now.astimezone(UTC).date()
