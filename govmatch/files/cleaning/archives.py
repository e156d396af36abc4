"""Office files without the properties that name people, firms, templates and times of editing.

So are the names of those who commented or changed something (`people`); tables that stand in
charts, which are office files of their own, and pictures are cleaned as they are alone. Title,
subject, key words and language stay, since they are about the text. Data that programs keep beside
the text, which no page shows (ECMA-376 part 1, 15.2.5), become an empty element: a field of the
text that took its words from there keeps them, since what it points to is not there any more.
Every other member is copied as it is packed; the directory at the end is written anew.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from govmatch.files.checks.archive import Archive
from govmatch.files.cleaning import inner_pictures, people
from govmatch.files.cleaning.joined import Joined, Part
from govmatch.files.cleaning.left import Left
from govmatch.files.refused import Refused
from govmatch.kit.records import dataclass
from govmatch.kit.spooled import Content

_KEPT = frozenset({"title", "subject", "language", "keyword", "keywords", "category"})
_PROPERTIES = re.compile(
    r"(?i)docProps/(core|app|custom)\.xml|meta\.xml|docMetadata/(label)Info\.xml|"
    r"(customXml)/(?!_rels/|itemProps\d*\.xml).+|"
    r"package/services/metadata/(core)-properties/[^/]+\.psmdcp"
)
_SIGNATURES = re.compile(r"(?i)_xmlsignatures/|META-INF/.*signatures")
_EMBEDDED = re.compile(r"(?i)(^|/)embeddings/.+")
_LONGEST_TABLE = 4_000_000  # bytes of a table in a chart; a longer one stays as it is
_LONGEST = 1_000_000  # bytes of a part of properties; a longer one becomes empty
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_EMPTY = {
    "app": f'<Properties xmlns="{_OFFICE}/extended-properties"/>',
    "custom": f'<Properties xmlns="{_OFFICE}/custom-properties"/>',
    "customxml": "<nothing/>",
    "label": '<labelList xmlns="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>',
}
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DESCRIPTOR_FOLLOWS = 0x8
_UTF8 = 0x800


@dataclass(frozen=True)
class _Member:
    """One member as it will stand: its local part, and what the directory says of it."""

    info: zipfile.ZipInfo
    local: Part
    method: int
    flags: int
    crc: int
    packed: int
    size: int


def cleaned(content: Content) -> Content:
    """Return the archive with other properties; itself where they name nobody, or it is signed."""
    archive = Archive(content)
    if _is_signed(archive):
        return content
    replaced = _replacements(archive)
    if not replaced:
        return content
    return Joined(content, _parts(archive, replaced))


def names_left(content: Content) -> Left | None:
    """Return why an archive may name people after it is cleaned, beside what it says; or None."""
    archive = Archive(content)
    if _is_signed(archive):
        return Left.SIGNED
    if people.keeps_names(archive):
        return Left.TOO_LONG
    stays = any(new is None for _, new in inner_pictures.changed(archive))
    return Left.PICTURES if stays else None


def _is_signed(archive: Archive) -> bool:
    return any(_SIGNATURES.match(name) for name in archive.names)


def _replacements(archive: Archive) -> dict[str, bytes]:
    """Return the members that change, as they will be."""
    named = filter(_PROPERTIES.fullmatch, archive.names)
    written = {name: _written(archive, name) for name in named}
    written |= people.without_names(archive)
    written |= {name: _inner(archive, name) for name in archive.names if _is_table(archive, name)}
    written |= {name: new for name, new in inner_pictures.changed(archive) if new is not None}
    return {n: new for n, new in written.items() if not _says(archive, n, new)}


def _is_table(archive: Archive, name: str) -> bool:
    is_inside = _EMBEDDED.search(name) is not None and not name.endswith(".rels")
    return is_inside and archive.size(name) <= _LONGEST_TABLE


def _inner(archive: Archive, name: str) -> bytes:
    """Return an office file inside another one, cleaned; what is none stays as it is."""
    content = archive.read(name)
    try:
        inside = cleaned(content)
    except Refused:
        return content
    return inside[: len(inside)]


def _says(archive: Archive, name: str, new: bytes) -> bool:
    return archive.size(name) == len(new) and archive.read(name) == new


def _written(archive: Archive, name: str) -> bytes:
    """Return a part of properties with what may stay."""
    which = _PROPERTIES.fullmatch(name)
    assert which is not None
    kind = next(filter(None, which.groups()), "meta").lower()
    if kind in _EMPTY:
        body = _EMPTY[kind]
    else:
        kept = _texts(archive, name) if archive.size(name) <= _LONGEST else []
        body = _core(kept) if kind == "core" else _meta(kept)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}'.encode()


def _texts(archive: Archive, name: str) -> list[tuple[str, str]]:
    """Return the properties that may stay, in the order of the file; none where it is no XML."""
    found: list[tuple[str, list[str]]] = []

    def starts(element: str, _attributes: Mapping[str, str]) -> None:
        found.append((element, []))

    def says(text: str) -> None:
        if found:
            found[-1][1].append(text)

    try:
        archive.walk(name, starts, says)
    except Refused:
        return []
    texts = [(element, "".join(said).strip()) for element, said in found if element in _KEPT]
    return [(element, text) for element, text in texts if text]


def _core(kept: list[tuple[str, str]]) -> str:
    """Return core properties (ECMA-376 part 2, 10): two of what may stay are of their own."""
    own = {"keywords", "category"}
    inside = "".join(
        f"<{prefix}:{name}>{escape(text)}</{prefix}:{name}>"
        for name, text in dict(kept).items()
        for prefix in ("cp" if name in own else "dc",)
    )
    return f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="{_DC}">{inside}</cp:coreProperties>'


def _meta(kept: list[tuple[str, str]]) -> str:
    """Return the properties of an OpenDocument file (part 3, 4.3)."""
    inside = "".join(
        f"<{prefix}:{name}>{escape(text)}</{prefix}:{name}>"
        for name, text in kept
        for prefix in ("meta" if name == "keyword" else "dc",)
    )
    return (
        f'<office:document-meta xmlns:office="{_ODF}:office:1.0" xmlns:meta="{_ODF}:meta:1.0" '
        f'xmlns:dc="{_DC}" office:version="1.2">'
        f"<office:meta>{inside}</office:meta></office:document-meta>"
    )


def _parts(archive: Archive, replaced: Mapping[str, bytes]) -> list[Part]:
    """Return the archive written anew: members, directory, end."""
    members = list(_members(archive, replaced))
    directory, place = [], 0
    for member in members:
        directory.append(_entry(member, place))
        place += len(member.local) if isinstance(member.local, bytes) else _span(member.local)
    listed = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(listed), place, 0)
    return [*(member.local for member in members), listed, end]


def _span(part: tuple[int, int]) -> int:
    return part[1] - part[0]


def _members(archive: Archive, replaced: Mapping[str, bytes]) -> Iterator[_Member]:
    """Yield every member in the order of the file; what is not replaced stays packed as it is."""
    infos = sorted(archive.members, key=lambda info: info.header_offset)
    ends = [*(info.header_offset for info in infos[1:]), archive.directory_at]
    for info, end in zip(infos, ends, strict=True):
        if info.filename in replaced:
            yield _fresh(info, replaced[info.filename])
        else:
            span = (info.header_offset, end)
            yield _Member(
                info, span, info.compress_type, info.flag_bits,
                info.CRC, info.compress_size, info.file_size,
            )  # fmt: skip


def _fresh(info: zipfile.ZipInfo, new: bytes) -> _Member:
    """Return a member with another content, packed; its date is the first that zip knows."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(new) + packer.flush()
    crc, name = zlib.crc32(new), _name(info)
    flags = info.flag_bits & ~_DESCRIPTOR_FOLLOWS
    head = _LOCAL.pack(
        b"PK\x03\x04", 20, flags, zipfile.ZIP_DEFLATED, 0, 0x21,
        crc, len(packed), len(new), len(name), 0,
    )  # fmt: skip
    local = head + name + packed
    return _Member(info, local, zipfile.ZIP_DEFLATED, flags, crc, len(packed), len(new))


def _entry(member: _Member, place: int) -> bytes:
    """Return what the directory says of a member that begins at `place` (APPNOTE 4.3.12)."""
    name = _name(member.info)
    head = _CENTRAL.pack(
        b"PK\x01\x02", 20, 20, member.flags, member.method, 0, 0x21,
        member.crc, member.packed, member.size, len(name), 0, 0, 0, 0, 0, place,
    )  # fmt: skip
    return head + name


def _name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
