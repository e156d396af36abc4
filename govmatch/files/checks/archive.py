"""Zip archives as office files use them: opened only after their directory was found harmless.

Limits: 2,000 members, 100 MB unpacked, 200 times the packed size. The directory is measured before
`zipfile` reads it, since reading is what costs memory. Members may not overlap (the trick of zip
bombs without nesting), the archive fills the file from its first byte to its last (so it is nothing
else besides), and every member is unpacked once, in pieces, against its declared size and checksum.
"""

import io
import struct
import zipfile
from typing import IO

from govmatch.files.checks import xml
from govmatch.files.checks.xml import BROKEN
from govmatch.files.refused import BOMB, DAMAGED, LOCKED, UNCLEAR, Refused
from govmatch.kit.spooled import Content, Reading

MOST_MEMBERS = 2_000
MOST_BYTES = 100_000_000
MOST_RATIO = 200
RATIO_COUNTS_FROM = 1_000_000  # bytes unpacked; below it a ratio does no harm
LONGEST_DIRECTORY = 1_000_000
LONGEST_PART = 32_000_000  # bytes of one part that we look into
PIECE = 64 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCAL_SIZE = 30
_ENCRYPTED = 0x1


def has_archive_at_end(content: Content) -> bool:
    """True when the file could be opened as an archive too, whatever it begins with."""
    return _END in content[-(_END_SIZE + 0xFFFF) :]


class Archive:
    """An archive whose directory is harmless; raises `Refused` otherwise."""

    def __init__(self, content: Content) -> None:
        _check_end(content)
        try:
            self._zip = zipfile.ZipFile(io.BufferedReader(Reading(content)))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Refused(DAMAGED) from error
        self._members = {info.filename: info for info in self._zip.infolist()}
        _check_members(self._zip.infolist(), len(content))

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._members)

    @property
    def first(self) -> zipfile.ZipInfo:
        return self._zip.infolist()[0]

    @property
    def members(self) -> list[zipfile.ZipInfo]:
        return self._zip.infolist()

    @property
    def directory_at(self) -> int:
        """Where the members end and their directory begins."""
        return self._zip.start_dir

    def size(self, name: str) -> int:
        """Return how long one part is, unpacked."""
        return self._members[name].file_size

    def has(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Return one part, at most 32 MB unpacked."""
        try:
            with self.open(name) as member:
                return member.read()
        except BROKEN as error:
            raise Refused(DAMAGED) from error

    def open(self, name: str) -> IO[bytes]:
        """Return one part to be read in pieces; reading raises one of `BROKEN` where it is cut."""
        if name not in self._members:
            raise Refused(DAMAGED)
        if self._members[name].file_size > LONGEST_PART:
            raise Refused(BOMB)
        try:
            return self._zip.open(name)
        except BROKEN as error:
            raise Refused(DAMAGED) from error

    def walk(self, name: str, element: xml.Element, text: xml.Text | None = None) -> None:
        """Go through one part of XML while it is unpacked."""
        with self.open(name) as member:
            xml.walk(member, element, text)

    def unpack_all(self) -> None:
        """Unpack every member in pieces, keeping none; raises `Refused` where one is not right."""
        try:
            for info in self._zip.infolist():
                with self._zip.open(info) as member:
                    while member.read(PIECE):
                        pass
        except BROKEN as error:
            raise Refused(DAMAGED) from error


def _check_end(content: Content) -> None:
    """Measure the directory by the record at the very end (APPNOTE 6.3.10, 4.3.16)."""
    end = content[-_END_SIZE:]
    if len(end) < _END_SIZE or not end.startswith(_END):
        raise Refused(DAMAGED)
    disk, first_disk, here, count, size, offset, comment = struct.unpack("<4xHHHHIIH", end)
    if disk or first_disk or here != count or comment:
        raise Refused(UNCLEAR)
    if count > MOST_MEMBERS or size > LONGEST_DIRECTORY:
        raise Refused(BOMB)
    if not count or offset + size != len(content) - _END_SIZE:
        raise Refused(DAMAGED)


def _check_members(members: list[zipfile.ZipInfo], packed: int) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise Refused(LOCKED)
    if len({info.filename.lower() for info in members}) != len(members):
        raise Refused(UNCLEAR)
    if any(_is_odd(info) for info in members):
        raise Refused(UNCLEAR)
    unpacked = sum(info.file_size for info in members)
    if unpacked > MOST_BYTES:
        raise Refused(BOMB)
    if unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * packed:
        raise Refused(BOMB)
    _check_places(members)


def _is_odd(info: zipfile.ZipInfo) -> bool:
    """True for paths that lead out of the archive, and for packing that office files do not use."""
    name = info.orig_filename
    leads_out = name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name
    return (
        leads_out
        or "\x00" in name
        or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    )


def _check_places(members: list[zipfile.ZipInfo]) -> None:
    """Refuse members that share bytes, and bytes before the first one."""
    end = 0
    for place, info in enumerate(sorted(members, key=lambda info: info.header_offset)):
        if info.header_offset < end or (place == 0 and info.header_offset != 0):
            raise Refused(UNCLEAR)
        end = info.header_offset + _LOCAL_SIZE + info.compress_size
