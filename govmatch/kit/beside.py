"""A process beside this one that answers its questions, and ends with it.

It is reached by pairs of sockets that it inherits and nobody else can open. When this process ends,
however it does, the sockets close and the other one goes. When the other one ends, or takes longer
over a question than it may, another is started and the next question finds it.
"""

import logging
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from math import inf
from queue import Empty, LifoQueue
from threading import Lock
from typing import Any

from govmatch.kit import wire
from govmatch.kit.aside import (
    Away,
    Failed,
    Kept,
    Lacking,
    Question,
    Reference,
    Trouble,
    with_sources,
)
from govmatch.kit.records import dataclass

LINES = 4
"""Questions that are answered at the same time."""
PATIENCE = 10.0
"""Seconds that a question may take."""

_PAUSE = 1.0  # seconds between two starts of what dies again and again, twice as long each time,
_LONG = 30.0  # up to this; what lived longer died for another reason
_log = logging.getLogger("govmatch.beside")


class Beside:
    """Asks the other process; any number of threads may. The last line used is used first."""

    def __init__(
        self,
        module: str,
        *,
        environment: Mapping[str, str],
        flags: Sequence[str] = (),
        patience: float = PATIENCE,
    ) -> None:
        """Start `python -m module` with the numbers of its sockets behind it."""
        self._command = [sys.executable, *flags, "-m", module]
        self._environment = environment
        self._patience = patience
        self._lock = Lock()
        self._pause, self._not_before = _PAUSE, -inf
        self._running: _Running | None = _Running.start(self._command, self._environment)

    @property
    def pid(self) -> int | None:
        """The number of the other process; None while there is none."""
        return self._running.process.pid if self._running else None

    def ask(self, question: Question, kept: Mapping[Reference, Kept]) -> Any:
        """Return the answer; a question that was lost with the other process is asked once more."""
        for _ in range(2):
            running = self._present()
            try:
                return self._ask(running, question, kept)
            except wire.TooLong as problem:
                _log.warning("%s was not asked: %s", question.function, problem)
                break
            except TimeoutError:
                _log.warning("%s took over %s s", question.function, self._patience)
                self._give_up(running)
                break
            except (OSError, EOFError, wire.Refused):
                self._give_up(running)
        raise Away

    def _ask(self, running: "_Running", question: Question, kept: Mapping[Reference, Kept]) -> Any:
        line = running.take(self._patience)
        try:
            found = _exchange(line, question)
            if isinstance(found, Lacking):
                found = _exchange(line, with_sources(question, found, kept))
        except (OSError, EOFError, wire.Refused):
            line.close()  # whatever comes on it now is the answer to something else
            raise
        except Exception:
            running.lines.put(line)  # nothing is under way on it
            raise
        running.lines.put(line)
        if isinstance(found, Trouble):
            raise Failed(f"{question.function}: {found.text}")
        return found

    def _present(self) -> "_Running":
        """Return the other process, a new one where there is none; raises `Away` in a pause."""
        with self._lock:
            if self._running is None:
                if time.monotonic() < self._not_before:
                    raise Away
                _log.warning("another process is started beside this one")
                try:
                    self._running = _Running.start(self._command, self._environment)
                except OSError as problem:  # no memory, no more processes
                    _log.warning("it cannot be started: %s", problem)
                    self._not_before = time.monotonic() + self._pause
                    raise Away from problem
            return self._running

    def _give_up(self, running: "_Running") -> None:
        """End it, unless another thread has done so already."""
        with self._lock:
            if running is not self._running:
                return
            self._running = None
            now = time.monotonic()
            lived = now - running.started
            self._not_before = now if lived > self._pause else now + self._pause
            self._pause = _PAUSE if lived > _LONG else min(2 * self._pause, _LONG)
        running.end()

    def close(self) -> None:
        """End the other process, and start no other."""
        with self._lock:
            running, self._running = self._running, None
            self._not_before = inf
        if running is not None:
            running.end()


def _exchange(line: socket.socket, question: Question) -> Any:
    wire.send(line, question)
    return wire.receive(line)


@dataclass(frozen=True, slots=True, eq=False)
class _Running:
    """The other process while it runs, and the lines to it that nobody is using."""

    process: "subprocess.Popen[bytes]"
    lines: "LifoQueue[socket.socket]"
    started: float

    @classmethod
    def start(cls, command: Sequence[str], environment: Mapping[str, str]) -> "_Running":
        pairs = [socket.socketpair() for _ in range(LINES)]
        theirs = [their for _, their in pairs]
        # The program is this very interpreter, the arguments are our own.
        process = subprocess.Popen(  # noqa: S603
            [*command, *(str(one.fileno()) for one in theirs)],
            stdin=subprocess.DEVNULL,
            pass_fds=[one.fileno() for one in theirs],
            env=environment,
        )
        lines: LifoQueue[socket.socket] = LifoQueue()
        for own, their in pairs:
            their.close()
            lines.put(own)
        return cls(process, lines, time.monotonic())

    def take(self, patience: float) -> socket.socket:
        """Return a line that nobody uses; raises `Away` when all are in use for so long."""
        try:
            line = self.lines.get(timeout=patience)
        except Empty:
            raise Away from None
        line.settimeout(patience)
        return line

    def end(self) -> None:
        """End the process; who waits for an answer on another line finds it closed."""
        self.process.kill()
        self.process.wait()
        while True:
            try:
                self.lines.get_nowait().close()
            except Empty:
                return
