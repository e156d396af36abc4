"""The background's round: one part that fails keeps no other from its work."""

import threading
from pathlib import Path

import pytest

from govmatch.kit.db import Database
from govmatch.worker import Worker
from tests.site import Postbox, settings_for


def a_worker(database: Database, folder: Path, stop: threading.Event) -> Worker:
    """Return a worker whose index fails each time, and which is told to stop at its third try."""
    tries: list[int] = []

    def broken_index() -> int:
        tries.append(1)
        if len(tries) == 3:
            stop.set()
        raise RuntimeError("the index cannot be written")

    return Worker(settings_for(database, folder), database, Postbox(), broken_index)


def test_an_index_that_fails_stops_nothing_else(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    looked: list[int] = []
    monkeypatch.setattr("govmatch.worker.DUE_EVERY", 0.0)
    monkeypatch.setattr("govmatch.worker.due_work", lambda: [lambda *_: looked.append(1)])
    stop = threading.Event()
    a_worker(database, tmp_path, stop).run(stop)
    assert len(looked) == 3
    assert caplog.text.count("RuntimeError: the index cannot be written") == 3


def test_a_single_round_says_what_failed(database: Database, tmp_path: Path) -> None:
    worker = a_worker(database, tmp_path, threading.Event())
    with pytest.raises(RuntimeError, match="the index cannot be written"):
        worker.turn()
