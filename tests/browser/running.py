"""A whole site as its own processes, as an operator runs it: commands, server, worker, content."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx2

from govmatch.settings import shipped

READY_WITHIN = 60  # seconds
MAIL_WITHIN = 60
PAGE_WITHIN = 60
"""Not how fast it has to be, but when a journey gives up on a machine that does much else."""


@dataclass
class RunningSite:
    """A site on 127.0.0.1 with a content folder of its own."""

    base: str
    content: Path
    environ: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> str:
        """Run a command of govmatch and return what it printed; a failed one fails the test."""
        done = subprocess.run(
            [sys.executable, "-m", "govmatch", *words],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *words: str) -> str:
        """Run a command that has to end with 1, and return everything it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "govmatch", *words],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stdout + done.stderr

    def start(self, command: str = "serve") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "govmatch", command], env=self.environ, start_new_session=True
        )
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            assert self.process.poll() is None, "the site ended at its start"
            with suppress(httpx2.HTTPError):
                if self.get("/readyz").status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError("the site was not ready in time")

    def wait_for_search(self) -> None:
        """Wait until the worker has made the index, so that what is public is found."""
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            if 'class="gm-hits"' in self.get("/search?q=data&lang=en").text:
                return
            time.sleep(0.2)
        raise AssertionError("nothing was found in time")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def get(self, path: str) -> httpx2.Response:
        return httpx2.get(self.base + path, timeout=10, trust_env=False)

    def move_clock(self, *, by: str, times: int = 1) -> None:
        for _ in range(times):
            answer = httpx2.post(
                f"{self.base}/demo/clock",
                data={"by": by},
                headers={"Origin": self.base},
                timeout=10,
                trust_env=False,
            )
            assert answer.status_code == 303, answer.text

    def newest_mail(self, address: str, *, after: int = 0) -> str:
        """Return the text of the newest mail to an address once there are more than `after`."""
        end = time.monotonic() + MAIL_WITHIN
        while time.monotonic() < end:
            mails = self.mails(address)
            if len(mails) > after:
                return mails[0]
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address}")

    def mail_with(self, words: str, address: str) -> str:
        """Return the text of the mail to an address that says these words, once it is there."""
        end = time.monotonic() + MAIL_WITHIN
        while time.monotonic() < end:
            for mail in self.mails(address):
                if words in mail:
                    return mail
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address} says {words}")

    def mails(self, address: str) -> list[str]:
        """Return the texts of the mails to an address, the newest first, as /demo shows them."""
        page = unescape(self.get("/demo?lang=en").text)
        found = []
        for item in re.findall(r"<li\b.*?</li>", page, re.DOTALL):
            if f"To {address}" in item and 'href="/demo/mails/' in item:
                path = item.partition('href="')[2].partition('"')[0]
                found.append(unescape(self.get(path).text))
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def make_site(folder: Path, database_url: str) -> RunningSite:
    """Return a site that is migrated, with the shipped content copied and loaded."""
    site = _new_site(folder, "test", GOVMATCH_DATABASE_URL=database_url)
    site.command("migrate")
    site.command("content", "sync")
    return site


def make_empty(folder: Path) -> RunningSite:
    """Return a site that is migrated and holds nothing yet."""
    site = _new_site(folder, "test")
    site.command("migrate")
    return site


def make_demonstration(folder: Path) -> RunningSite:
    """Return a site that makes the world of the demonstration when `demo` starts it."""
    return _new_site(folder, "demo")


def _new_site(folder: Path, mode: str, **more: str) -> RunningSite:
    port = free_port()
    content = folder / "content"
    shutil.copytree(shipped("content"), content)
    environ = {
        **{k: v for k, v in os.environ.items() if not k.startswith("GOVMATCH_")},
        "GOVMATCH_MODE": mode,
        "GOVMATCH_PORT": str(port),
        "GOVMATCH_DATA_DIR": str(folder / "data"),
        "GOVMATCH_CONTENT_DIR": str(content),
        "GOVMATCH_CONFIG": str(folder / "none.toml"),
        "PYTHONWARNINGS": "default",
        **more,
    }
    return RunningSite(f"http://127.0.0.1:{port}", content, environ)
