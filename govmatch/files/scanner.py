"""The virus scanner that the operator names: clamd, asked over its own protocol (clamd(8)).

What is sent is the content alone, in pieces; its name, its sender and what it is for stay here.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from govmatch.kit.records import dataclass

_PIECE = 64 * 1024
_CONNECT = 5.0  # seconds
_ANSWER = 120.0  # seconds that clamd may think about one file
_LONGEST_ANSWER = 4096
_PORT = 3310


class ScannerAway(Exception):
    """The scanner does not answer: whatever waits goes on waiting."""


class Verdict(StrEnum):
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"
    """The scanner answers, and cannot say anything about this content."""


@dataclass(frozen=True)
class Found:
    verdict: Verdict
    said: str = ""
    """What the scanner calls it, for the operator's log."""


def scan(address: str, path: Path) -> Found:
    """Have a file looked through; raises `ScannerAway` where nobody answers.

    A scanner that takes less than the whole, since it is set to a smaller limit, says why.
    """
    with path.open("rb") as file, _connected(address) as scanner:
        said = b""
        try:
            scanner.sendall(b"zINSTREAM\0")
            while piece := file.read(_PIECE):
                scanner.sendall(struct.pack(">I", len(piece)) + piece)
            scanner.sendall(struct.pack(">I", 0))
        except (BrokenPipeError, ConnectionResetError):
            said = _answer(scanner)  # which clamd gives before it hangs up on what is too large
            if not said:
                raise
        return _read(said or _answer(scanner))


def is_there(address: str) -> bool:
    """True where the scanner answers."""
    try:
        with _connected(address) as scanner:
            scanner.sendall(b"zPING\0")
            return _answer(scanner) == b"PONG"
    except ScannerAway:
        return False


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    try:
        with _connect(address) as scanner:
            scanner.settimeout(_ANSWER)
            yield scanner
    except OSError as error:
        raise ScannerAway(f"{address}: {error}") from error


def _connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname or "", parts.port or _PORT), _CONNECT)
    scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        scanner.settimeout(_CONNECT)
        scanner.connect(parts.path)
    except OSError:
        scanner.close()
        raise
    return scanner


def _answer(scanner: socket.socket) -> bytes:
    """Return what the scanner says, up to the NUL that ends it."""
    said = b""
    while b"\0" not in said and len(said) < _LONGEST_ANSWER:
        piece = scanner.recv(_LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.partition(b"\0")[0].strip()


def _read(said: bytes) -> Found:
    """Return what an answer such as `stream: Win.Test.EICAR_HDB-1 FOUND` means."""
    text = "".join(c if c.isprintable() else "?" for c in said.decode("utf-8", "replace"))
    answer = text.removeprefix("stream:").strip()
    if answer == "OK":
        return Found(Verdict.CLEAN)
    if answer.endswith(" FOUND"):
        return Found(Verdict.INFECTED, answer.removesuffix(" FOUND")[:200])
    if not answer:
        raise ConnectionResetError("the scanner hung up without an answer")
    return Found(Verdict.FAILED, answer[:200])
