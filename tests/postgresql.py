"""A PostgreSQL server for one run of the tests: made, started, and gone with the run.

It listens on a socket in a folder that only its own user may enter, so it needs neither a port nor
a password. As root it runs as another user, since PostgreSQL refuses root.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

URL_VARIABLE = "GOVMATCH_TEST_POSTGRESQL_URL"
START_SECONDS = 60

# Nothing of a test's database has to outlive the run, so the disk is not waited for, and nothing
# tidies up behind databases that are gone within a second.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "log_min_messages": "fatal",
    "max_wal_size": "2GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "64MB",
}


class NotStarted(RuntimeError):
    """PostgreSQL is here, but does not run; the text is what it said."""


@dataclass(frozen=True)
class Server:
    """A running server: `url` leads to its first database, `postgres`."""

    url: str
    stop: Callable[[], None]


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine, or None."""
    packaged = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(packaged, key=lambda path: float(path.parent.parent.name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def is_available() -> bool:
    """Tell whether tests can have PostgreSQL: an address is given, or the programs are here."""
    return bool(os.environ.get(URL_VARIABLE)) or binaries() is not None


def start() -> Server:
    """Return a server for this run: the one whose address is given, or a new one of our own.

    Raises `NotStarted` with PostgreSQL's own words.
    """
    given = os.environ.get(URL_VARIABLE)
    if given:
        return Server(url=given, stop=lambda: None)
    programs = binaries()
    if programs is None:
        raise NotStarted("there is no initdb on this machine")
    folder = Path(tempfile.mkdtemp(prefix="govmatch-pg-"))
    try:
        return _start_in(folder, programs)
    except BaseException:
        remove(folder)
        raise


def _start_in(folder: Path, programs: Path) -> Server:
    user = _user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    owner = _as(user, folder)
    _initialise(folder, programs, owner)
    process = _run(folder, programs, owner)
    _wait_until_ready(process, folder)
    url = f"postgresql+psycopg://postgres@/postgres?host={folder}"
    return Server(url=url, stop=lambda: _stop(process, folder))


def _initialise(folder: Path, programs: Path, owner: dict[str, Any]) -> None:
    # Whoever can enter the folder may connect; nobody else can.
    options = ["-U", "postgres", "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(
        [str(programs / "initdb"), "-D", str(folder / "data"), *options],
        capture_output=True,
        text=True,
        check=False,
        **owner,
    )
    if made.returncode:
        raise NotStarted(made.stderr)


def _run(folder: Path, programs: Path, owner: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log:
        return subprocess.Popen(
            [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *settings],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
            **owner,
        )


def _user() -> pwd.struct_passwd | None:
    """Return who runs the server: None for ourselves, and another user where we are root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _as(user: pwd.struct_passwd | None, folder: Path) -> dict[str, Any]:
    common: dict[str, Any] = {"cwd": folder, "stdin": subprocess.DEVNULL}
    if user is None:
        return common
    return common | {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _die_with_parent() -> None:
    """Ask the kernel to end this process when the one that started it ends, however it ends."""
    set_parent_death_signal = 1  # PR_SET_PDEATHSIG, see prctl(2)
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGINT)


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        status = folder / "data" / "postmaster.pid"
        if status.exists() and "ready" in status.read_text():
            return
        time.sleep(0.05)
    process.kill()
    raise NotStarted((folder / "log").read_text())


def _stop(process: subprocess.Popen[bytes], folder: Path) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    remove(folder)


def remove(folder: Path) -> None:
    """Remove what a server left behind; it may be removing it itself."""
    shutil.rmtree(folder, ignore_errors=True)
