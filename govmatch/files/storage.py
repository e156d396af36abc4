"""Where the bytes of files lie: in the data folder, under their SHA-256, each content once.

A content is on disk for good before its row is committed: written beside its place, fsynced,
renamed, and the folder fsynced. What a crash leaves behind without a row is removed by due work.
"""

import os
from datetime import datetime
from pathlib import Path

from govmatch.kit.ids import public_id
from govmatch.kit.spooled import Content, digest_of, pieces

FOLDERS = 256
_PART = ".part"


def path_of(folder: Path, sha256: str) -> Path:
    """Return where a content lies or would lie: `<folder>/ab/abcdef…`."""
    return folder / sha256[:2] / sha256


def keep(folder: Path, content: Content) -> str:
    """Put a content on disk, durably, and return its SHA-256.

    A content that is there already is only touched, so that due work leaves it alone.
    """
    sha256 = digest_of(content)
    path = path_of(folder, sha256)
    _make_folder(path.parent)
    if path.is_file():
        os.utime(path)
    else:
        _write(path, content)
    _sync_folder(path.parent)
    return sha256


def read(folder: Path, sha256: str) -> bytes:
    """Return a content; raises `FileNotFoundError` where it was lost."""
    return path_of(folder, sha256).read_bytes()


def picture_of(folder: Path, sha256: str, number: int) -> Path:
    """Return where a picture of a content lies: beside it, counted from 1."""
    return folder / sha256[:2] / f"{sha256}.{number}.webp"


def keep_picture(folder: Path, sha256: str, number: int, picture: bytes) -> None:
    """Put a picture of a content beside it, whole or not at all; it can be made again."""
    path = picture_of(folder, sha256, number)
    _make_folder(path.parent)
    part = path.with_name(f"{public_id()}{_PART}")
    part.write_bytes(picture)
    part.replace(path)


def content_in(path: Path) -> str:
    """Return the SHA-256 of the content that a path holds, or a picture of which it is."""
    return path.name.partition(".")[0]


def shard(folder: Path, number: int) -> list[Path]:
    """Return everything in one of the 256 folders, unfinished writing included."""
    inside = folder / f"{number % FOLDERS:02x}"
    return sorted(inside.iterdir()) if inside.is_dir() else []


def is_older(path: Path, than: datetime) -> bool:
    return path.stat().st_mtime < than.timestamp()


def is_unfinished(path: Path) -> bool:
    return path.suffix == _PART


def _write(path: Path, content: Content) -> None:
    part = path.with_name(f"{public_id()}{_PART}")
    with part.open("xb") as file:
        for piece in pieces(content):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for parent in (folder.parent, folder.parent.parent):
        _sync_folder(parent)


def _sync_folder(folder: Path) -> None:
    """Make names in a folder durable; a rename alone is not (fsync(2))."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
