"""The folder of an index: generations, the pointer to the current one, and who holds what.

    <index>/current            the pointer: which folder, which generation, up to which journal id
    <index>/writer.lock        held by the one writer
    <index>/g-000001-5f0c9a1e/ segments as Whoosh writes them; `in-use` is held by every reader
    <index>/making             how far a new index beside it has come, see `rebuilding`
    <index>/making.lock        held by the one who makes it

The pointer names each file of its generation with size and checksum, and is itself checked by
one. It is written after everything it names is on disk, so what it says is always whole; what it
does not name is left over from a commit that did not happen, and is swept away.
"""

import fcntl
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from secrets import token_hex
from typing import Any

from govmatch.kit.durable import sync, write_whole
from govmatch.kit.records import dataclass
from govmatch.search import analysis
from govmatch.search.durable import checksum
from govmatch.search.engine import Damaged

POINTER = "current"
MAKING = "making"
FORM = f"4.{analysis.VERSION}"
"""What the files mean; an index of another form is made again."""

_IN_USE = "in-use"
_PREFIX = "g-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pointer:
    """What the index holds: one generation of one folder, up to and with journal id `cursor`."""

    folder: str
    generation: int
    cursor: int
    documents: int
    files: Mapping[str, tuple[int, int]]
    form: str = FORM


def read_pointer(index: Path) -> Pointer:
    """Return the pointer; `Damaged` says whether it is missing, broken or of another form."""
    try:
        content = (index / POINTER).read_bytes()
    except FileNotFoundError:
        raise Damaged("there is no index yet") from None
    try:
        pointer = pointer_of(unpack(content))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Damaged(f"the pointer is broken: {problem}") from problem
    if pointer.form != FORM:
        raise Damaged(f"the index has form {pointer.form}, this program reads {FORM}")
    return pointer


def pointer_of(values: Mapping[str, Any]) -> Pointer:
    """Return the pointer that was written as these values; any error when it was not."""
    files = {name: (size, crc) for name, (size, crc) in values["files"].items()}
    return Pointer(**{**values, "files": files})


def pack(values: Mapping[str, Any]) -> bytes:
    """Return values for a file that is known again when it was altered."""
    body = json.dumps(values, sort_keys=True).encode()
    return b"%08x\n%s" % (zlib.crc32(body), body)


def unpack(content: bytes) -> dict[str, Any]:
    """Return what was packed; `ValueError` when that is not what it was."""
    told, _, body = content.partition(b"\n")
    if int(told, 16) != zlib.crc32(body):
        raise ValueError("its checksum is another")
    values: dict[str, Any] = json.loads(body)
    return values


def write_pointer(index: Path, pointer: Pointer) -> None:
    """Make this the state of the index, on disk, at once for every reader."""
    write_whole(index / POINTER, pack(asdict(pointer)))


Stamp = tuple[int, int, int]


def stamp(index: Path) -> Stamp | None:
    """Return what differs after each writing of the pointer, by one call; None: it is gone."""
    try:
        status = (index / POINTER).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def describe(
    folder: Path, names: Iterable[str], known: Mapping[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """Return size and checksum of each file; of immutable ones as they were known before."""
    return {
        name: known.get(name) or ((folder / name).stat().st_size, checksum(folder / name))
        for name in names
    }


def verify(index: Path, pointer: Pointer, *, content: bool) -> None:
    """Raise `Damaged` unless every file is there in its size, and with `content` unaltered.

    The table of contents is always read whole: it is small, and the rest hangs on it.
    """
    folder = index / pointer.folder
    for name, (size, crc) in pointer.files.items():
        path = folder / name
        try:
            if path.stat().st_size != size:
                raise Damaged(f"{name} has another size than was written")
            if (content or name.endswith(".toc")) and checksum(path) != crc:
                raise Damaged(f"{name} has another content than was written")
        except OSError as problem:
            raise Damaged(f"{name}: {problem.strerror}") from problem


def new_name(index: Path) -> str:
    """Return a name for a folder of generations that was never used before.

    Readers know generations by it, so it may not come back when the index was deleted.
    """
    numbers = [int(path.name[2:8]) for path in _folders(index) if path.name[2:8].isdigit()]
    return f"{_PREFIX}{max(numbers, default=0) + 1:06d}-{token_hex(4)}"


def make(folder: Path) -> None:
    """Have the folder, empty but for what its readers hold."""
    folder.mkdir()
    _have_in_use(folder)


def _have_in_use(folder: Path) -> None:
    path = folder / _IN_USE
    if not path.exists():
        path.touch()
        sync(path)


def _folders(index: Path) -> list[Path]:
    return [path for path in index.glob(f"{_PREFIX}*") if path.is_dir()]


def sweep(index: Path, pointer: Pointer | None) -> None:
    """Remove what the pointer does not name, but no folder that somebody still reads or makes."""
    there = _folders(index)
    made = making(index)  # after looking: a folder in the making is named before it is there
    for folder in there:
        if pointer and folder.name == pointer.folder:
            sweep_inside(folder, pointer)
        elif folder.name != made and not _is_read(folder):
            shutil.rmtree(folder, ignore_errors=True)
    for unfinished in index.glob(f"{POINTER}.*.new"):
        unfinished.unlink(missing_ok=True)


def making(index: Path) -> str:
    """Return the name of the folder in which a new index is made; empty when there is none."""
    try:
        name: str = unpack((index / MAKING).read_bytes())["pointer"]["folder"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return name


def sweep_inside(folder: Path, pointer: Pointer) -> None:
    """Remove what a folder holds beside the files of its generation."""
    _have_in_use(folder)
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name not in pointer.files and path.name != _IN_USE:
            path.unlink(missing_ok=True)


def _is_read(folder: Path) -> bool:
    try:
        handle = os.open(folder / _IN_USE, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


class InUse:
    """Keeps a folder from being swept for as long as this is open."""

    def __init__(self, folder: Path) -> None:
        """Take hold of the folder; `Damaged` when it is gone."""
        try:
            self._handle: int | None = os.open(folder / _IN_USE, os.O_RDONLY)
        except OSError as problem:
            raise Damaged(f"{folder.name}: {problem.strerror}") from problem
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def close(self) -> None:
        """Let go of the folder."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class WriterBusy(Exception):
    """Another process writes this index; there is one writer, and it is not this one."""


class WriterLock:
    """The right to write an index; the system takes it back when the process ends."""

    def __init__(self, index: Path, name: str = "writer.lock") -> None:
        """Take the lock or raise `WriterBusy`."""
        self._path = index / name
        self._handle: int | None = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.release()
            raise WriterBusy(str(index)) from None

    def is_held(self) -> bool:
        """Return whether the file that others would lock is still the one locked here."""
        if self._handle is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._handle), self._path.stat())
        except OSError:
            return False

    def release(self) -> None:
        """Let another writer in; doing it again changes nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
