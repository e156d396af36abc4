"""PNG and JPEG: structure and size in pixels, read from their headers without decoding."""

import struct
import zlib

from govmatch.files.refused import DAMAGED, UNCLEAR, Refused
from govmatch.kit.i18n import msg
from govmatch.kit.spooled import PIECE, Content

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
JPEG_MAGIC = b"\xff\xd8\xff"
MOST_MEGAPIXELS = 100
LONGEST_SIDE = 20_000  # pixels
_HEADER = 13  # bytes of what the first chunk of a PNG holds
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_END_OF_IMAGE = b"\xff\xd9"
_SCAN = 0xDA
_MOST_AFTER_END = 1_000_000  # bytes; telephones put a second, small picture behind the first


def check_png(content: Content) -> None:
    """Raise `Refused` unless it is one whole PNG with nothing behind it (ISO/IEC 15948, 5)."""
    place, is_first = len(PNG_MAGIC), True
    while True:
        head = content[place : place + 8]
        if len(head) < 8:
            raise Refused(DAMAGED)
        length, name = struct.unpack(">I4s", head)
        end = place + 8 + length
        check = content[end : end + 4]
        if len(check) < 4 or _crc(content, place + 4, end) != int.from_bytes(check, "big"):
            raise Refused(DAMAGED)
        if is_first:
            _check_header(name, content[place + 8 : min(end, place + 8 + _HEADER + 1)])
        is_first, place = False, end + 4
        if name == b"IEND":
            break
    if place != len(content):
        raise Refused(UNCLEAR)


def _crc(content: Content, begin: int, end: int) -> int:
    found = 0
    for place in range(begin, end, PIECE):
        found = zlib.crc32(content[place : min(place + PIECE, end)], found)
    return found


def _check_header(name: bytes, body: bytes) -> None:
    if name != b"IHDR" or len(body) != _HEADER:
        raise Refused(DAMAGED)
    _check_size(*struct.unpack(">II", body[:8]))


def check_jpeg(content: Content) -> None:
    """Raise `Refused` unless its segments lead to a frame of bearable size, a scan and an end."""
    place, has_frame = 2, False
    while True:
        if content[place : place + 1] != b"\xff":
            raise Refused(DAMAGED)
        while content[place : place + 1] == b"\xff":
            place += 1
        marker = int.from_bytes(content[place : place + 1], "big")
        place += 1
        if marker in _WITHOUT_LENGTH:
            continue
        length = int.from_bytes(content[place : place + 2], "big")
        if length < 2 or place + length > len(content) or marker in {0xD8, 0xD9}:
            raise Refused(DAMAGED)
        if marker in _FRAMES:
            has_frame = True
            _check_frame(content[place + 2 : place + length])
        if marker == _SCAN:
            break
        place += length
    end = _last_end(content, place)
    if not has_frame or end is None:
        raise Refused(DAMAGED)
    if len(content) - end > _MOST_AFTER_END:
        raise Refused(UNCLEAR)


def _last_end(content: Content, begin: int) -> int | None:
    """Return where the last mark of an end stands, from `begin` on."""
    for upper in range(len(content), begin, -PIECE):
        lower = max(begin, upper - PIECE)
        found = content[lower : upper + 1].rfind(_END_OF_IMAGE)
        if found >= 0:
            return lower + found
    return None


def _check_frame(body: bytes) -> None:
    if len(body) < 5:
        raise Refused(DAMAGED)
    height, width = struct.unpack(">xHH", body[:5])
    _check_size(width, height)


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Refused(DAMAGED)
    if max(width, height) > LONGEST_SIDE or width * height > MOST_MEGAPIXELS * 1_000_000:
        raise Refused(
            msg(
                "The picture has more than {limit} million pixels. Please make it smaller.",
                limit=MOST_MEGAPIXELS,
            )
        )
