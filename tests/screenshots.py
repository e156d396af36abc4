"""`make screenshots`: the pictures of the README, from a demonstration made for the purpose."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import chromium

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
START_SECONDS = 180

# File, address, and the language in which it is shown.
PICTURES = (
    ("home.png", "/", "en"),
    ("challenge.png", "/challenges/scanning-technology", "en"),
)


def main() -> None:
    """Write each picture to docs/images, 1280 by 900 pixels, in the light look."""
    program = chromium.path()
    if program is None:
        sys.exit("govmatch: there is no browser here; install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = chromium.launch(playwright, program)
        for file, path, lang in PICTURES:
            context = browser.new_context(
                viewport={"width": 1280, "height": 900}, locale=lang, color_scheme="light"
            )
            photograph(context.new_page(), f"{address}{path}", IMAGES / file)
            context.close()
        browser.close()


def photograph(page: Page, address: str, target: Path) -> None:
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or not answer.ok:
        sys.exit(f"govmatch: {address} answered {answer and answer.status}")
    page.screenshot(path=target)
    sys.stdout.write(f"govmatch: wrote {target.name}\n")


@contextmanager
def demonstration() -> Iterator[str]:
    """Yield the address of a new demonstration, which is gone afterwards."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "govmatch", "demo"],
            env={**os.environ, "GOVMATCH_DATA_DIR": folder, "GOVMATCH_PORT": str(port)},
        )
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    sys.exit("govmatch: the demonstration did not start")


if __name__ == "__main__":
    main()
