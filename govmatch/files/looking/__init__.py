"""Looking into a content in a process of its own: what it says, and how its first pages look.

Readers of documents and pictures are where hostile files do harm. So they run apart, one process
for each content, without the site's settings and secrets, and within limits of time, memory and
output that the process sets itself before it opens anything.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from govmatch.kit.records import dataclass
from govmatch.settings import PACKAGE

LONGEST_TEXT = 200_000
"""Characters that are kept, which is what the index takes."""
MOST_PICTURES = 5
MOST_PAGES = 200
"""Pages of a PDF that are read; what stands behind them is not found."""
SECONDS = 20
"""Of processor time; of time, twice as much."""
MEMORY = 1_500_000_000
"""Bytes of address space."""
OUTPUT = 8_000_000
"""Bytes of text and pictures together."""


@dataclass(frozen=True)
class Seen:
    """What was found: `text`, how many `pages` a PDF has, WebP `pictures` of the first ones."""

    text: str = ""
    pages: int | None = None
    pictures: tuple[bytes, ...] = ()
    is_broken: bool = False


BROKEN = Seen(is_broken=True)


def look(path: Path, media_type: str) -> Seen:
    """Return what a content says and shows; `BROKEN` where no process can tell within limits."""
    kind = media_type.partition(";")[0]
    with path.open("rb") as given, tempfile.TemporaryFile() as made:
        try:
            code = subprocess.run(  # noqa: S603 - our own program, without a shell
                [sys.executable, "-P", "-s", "-m", "govmatch.files.looking", kind],
                stdin=given,
                stdout=made,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd="/",
                timeout=2 * SECONDS,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return BROKEN
        return _read(made) if code == 0 else BROKEN


def _environment() -> dict[str, str]:
    """Return what the process knows of its surroundings: where its code lies, nothing else."""
    found = {"PYTHONPATH": str(PACKAGE.parent), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    return {**found, "PATH": os.defpath}


def _read(made: IO[bytes]) -> Seen:
    """Return what the process wrote; it is believed no more than the content is."""
    made.seek(0)
    try:
        said = json.loads(made.readline(OUTPUT))
        pictures = tuple(made.read(int(size)) for size in said["pictures"][:MOST_PICTURES])
        text, pages = str(said["text"]), said["pages"]
    except (ValueError, KeyError, TypeError):
        return BROKEN
    if not all(_is_webp(picture) for picture in pictures):
        return BROKEN
    pages = pages if isinstance(pages, int) and 0 <= pages < 10**9 else None
    return Seen(_printable(text)[:LONGEST_TEXT], pages, pictures)


def _is_webp(picture: bytes) -> bool:
    return picture[:4] == b"RIFF" and picture[8:12] == b"WEBP"


def _printable(text: str) -> str:
    """Return a text without NUL and halves of pairs, which no database takes."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
