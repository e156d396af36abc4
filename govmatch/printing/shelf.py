"""Where pages wait to be printed and prints wait to be taken: a folder of the data folder."""

import time
from pathlib import Path

from govmatch.kit.durable import write_whole

UNFINISHED = 600
"""Seconds for which a file that no row names is left alone: its row may yet be committed."""


def folder(data_dir: Path) -> Path:
    """Return where they lie; only the operator's account may look into it."""
    return data_dir / "prints"


def page_of(data_dir: Path, public_id: str) -> Path:
    return folder(data_dir) / f"{public_id}.html"


def print_of(data_dir: Path, public_id: str) -> Path:
    return folder(data_dir) / f"{public_id}.pdf"


def put(path: Path, content: bytes) -> None:
    """Have a file there whole, for the operator's account alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(path, content, mode=0o600)


def forget_others(data_dir: Path, pages: set[str], prints: set[str]) -> int:
    """Delete every file that is not of these, unless it was written just now."""
    inside = folder(data_dir)
    if not inside.is_dir():
        return 0
    kept = {f"{one}.html" for one in pages} | {f"{one}.pdf" for one in prints}
    before = time.time() - UNFINISHED
    gone = [path for path in inside.iterdir() if path.name not in kept]
    old = [path for path in gone if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
