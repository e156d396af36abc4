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
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests import chromium

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
START_SECONDS = 180


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is shown, how wide and high in pixels, and in which look."""

    file: str
    path: str
    width: int
    height: int
    look: Literal["light", "dark"]


PICTURES = (
    Picture(file="challenges.png", path="/challenges", width=1280, height=900, look="light"),
    Picture(
        file="challenge-phone.png",
        path="/challenges/scanning-technology",
        width=390,
        height=844,
        look="dark",
    ),
)


def main() -> None:
    """Write each picture to docs/images, in English."""
    program = chromium.path()
    if program is None:
        sys.exit("govmatch: there is no browser here; install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = chromium.launch(playwright, program)
        for picture in PICTURES:
            take(picture, browser, address)
        browser.close()


def take(picture: Picture, browser: Browser, address: str) -> None:
    with browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        locale="en",
        color_scheme=picture.look,
    ) as context:
        page = context.new_page()
        answer = page.goto(f"{address}{picture.path}", wait_until="networkidle")
        if answer is None or not answer.ok:
            sys.exit(f"govmatch: {picture.path} answered {answer and answer.status}")
        page.screenshot(path=IMAGES / picture.file)
    sys.stdout.write(f"govmatch: wrote docs/images/{picture.file}\n")


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
