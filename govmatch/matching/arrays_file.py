"""Arrays in one file that is opened by mapping it, so that only what is asked for is read.

After the first line (what this is, in which form) comes the length of a table in JSON, then the
table (what each array is called, its type, its length and where it begins), then the arrays, each
at a multiple of 64 bytes. Whoever may write the file may decide what is found, no more: nothing in
it is run.
"""

import json
import mmap
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmatch.kit import durable
from govmatch.kit.records import dataclass

FORM = b"govmatch arrays 1\n"
_LENGTH = struct.Struct("<Q")
_ALIGNED = 64
_TYPES = frozenset({"<i4", "<i8", "<u8", "<f4", "<f8", "|u1"})

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """Arrays that lie in a file and can only be read, and what was written about them."""

    arrays: Arrays
    about: Mapping[str, Any]


def write(path: Path, arrays: Arrays, about: Mapping[str, object]) -> None:
    """Have a file with these arrays, each of one dimension, on disk: whole or as it was before."""
    table, at = {}, 0
    for name, values in arrays.items():
        table[name] = [values.dtype.newbyteorder("<").str, len(values), at]
        at += values.nbytes + -values.nbytes % _ALIGNED
    head = json.dumps({"arrays": table, "about": about, "bytes": at}).encode()
    start = FORM + _LENGTH.pack(len(head)) + head
    parts: list[bytes | memoryview] = [start + bytes(-len(start) % _ALIGNED)]
    for values in arrays.values():
        content = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        parts += [
            content.data.cast("B") if len(content) else b"",
            bytes(-content.nbytes % _ALIGNED),
        ]
    durable.write_whole(path, b"".join(parts))


def open_(path: Path) -> Opened:
    """Return what a file holds, without reading the arrays.

    Raises `ValueError` for a file of another form and for one that is not whole; `OSError` when it
    cannot be opened.
    """
    with path.open("rb") as file:
        if file.read(len(FORM)) != FORM:
            raise ValueError(f"{path.name} is not of the form {FORM!r}")
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        return _opened(content)
    except (struct.error, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name} is not whole: {error}") from error


def _opened(content: mmap.mmap) -> Opened:
    (length,) = _LENGTH.unpack_from(content, len(FORM))
    start = len(FORM) + _LENGTH.size
    head = json.loads(content[start : start + length])
    first = start + length + -(start + length) % _ALIGNED
    if len(content) != first + head["bytes"]:
        raise ValueError(f"{len(content)} bytes instead of {first + head['bytes']}")
    arrays = {name: _array(content, first, *row) for name, row in head["arrays"].items()}
    return Opened(arrays, head["about"])


def _array(content: mmap.mmap, first: int, kind: str, length: int, at: int) -> NDArray[Any]:
    if kind not in _TYPES:
        raise ValueError(f"arrays of type {kind}")
    return np.frombuffer(content, np.dtype(kind), length, first + at)
