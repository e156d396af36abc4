"""Knowing a file's content again."""

import zlib
from pathlib import Path

_CHUNK = 1 << 20


def checksum(path: Path) -> int:
    """Return the CRC-32 of a file's content."""
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value
