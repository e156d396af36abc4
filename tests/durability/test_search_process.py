"""The process that searches for a running site: killed, it is there again; over with the site."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.durability.firms import Place, make_place
from tests.durability.test_freshness import found_after

ASKED = ("/", "/challenges", "/firms", "/search?q=data", "/search?q=Schulen", "/suggest?q=ene")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = make_place(tmp_path / "data")
    made.environ["GOVMATCH_WORKER_IN_SERVE"] = "no"
    yield made
    made.database.close()


@pytest.fixture
def site(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    """A running site with an index of twenty firms, and no worker."""
    place.load(0, 20)
    place.run("index", "rebuild")
    process = place.start("serve")
    try:
        assert found_after(place, "firm zqaaaaa", patience=60) < 60
        yield process
    finally:
        process.kill()
        process.communicate(timeout=30)


def searching(site: subprocess.Popen[bytes]) -> int:
    """Return the number of the process that searches."""
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            is_it = b"govmatch.searching" in command.read_bytes().split(b"\0")
            parent = (command.parent / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if is_it and int(parent) == site.pid:
            return int(command.parent.name)
    return 0


def files_of(pid: int) -> str:
    """Return the libraries that a process has loaded."""
    return Path(f"/proc/{pid}/maps").read_text()


def status_of(place: Place, path: str) -> int:
    return httpx2.get(f"{place.settings.base_url}{path}", timeout=30, trust_env=False).status_code


def test_a_site_searches_beside_itself_and_answers_while_that_is_replaced(
    place: Place, site: subprocess.Popen[bytes]
) -> None:
    for path in ASKED:
        assert status_of(place, path) == 200, path
    beside = searching(site)
    assert beside
    assert "numpy" in files_of(beside) and "numpy" not in files_of(site.pid)
    told = Path(f"/proc/{beside}/environ").read_bytes()
    assert b"GOVMATCH" not in told and b"only-for-tests" not in told

    os.kill(beside, signal.SIGKILL)
    assert status_of(place, "/search?q=data") == 200
    assert found_after(place, "firm zqaaaab") < 30
    assert searching(site) not in {0, beside}

    last = searching(site)
    site.kill()
    site.wait()
    end = time.monotonic() + 30
    while Path(f"/proc/{last}").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
