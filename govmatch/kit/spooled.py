"""Large contents that stay on disk while they are looked at: read in pieces, never as a whole.

What is small is plain `bytes`; both are asked in the same way, by length and by slice.
"""

import hashlib
import io
import os
import weakref
from collections.abc import Iterator
from typing import Protocol

PIECE = 256 * 1024


class Content(Protocol):
    """A content of known length that gives out parts of itself."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> bytes: ...


class Spooled:
    """The content of an open file, for as long as anybody holds this, whoever closes the file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = os.dup(descriptor)
        weakref.finalize(self, os.close, self._descriptor)
        self._size = os.fstat(self._descriptor).st_size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        begin, end, step = part.indices(self._size)
        if step != 1:
            raise ValueError("a content is read forwards")
        return b"".join(self._read(begin, end))

    def _read(self, begin: int, end: int) -> Iterator[bytes]:
        while begin < end:
            got = os.pread(self._descriptor, end - begin, begin)
            if not got:
                return
            begin += len(got)
            yield got


def pieces(content: Content, size: int = PIECE, *, begin: int = 0) -> Iterator[bytes]:
    """Yield a content from `begin` on in parts of `size` bytes, the last one shorter."""
    for place in range(begin, len(content), size):
        yield content[place : place + size]


def windows(content: Content, *, overlap: int, size: int = PIECE) -> Iterator[tuple[int, bytes]]:
    """Yield where each piece begins, and the piece with the `overlap` bytes that follow it."""
    for place in range(0, len(content), size):
        yield place, content[place : place + size + overlap]


def digest_of(content: Content) -> str:
    """Return the SHA-256 of a content as 64 hexadecimal digits."""
    found = hashlib.sha256()
    for piece in pieces(content):
        found.update(piece)
    return found.hexdigest()


class Reading(io.RawIOBase):
    """A content as a file that can be read and sought in."""

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._content = content
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: len(self._content)}[whence]
        self._place = max(0, begin + offset)
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        got = self._content[self._place : self._place + len(buffer)]
        buffer[: len(got)] = got
        self._place += len(got)
        return len(got)
