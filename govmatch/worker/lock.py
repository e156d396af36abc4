"""One worker beside the sites of a machine: a file lock that dies with its holder."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def wait_for_turn(path: Path, stop: threading.Event, *, parent: int) -> Iterator[None]:
    """Wait until no other worker holds the lock, or `stop`; then hold it.

    With a `parent`, `stop` is set when that process is no longer the one that started us.
    """
    if parent:
        threading.Thread(target=_watch, args=(parent, stop), daemon=True).start()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        while not stop.is_set():
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                stop.wait(0.5)
        yield


def _watch(parent: int, stop: threading.Event) -> None:
    while not stop.is_set():
        if os.getppid() != parent:
            stop.set()
        time.sleep(0.5)
