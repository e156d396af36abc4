"""The composition root of the background: which handler runs for which event; the loop.

Each turn: journal rows become jobs, one job runs, waiting mails go out, index and matches follow
the journal, and once a minute due work is looked for. Everything may run twice without harm.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import field
from functools import partial

from govmatch.kit import jobs, once
from govmatch.kit.background import Background
from govmatch.kit.clock import real_now, site_now
from govmatch.kit.db import Database, ReadSession, Session, commit
from govmatch.kit.ids import public_id
from govmatch.kit.journal import JournalRow, clock_offset
from govmatch.kit.mail import MailRefused, MailServerAway, Transport, transport
from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer
from govmatch.notifications import actions as notifications
from govmatch.notifications.queries import waiting as mails_waiting
from govmatch.printing import making as printing
from govmatch.settings import Settings
from govmatch.worker import assigning, personal
from govmatch.worker.registry import CASE_FILE, PRINT, due_work, listeners, notice_makers

log = logging.getLogger("govmatch.worker")

MAIL_PAUSE = 5.0  # seconds between tries while the mail server is away
IDLE = 0.3  # seconds between looks when there was nothing to do
DUE_EVERY = 60.0


def _nothing() -> int:
    return 0


@dataclass
class Worker:
    """One background process; several may run on one database."""

    settings: Settings
    database: Database
    transport: Transport
    follow_index: Callable[[], int]
    follow_matches: Callable[[], int] = _nothing
    examine_files: Callable[[], int] = _nothing
    name: str = field(default_factory=lambda: f"{os.getpid()}-{public_id()}")
    _mail_again_at: float = 0.0
    _due_at: float = 0.0
    _offset: int = 0

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; what fails is logged and tried again, and stops nothing else.

        An index that cannot be written, say, keeps no receipt from going out.
        """
        while not stop.is_set():
            busy = failed = False
            for step in self._steps():
                try:
                    busy = bool(step()) or busy
                except Exception:
                    log.exception("a turn failed")
                    failed = True
            if failed:
                stop.wait(1.0)
            elif not busy:
                stop.wait(IDLE)

    def turn(self) -> bool:
        """Do one round of everything; return whether there was anything to do."""
        done = [step() for step in self._steps()]
        return any(done)

    def _steps(self) -> tuple[Callable[[], int], ...]:
        return (
            self._dispatch,
            partial(self._run_jobs, most=50),
            self._send_mails,
            self._look_for_due_work,
            self.examine_files,
            self.follow_index,
            self.follow_matches,
        )

    def drain(self) -> None:
        """Work until nothing is left; for tests and the seeding of a world."""
        while self.turn():
            pass

    def _dispatch(self) -> int:
        if not self._any_undispatched():
            return 0
        with self.database.writing() as session:
            count = jobs.dispatch(session, listeners(), now=real_now())
            commit(session)
        return count

    def _any_undispatched(self) -> bool:
        with self.database.reading() as session:
            return jobs.has_undispatched(session)

    def _run_jobs(self, *, most: int) -> int:
        done = 0
        while done < most and self._any_open() and self._run_one():
            done += 1
        return done

    def _any_open(self) -> bool:
        with self.database.reading() as session:
            return jobs.has_open(session, now=real_now())

    def _run_one(self) -> bool:
        with self.database.writing() as session:
            job = jobs.claim(session, self.name, now=real_now())
            commit(session)
        if job is None:
            return False
        try:
            write = self._prepared(job)
            with self.database.writing() as session:
                write(session)
                jobs.finish(session, job, now=real_now())
                commit(session)
        except Exception as error:
            log.exception("job %s %s failed", job.handler, job.key)
            with self.database.writing() as session:
                jobs.fail(session, job, f"{type(error).__name__}: {error}", now=real_now())
                commit(session)
        return True

    def _prepared(self, job: jobs.Claimed) -> Callable[[Session], None]:
        """Return what a job writes; what takes long is done here, while others may write."""
        if job.handler == personal.EXPORT:
            with self.database.reading() as session:
                given = self._background(session)
            return personal.prepared_copy(self.database, given, job)
        if job.handler == assigning.ASSIGN:
            with self.database.reading() as session:
                given = self._background(session)
            return assigning.prepared_proposal(self.database, given, job)
        if job.handler == CASE_FILE:
            # Few sites make one a day, and what reads a whole case would stay in memory.
            from govmatch.dossiers.making import prepared  # noqa: PLC0415

            with self.database.reading() as session:
                given = self._background(session)
            return prepared(self.database, given, job)
        if job.handler == PRINT:
            with self.database.reading() as session:
                given = self._background(session)
            return printing.prepared(self.database, given, job)
        return partial(self._handle, job=job)

    def _handle(self, session: Session, job: jobs.Claimed) -> None:
        if job.journal_id is None:
            raise LookupError(f"no handler for {job.handler}")
        row = session.get_one(JournalRow, job.journal_id)
        notices = notice_makers()[row.event](self._background(session), session, row)
        notifications.deliver_all(session, list(notices), settings=self.settings, now=real_now())

    def _background(self, session: ReadSession) -> Background:
        offset = clock_offset(session) if self.settings.is_demo else 0
        return Background(
            self.settings, Signer(self.settings.secret_key), site_now(offset), real_now()
        )

    def _clock_offset(self) -> int:
        """Return the seconds that a demonstration is ahead; when it moves on, work falls due."""
        if not self.settings.is_demo:
            return 0
        with self.database.reading() as session:
            return clock_offset(session)

    def _send_mails(self) -> int:
        """Send what waits; while the server is away, one mail every five seconds is tried."""
        if time.monotonic() < self._mail_again_at:
            return 0
        with self.database.reading() as session:
            if not mails_waiting(session, now=real_now(), most=1):
                return 0
        with self.database.writing() as session:
            mails = notifications.claim_mails(session, now=real_now())
            letters = [(m.id, notifications.as_letter(m, self.settings)) for m in mails]
            commit(session)
        sent: list[int] = []
        refused: list[int] = []
        for mail_id, letter in letters:
            try:
                self.transport.send(letter)
                sent.append(mail_id)
            except MailRefused as error:
                log.warning("mail refused: %s", error)
                refused.append(mail_id)
            except MailServerAway as error:
                log.warning("mail server away: %s", error)
                self._mail_again_at = time.monotonic() + MAIL_PAUSE
                break
        with self.database.writing() as session:
            notifications.note_outcome(
                session,
                sent=sent,
                refused=refused,
                untried=[i for i, _ in letters if i not in {*sent, *refused}],
                settings=self.settings,
                now=real_now(),
            )
            commit(session)
        return len(sent) + len(refused)

    def _look_for_due_work(self) -> int:
        offset = self._clock_offset()
        if time.monotonic() < self._due_at and offset == self._offset:
            return 0
        self._due_at, self._offset = time.monotonic() + DUE_EVERY, offset
        for work in (*due_work(), personal.erase_due):
            with self.database.writing() as session:
                work(self._background(session), session)
                commit(session)
        with self.database.writing() as session:
            once.forget_old(session, now=real_now())
            commit(session)
        return 0


def create_worker(
    settings: Settings,
    database: Database,
    follow_index: Callable[[], int],
    follow_matches: Callable[[], int] = _nothing,
    examine_files: Callable[[], int] = _nothing,
) -> Worker:
    return Worker(
        settings, database, transport(settings), follow_index, follow_matches, examine_files
    )
