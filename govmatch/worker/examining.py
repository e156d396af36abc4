"""Files are scanned for viruses, then looked into, beside everything else that the worker does.

The slow part runs in a thread, which touches no database: it is given contents and gives back what
was found. Each turn writes down what has come back and hands out what waits. While the scanner does
not answer, what came waits, and the log says so once.
"""

import logging
import threading
import time
from collections.abc import Sequence
from queue import SimpleQueue

from govmatch.files import findings, storage
from govmatch.files.looking import BROKEN, Seen, look
from govmatch.files.models import FileContent, Look, Scan
from govmatch.files.queries import to_examine
from govmatch.files.scanner import Found, ScannerAway, Verdict, scan
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.records import dataclass
from govmatch.settings import Settings

log = logging.getLogger("govmatch.files")

BATCH = 20  # contents that are in hand at once
LOOK_EVERY = 1.0  # seconds between looks at the database when nothing was to do
AWAY = 5.0  # seconds between tries while the scanner does not answer
AGAIN = 60.0  # seconds before a content is tried anew of which the scanner could say nothing


@dataclass(frozen=True)
class _Task:
    id: int
    sha256: str
    media_type: str
    is_to_scan: bool


@dataclass(frozen=True)
class _Result:
    task: _Task
    found: Found | Seen


class Examiner:
    """Examines what comes in, for as long as it is stepped."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._results: SimpleQueue[_Result] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._again_at = 0.0
        self._is_away = False
        self._failed: dict[int, float] = {}

    def step(self) -> int:
        """Write down what was found, and begin with what waits; return how much was written."""
        written = self._write()
        if self._thread is not None and self._thread.is_alive():
            return written
        if written or time.monotonic() >= self._again_at:
            self._begin()
        return written

    def finish(self) -> int:
        """Examine all that waits, to its end, and return how much that was; for tests."""
        count = 0
        while True:
            self._begin()
            if self._thread is None:
                return count
            self._thread.join()
            count += self._write()
            if self._is_away:
                return count

    def _begin(self) -> None:
        """Hand out what waits to a thread, if anything does."""
        self._thread = None
        self._again_at = time.monotonic() + LOOK_EVERY
        self._failed = {n: at for n, at in self._failed.items() if at > time.monotonic()}
        with self._database.reading() as session:
            waiting = to_examine(session, asks=bool(self._settings.scanner), most=BATCH)
            tasks = [self._task(one) for one in waiting if one.id not in self._failed]
        if tasks:
            self._thread = threading.Thread(target=self._examine, args=(tasks,), daemon=True)
            self._thread.start()

    def _task(self, content: FileContent) -> _Task:
        is_to_scan = bool(self._settings.scanner) and content.scan != Scan.CLEAN
        return _Task(content.id, content.sha256, content.media_type, is_to_scan)

    def _examine(self, tasks: Sequence[_Task]) -> None:
        """Scan what is to be scanned, then look into the rest: nobody waits for a picture."""
        try:
            for task in (task for task in tasks if task.is_to_scan):
                self._scan(task)
            self._is_away = False
        except ScannerAway as error:
            if not self._is_away:
                log.warning("the virus scanner does not answer, files wait for it: %s", error)
            self._is_away = True
            self._again_at = time.monotonic() + AWAY
        for task in (task for task in tasks if not task.is_to_scan):
            self._results.put(_Result(task, self._look(task)))

    def _scan(self, task: _Task) -> None:
        path = storage.path_of(self._settings.files_dir, task.sha256)
        try:
            found = scan(self._settings.scanner, path)
        except FileNotFoundError:
            found = Found(Verdict.FAILED, "its content is missing")
        if found.verdict is not Verdict.CLEAN:
            log.warning("content %s: %s %s", task.sha256, found.verdict, found.said)
        self._results.put(_Result(task, found))

    def _look(self, task: _Task) -> Seen:
        try:
            return look(storage.path_of(self._settings.files_dir, task.sha256), task.media_type)
        except OSError:
            log.exception("content %s cannot be looked into", task.sha256)
            return BROKEN

    def _write(self) -> int:
        results = []
        while not self._results.empty():
            results.append(self._results.get())
        for result in results:
            with self._database.writing() as session:
                content = session.get(FileContent, result.task.id)
                if content is not None:
                    self._note(session, content, result.found)
                commit(session)
        return len(results)

    def _note(self, session: Session, content: FileContent, found: Found | Seen) -> None:
        now = real_now()
        if not self._settings.scanner:
            findings.release(session, content, now=now)
        if isinstance(found, Found):
            if found.verdict is Verdict.FAILED:
                self._failed[content.id] = time.monotonic() + AGAIN
            findings.note_scan(session, content, found.verdict, now=now)
        elif content.look == Look.WAITING:
            findings.note_look(session, content, found, folder=self._settings.files_dir, now=now)
