"""The browser of the tests: the system's Chromium, or the one that Playwright downloaded."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# It talks to 127.0.0.1 alone, and does not look up its maker's hosts at every start.
CLOSED = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@cache
def path() -> Path | None:
    """Return the browser's program, or None where this machine has none or cannot drive it."""
    if not _driver_runs():
        return None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    with sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    return downloaded if downloaded.exists() else None


def launch(playwright: Playwright, program: Path) -> Browser:
    """Return a running browser without a window; its sandbox refuses root, so root goes without."""
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    return playwright.chromium.launch(executable_path=program, args=[*CLOSED, *sandbox])


def _driver_runs() -> bool:
    """A bare Debian lacks a library (libatomic1) that Playwright's own node wants."""
    asked = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, check=False
    )
    return asked.returncode == 0
