"""The real site as a process of its own, and what the system says that it used."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import socket
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60.0  # seconds


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(data: Path) -> dict[str, str]:
    """Return the settings of the measured site: test mode, no worker beside it."""
    return {
        "GOVMATCH_MODE": "test",
        "GOVMATCH_CONFIG": "-",
        "GOVMATCH_DATA_DIR": str(data),
        "GOVMATCH_SECRET_KEY": "only-for-measuring-" + "x" * 32,
        "GOVMATCH_WORKER_IN_SERVE": "no",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }


@dataclass
class Server:
    """`govmatch serve` on a data folder; ends with the block it is used in."""

    data: Path
    started_in: float = 0.0
    """Seconds from its start to its first whole answer."""

    def __enter__(self) -> Self:
        self.port = free_port()
        began = time.monotonic()
        # The program is this very interpreter with arguments of our own.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "govmatch", "serve", "--port", str(self.port)],
            cwd=self.data,
            env=environment(self.data),
        )
        self._wait_for("/challenges", began)
        self.started_in = time.monotonic() - began
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def cpu(self) -> float:
        """Return the seconds of CPU that the site has used, with the process that searches for it,
        for themselves and in the system.
        """
        return sum(cpu_of(pid) for pid in (self._process.pid, *self._beside()))

    def resident(self) -> float:
        """Return the resident memory in MB (1,000,000 bytes)."""
        return self._memory("VmRSS")

    def resident_with_search(self) -> float:
        """Return the same of both processes, what they share counted once (proc(5): Pss)."""
        return sum(_proportional(pid) for pid in (self._process.pid, *self._beside()))

    def _beside(self) -> list[int]:
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        return [int(pid) for task in tasks for pid in task.read_text().split()]

    def most_resident(self) -> float:
        return self._memory("VmHWM")

    def _memory(self, name: str) -> float:
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(name))
        return int(line.split()[1]) * 1024 / 1e6

    def _wait_for(self, path: str, began: float) -> None:
        while time.monotonic() - began < PATIENCE:
            if self._process.poll() is not None:
                raise RuntimeError(f"the site ended with {self._process.returncode} at its start")
            if answers(self.port, path):
                return
            time.sleep(0.01)
        raise RuntimeError("the site did not answer in time")


def answers(port: int, path: str) -> bool:
    """Tell whether the site answers with a page."""
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("GET", path)
        return line.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        line.close()


def _proportional(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def cpu_of(pid: int) -> float:
    """Return utime and stime of a process in seconds (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
