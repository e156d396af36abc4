"""Parts of a new index, each a segment of its own, made by processes beside the one that reads.

    python -m govmatch.search.parts

is such a process: it is given entries on its input, one part at a time, and answers on its output
when the part is on disk. It ends with whoever started it, however that ends, and lets others go
first.
"""

import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, Any

from govmatch.kit.records import dataclass
from govmatch.search import folder as folders
from govmatch.search.committing import none_of_them
from govmatch.search.documents import document
from govmatch.search.engine import Batch, create, segments_of
from govmatch.search.entry import Entry
from govmatch.search.knowledge import knowledge_of

_SIZE = struct.Struct("=Q")
_TELL_EVERY = 100
_NICE = 5
"""How far the making of parts stands back behind the site."""


class PartFailed(Exception):
    """The process that makes parts has ended, or says why it could not make one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment in a folder of its own: its files with size and checksum."""

    folder: Path
    files: dict[str, tuple[int, int]]


def make_part(
    folder: Path, entries: Iterable[Entry], tell: Callable[[int], None] = lambda _count: None
) -> Part:
    """Have the entries as one segment in a new folder, on disk; `tell` hears how many are in."""
    known = knowledge_of(folder.parent)
    folder.mkdir()
    create(folder)
    batch = Batch(folder, 0)
    try:
        for count, entry in enumerate(entries, 1):
            batch.add(document(entry, known))
            if count % _TELL_EVERY == 0:
                tell(count)
        names = batch.commit(none_of_them)
    except BaseException:
        batch.cancel()
        raise
    files = [name for name in names if not name.endswith(".toc")]
    return Part(folder, folders.describe(folder, files, {}))


def take(batch: Batch, into: Path, part: Part) -> None:
    """Have the part's segment among those of the batch, its files moved into the batch's folder."""
    batch.take(segments_of(part.folder, 1))
    for name in part.files:
        (part.folder / name).rename(into / name)


class Makers:
    """Some processes that make parts, started when they are first needed."""

    def __init__(self, processes: int) -> None:
        self._threads = ThreadPoolExecutor(processes)
        self._lock = Lock()
        self._all: list[_Maker] = []
        self._idle: list[_Maker] = []
        self._is_stopped = False

    def submit(
        self, folder: Path, entries: Sequence[Entry], tell: Callable[[int], None]
    ) -> Future[Part]:
        """Have a part made; it comes true, or to `PartFailed`, while `tell` hears how it goes."""
        return self._threads.submit(self._make, folder, entries, tell)

    def _make(self, folder: Path, entries: Sequence[Entry], tell: Callable[[int], None]) -> Part:
        with self._lock:
            if self._is_stopped:
                raise PartFailed("nothing more is made")
            if not self._idle:
                self._idle.append(_Maker())
                self._all.append(self._idle[-1])
            maker = self._idle.pop()
        part = maker.make(folder, entries, tell)
        with self._lock:
            self._idle.append(maker)
        return part

    def stop(self) -> None:
        """End the processes at once; what they were making is left to be swept."""
        with self._lock:
            self._is_stopped = True
            for maker in self._all:
                maker.kill()
        self._threads.shutdown(cancel_futures=True)
        while self._all:
            self._all.pop().close()


class _Maker:
    """A process that makes parts; one thread at a time may ask it."""

    def __init__(self) -> None:
        # The program is this very interpreter with a module of our own.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "govmatch.search.parts"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def make(self, folder: Path, entries: Sequence[Entry], tell: Callable[[int], None]) -> Part:
        assert self._process.stdin
        assert self._process.stdout
        try:
            _send(self._process.stdin, (folder, entries))
            while isinstance(answer := _receive(self._process.stdout), int):
                tell(answer)
        except (OSError, EOFError) as problem:
            raise PartFailed(f"the process that makes parts has ended: {problem}") from problem
        if isinstance(answer, dict):
            return Part(folder, answer)
        raise PartFailed(str(answer))

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):  # something of a part may not have been sent
                    pipe.close()


def _send(pipe: IO[bytes], what: object) -> None:
    packed = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    pipe.write(_SIZE.pack(len(packed)))
    pipe.write(packed)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError("nothing more comes")
    body = pipe.read(_SIZE.unpack(head)[0])
    return pickle.loads(body)  # noqa: S301 - between this program and itself, by a pipe of its own


def main() -> None:
    """Make parts until the input ends."""
    for number in (signal.SIGINT, signal.SIGTERM):  # these are for whoever started this
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    os.nice(_NICE)
    with suppress(EOFError, BrokenPipeError):
        while True:
            folder, entries = _receive(sys.stdin.buffer)
            try:
                answer: object = make_part(folder, entries, _tell).files
            except Exception as problem:  # noqa: BLE001 - whoever asked decides what it means
                answer = f"{type(problem).__name__}: {problem}"
            _send(sys.stdout.buffer, answer)


def _tell(count: int) -> None:
    _send(sys.stdout.buffer, count)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    main()
