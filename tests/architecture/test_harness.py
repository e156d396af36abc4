"""What the tests stand on does what it promises: closed network, clean databases, one true line."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError
from sqlalchemy import text

from govmatch.kit.db import Database, Session, commit
from tests import legs, postgresql
from tests.architecture.tree import ROOT
from tests.network import NetworkClosed, is_local

LAST_ID = text("SELECT last_id FROM journal_head")
SET_LAST_ID = text("UPDATE journal_head SET last_id = last_id + 7")

ORPHAN = """
import os, signal
from tests import postgresql
print(postgresql.start().url, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("govmatch.example", 80)])
def test_no_connection_leaves_this_machine(address: tuple[str, int]) -> None:
    with pytest.raises(NetworkClosed):
        socket.create_connection(address, timeout=1)


def test_no_datagram_leaves_this_machine() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
        pytest.raises(NetworkClosed),
    ):
        sender.sendto(b"x", ("192.0.2.1", 53))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), (b"10.0.0.1", False), ("a.b", False)],
)
def test_local_is_the_loopback_alone(host: object, local: object) -> None:
    assert is_local(host) is local


def test_the_browser_reaches_no_other_machine(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        with pytest.raises(BrowserError, match="ERR_NAME_NOT_RESOLVED"):
            page.goto("http://govmatch.example/")


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_session_commits_is_gone_for_the_next_test(session: Session, turn: int) -> None:
    assert session.execute(LAST_ID).scalar_one() == 0
    session.execute(SET_LAST_ID)
    commit(session)
    session.rollback()
    assert session.execute(LAST_ID).scalar_one() == 7


@pytest.mark.parametrize("turn", [1, 2])
def test_each_database_starts_empty_and_keeps_what_is_committed(
    database: Database, turn: int
) -> None:
    with database.writing() as writing:
        assert writing.execute(LAST_ID).scalar_one() == 0
        writing.execute(SET_LAST_ID)
        commit(writing)
    with database.reading() as reading:
        assert reading.execute(LAST_ID).scalar_one() == 7


@pytest.mark.postgresql
@pytest.mark.skipif(postgresql.binaries() is None, reason="there is no PostgreSQL here")
def test_the_server_is_closed_to_others_and_ends_with_its_run() -> None:
    started = subprocess.run(
        [sys.executable, "-c", ORPHAN],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if k != postgresql.URL_VARIABLE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == -signal.SIGKILL, started.stderr
    folder = Path(started.stdout.strip().partition("host=")[2])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    until = time.monotonic() + 20
    while (folder / "data" / "postmaster.pid").exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not (folder / "data" / "postmaster.pid").exists()
    postgresql.remove(folder)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            legs.ClosingLine(Counter(sqlite=2, postgresql=2, browser=1), Counter(), 7, 0),
            "govmatch: all 7 tests passed (SQLite, PostgreSQL, browser)",
        ),
        (
            legs.ClosingLine(Counter(sqlite=2), Counter(browser=1), 4, 0),
            "govmatch: all 4 tests passed (SQLite); SKIPPED for want of a program: browser",
        ),
        (legs.ClosingLine(Counter(), Counter(), 3, 0), "govmatch: all 3 tests passed"),
        (
            legs.ClosingLine(Counter(sqlite=2), Counter(), 3),
            "govmatch: tests FAILED, see above",
        ),
    ],
)
def test_the_closing_line_says_what_was_stood_on(line: legs.ClosingLine, said: str) -> None:
    assert line.text == said


def test_a_missing_leg_is_a_failure_where_a_change_is_decided(tmp_path: Path) -> None:
    """On a machine with neither browser nor PostgreSQL, CI=true ends at once and names both."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/architecture"],
        cwd=ROOT,
        env={"CI": "true", "PATH": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "install: " in done.stdout
    assert "chromium" in done.stdout
    assert "passed" not in done.stdout
