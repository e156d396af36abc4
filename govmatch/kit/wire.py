"""Messages between two processes of ours over a pair of sockets that nobody else can open.

A message is its length and a pickle. Whoever reads it makes nothing of it but plain values, times
and the data classes and enumerations of govmatch: it calls no function, whatever the bytes say.
"""

import io
import pickle
import socket
import struct
from dataclasses import is_dataclass
from enum import Enum
from typing import Any

LARGEST = 16_000_000
"""Bytes of a message."""

_LENGTH = struct.Struct(">I")
_PART = 1 << 16
_TIMES = frozenset({"date", "datetime", "time", "timedelta", "timezone"})


class TooLong(ValueError):
    """A message has more than `LARGEST` bytes; nothing was sent."""


class Refused(pickle.UnpicklingError):
    """A message names something that is no data."""


def send(line: socket.socket, message: object) -> None:
    """Send a message whole."""
    body = pickle.dumps(message, protocol=5)
    if len(body) > LARGEST:
        raise TooLong(f"a message has {len(body)} bytes, at most {LARGEST} are sent")
    line.sendall(_LENGTH.pack(len(body)) + body)


def receive(line: socket.socket) -> Any:
    """Return the next message; `EOFError` when the other side is gone, `Refused` for no data."""
    (length,) = _LENGTH.unpack(_read(line, _LENGTH.size))
    if length > LARGEST:
        raise Refused(f"a message of {length} bytes")
    return loads(_read(line, length))


def loads(body: bytes) -> Any:
    """Return what a message says; `Refused` when it names anything that is no data."""
    return _Reader(io.BytesIO(body)).load()


def _read(line: socket.socket, length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        part = line.recv(min(length, _PART))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _TIMES:
            return super().find_class(module, name)
        if module.startswith("govmatch."):
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise Refused(f"{module}.{name} is no data")
