"""Files of every kind, small and whole, and the ways in which they are spoilt."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": ("word/document.xml", f"{OFFICE}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OFFICE}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OFFICE}.presentationml.presentation.main+xml"),
}
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN = "application/vnd.oasis.opendocument"


def zipped(members: Mapping[str, bytes | str], *, stored: frozenset[str] = frozenset()) -> bytes:
    """Return an archive of these members, packed unless named in `stored`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, how)
    return target.getvalue()


def office(
    kind: str = "docx",
    *,
    more: Mapping[str, bytes | str] | None = None,
    types: str = "",
    main: str = "<document/>",
    stored: frozenset[str] = frozenset(),
) -> bytes:
    """Return an office file with the least that it needs, and `more` members."""
    part, declared = MAIN[kind]
    content_types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{declared}"/>{types}</Types>'
    )
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": content_types,
        "_rels/.rels": relations(("officeDocument", part, False)),
        part: main,
    }
    return zipped({**members, **(more or {})}, stored=stored)


def relations(*found: tuple[str, str, bool]) -> str:
    """Return a part of relationships: (last word of the type, target, whether it is outside)."""
    modes = {True: ' TargetMode="External"', False: ""}
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"{modes[outside]}/>'
        for n, (kind, target, outside) in enumerate(found)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def odf(
    kind: str = "text", *, body: str = "", more: Mapping[str, bytes | str] | None = None
) -> bytes:
    """Return an OpenDocument file whose content has `body`."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:draw="{space}:drawing:1.0" xmlns:script="{space}:script:1.0" '
        f'xmlns:presentation="{space}:presentation:1.0" xmlns:text="{space}:text:1.0" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink">{body}</office:document-content>'
    )
    members: dict[str, bytes | str] = {
        "mimetype": f"{OPEN}.{kind}",
        "content.xml": content,
        "META-INF/manifest.xml": "<manifest/>",
    }
    return zipped({**members, **(more or {})}, stored=frozenset({"mimetype"}))


def pdf(body: bytes = b"", *, version: bytes = b"1.7") -> bytes:
    """Return something that begins and ends like a PDF; readers of names need no more."""
    return b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n" + body + b"\ntrailer <<>>\n%%EOF\n"


def object_stream(inside: bytes, *, announced: bool = True, packed: bool = True) -> bytes:
    """Return a PDF object that holds others, packed with Flate."""
    content = b"1 0 " + inside
    kind = b"/Type /ObjStm " if announced else b""
    data = zlib.compress(content) if packed else content
    how = b"/Filter /FlateDecode " if packed else b""
    return b"5 0 obj << " + kind + how + b"/N 1 /First 4 >> stream\n" + data + b"\nendstream endobj"


def png(width: int = 2, height: int = 2, *, after: bytes = b"") -> bytes:
    row = b"\x00" + b"\x00" * 3 * min(width, 10)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(row * min(height, 10)))
        + _chunk(b"IEND", b"")
        + after
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def jpeg(width: int = 2, height: int = 2, *, after: bytes = b"") -> bytes:
    """Return the segments of a JPEG: header, frame, scan, end."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + _segment(0xC0, frame)
        + _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + b"\x12\x34\x00\xff\xd9"
        + after
    )


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
