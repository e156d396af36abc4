"""Archives that lie on disk until they are taken: put in place whole, and deleted in time."""

import hashlib
import os
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from govmatch.kit.records import dataclass

_A_DAY = 86_400


@dataclass(frozen=True)
class Size:
    """Bytes, and SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


@contextmanager
def put_whole(path: Path) -> Iterator[zipfile.ZipFile]:
    """Give an archive to write: who opens `path` afterwards finds all of it or nothing.

    Only the operator's account may read it. Where writing fails, nothing is put in place.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{os.getpid()}.part")
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        yield made
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)


def size_of(path: Path) -> Size:
    """Return how large an archive is, and its digest."""
    with path.open("rb") as file:
        return Size(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def forget_others(inside: Path, kept: Iterable[str]) -> int:
    """Delete every archive of a folder that is not kept, unfinished ones of more than a day too."""
    if not inside.is_dir():
        return 0
    names = {f"{public_id}.zip" for public_id in kept}
    gone = [path for path in inside.iterdir() if path.name not in names]
    for path in gone:
        if path.suffix == ".zip" or path.stat().st_mtime < time.time() - _A_DAY:
            path.unlink(missing_ok=True)
    return len(gone)
