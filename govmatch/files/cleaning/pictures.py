"""PNG and JPEG without what a camera, a telephone or a program wrote beside the picture.

Nothing is decoded. What a picture needs to look the same stays: colours, and which side is up.
"""

import re
import struct
from collections.abc import Iterator

from govmatch.files.checks.pictures import PNG_MAGIC
from govmatch.files.cleaning.joined import Joined, Part, Span
from govmatch.kit.spooled import PIECE, Content

# ISO/IEC 15948 and PNG third edition: what changes how a picture looks, animation included.
_KEPT_CHUNKS = frozenset({
    b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"hIST", b"sPLT",
    b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT",
})  # fmt: skip
_SCAN, _END, _EXIF = 0xDA, 0xD9, 0xE1
_COMMENT = 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
# By application segment, how the ones begin that say how the picture looks.
_KEPT_SEGMENTS = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_EXIF_BEGIN = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_SHORT = 3  # TIFF 6.0, section 2: an unsigned number of two bytes


def cleaned_png(content: Content) -> Content:
    """Return the picture without texts, times, EXIF and chunks that nobody has registered."""
    parts: list[Part] = [(0, len(PNG_MAGIC))]
    place = len(PNG_MAGIC)
    while place < len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        end = place + 12 + length
        is_critical = name[:1].isupper()
        if is_critical or name in _KEPT_CHUNKS:
            parts.append((place, end))
        place = end
    return _shorter(content, parts)


def cleaned_jpeg(content: Content) -> Content:
    """Return the picture up to its end, without EXIF, XMP, IPTC and comments.

    Which side is up stays where it was said; a second picture behind the first goes.
    """
    parts: list[Part] = [(0, 2)]
    for marker, begin, end in _segments(content):
        if marker == _EXIF:
            parts.append(_turned(content[begin:end]))
        elif _is_kept(marker, content[begin + 4 : begin + 20]):
            parts.append((begin, end))
    return _shorter(content, parts)


def told_beside(content: Content) -> Iterator[Span]:
    """Yield from where to where a JPEG says what `cleaned_jpeg` takes out.

    Without the marker and the length of each segment: what stands there may become zeros, and every
    byte behind it keeps its place.
    """
    for marker, begin, end in _segments(content):
        if not _is_kept(marker, content[begin + 4 : begin + 20]):
            yield min(begin + 4, end), end


def _is_kept(marker: int, begin: bytes) -> bool:
    if marker in _KEPT_SEGMENTS:
        return begin.startswith(_KEPT_SEGMENTS[marker])
    return marker not in _APPLICATIONS and marker != _COMMENT


def _segments(content: Content) -> Iterator[tuple[int, int, int]]:
    """Yield marker, begin and end of each segment; what a scan shows belongs to its segment.

    What no decoder expects behind the first scan counts as part of it.
    """
    place = 2
    while place < len(content):
        while content[place : place + 2] == b"\xff\xff":
            place += 1
        head = content[place : place + 2]
        if len(head) < 2 or head[0] != 0xFF:
            yield _SCAN, place, len(content)
            return
        marker = head[1]
        if marker == _END:
            yield marker, place, place + 2
            return
        end = place + 2
        if marker not in _WITHOUT_LENGTH:
            end += int.from_bytes(content[end : end + 2], "big")
        if marker == _SCAN:
            end = _after_scan(content, end)
        yield marker, place, min(end, len(content))
        place = end


def _after_scan(content: Content, begin: int) -> int:
    """Return where the next marker stands that is no part of what a scan shows."""
    for place in range(begin, len(content), PIECE):
        found = _NEXT_MARKER.search(content[place : place + PIECE + 1])
        if found:
            return place + found.start()
    return len(content)


def _turned(segment: bytes) -> bytes:
    """Return an EXIF segment that says only which side is up; nothing where that is as usual."""
    turn = _orientation(segment[4:])
    if turn not in range(2, 9):
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, turn, 0)
    tiff = b"MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    body = _EXIF_BEGIN + tiff
    return struct.pack(">BBH", 0xFF, _EXIF, len(body) + 2) + body


def _orientation(body: bytes) -> int:
    """Return the orientation that the first directory names (EXIF 2.32, 4.6.4), or 0."""
    order = {b"II": "<", b"MM": ">"}.get(body[len(_EXIF_BEGIN) :][:2])
    if not body.startswith(_EXIF_BEGIN) or order is None:
        return 0
    tiff = body[len(_EXIF_BEGIN) :]
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        return 0
    return 0


def _shorter(content: Content, parts: list[Part]) -> Content:
    """Return the parts, or the content itself where nothing was taken out."""
    kept = Joined(content, parts)
    return content if len(kept) == len(content) else kept
