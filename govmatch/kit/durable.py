"""Writing so that a power cut cannot take it back: sync the file, then its folder."""

import os
import secrets
from pathlib import Path


def sync(path: Path) -> None:
    """Have what was written to a file, or the names in a folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Have the file hold this content on disk: whole, or as it was before when this fails.

    `mode` is narrowed by the process's umask; several processes may write the same file at once.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync(path.parent)
