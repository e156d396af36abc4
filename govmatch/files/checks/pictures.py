"""PNG and JPEG: structure and size in pixels, read from their headers without decoding."""

import struct
import zlib

from govmatch.files.refused import DAMAGED, UNCLEAR, Refused
from govmatch.kit.i18n import msg

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
JPEG_MAGIC = b"\xff\xd8\xff"
MOST_MEGAPIXELS = 100
LONGEST_SIDE = 20_000  # pixels
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_END_OF_IMAGE = b"\xff\xd9"
_SCAN = 0xDA
_MOST_AFTER_END = 1_000_000  # bytes; telephones put a second, small picture behind the first


def check_png(content: bytes) -> None:
    """Raise `Refused` unless it is one whole PNG with nothing behind it (ISO/IEC 15948, 5)."""
    place, is_first = len(PNG_MAGIC), True
    while True:
        head = content[place : place + 8]
        if len(head) < 8:
            raise Refused(DAMAGED)
        length, name = struct.unpack(">I4s", head)
        body = content[place + 8 : place + 8 + length]
        check = content[place + 8 + length : place + 12 + length]
        if len(check) < 4 or zlib.crc32(name + body) != int.from_bytes(check, "big"):
            raise Refused(DAMAGED)
        if is_first:
            _check_header(name, body)
        is_first, place = False, place + 12 + length
        if name == b"IEND":
            break
    if place != len(content):
        raise Refused(UNCLEAR)


def _check_header(name: bytes, body: bytes) -> None:
    if name != b"IHDR" or len(body) != 13:
        raise Refused(DAMAGED)
    _check_size(*struct.unpack(">II", body[:8]))


def check_jpeg(content: bytes) -> None:
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
    end = content.rfind(_END_OF_IMAGE)
    if not has_frame or end < place:
        raise Refused(DAMAGED)
    if len(content) - end > _MOST_AFTER_END:
        raise Refused(UNCLEAR)


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
