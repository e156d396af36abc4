"""PDF (ISO 32000): refused where it can run, start or carry something, or cannot be looked into.

What a PDF can do stands in it by name (`/JavaScript`, `/Launch`), also inside compressed object
streams, and with letters written as `#4a`. So we do not build the file's objects, which is where
PDF readers break; we look for the names: in the raw bytes, and in every stream that unpacks to what
an object stream looks like, whatever it calls itself. At most 32 MB are unpacked.
"""

import re
import zlib
from collections.abc import Iterator

from govmatch.files.checks.plain import has_markup
from govmatch.files.refused import (
    DAMAGED,
    LOCKED,
    OTHER_FILES,
    PROGRAM,
    UNCLEAR,
    Refused,
)
from govmatch.kit.i18n import Message

MAGIC = b"%PDF-"
MOST_UNPACKED = 32_000_000
MOST_STREAMS = 20_000
_PIECE = 256 * 1024
_HEAD = 4096
_LONGEST_NAME = 48

# ISO 32000-2, tables 201 (actions), 166 (annotations), 31 and 45 (names of the catalogue, files).
_NAMES: dict[bytes, Message] = {
    b"JavaScript": PROGRAM,
    b"Launch": PROGRAM,
    b"Rendition": PROGRAM,
    b"RichMedia": PROGRAM,
    b"RichMediaExecute": PROGRAM,
    b"SubmitForm": PROGRAM,
    b"ImportData": PROGRAM,
    b"XFA": PROGRAM,
    b"GoToE": OTHER_FILES,
    b"EmbeddedFile": OTHER_FILES,
    b"EmbeddedFiles": OTHER_FILES,
    b"Encrypt": LOCKED,
}
_OBJECT_STREAM_NAME = b"ObjStm"
_NAME = re.compile(
    rb"/(" + b"|".join([*sorted(_NAMES, reverse=True), _OBJECT_STREAM_NAME]) + rb")(?![A-Za-z0-9#])"
)
_ESCAPED_NAME = re.compile(rb"/([A-Za-z0-9]{0,40}#[0-9A-Fa-f]{2}[A-Za-z0-9#]{0,100})")
MOST_ESCAPED = 10_000  # names; writers use a few for blanks in the names of fonts
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
# Pairs of numbers, then the first object. Nothing is given back, or a stream of digits alone would
# be gone through once for each of them.
_OBJECT_STREAM = re.compile(
    rb"[\s\0]*+(?:%[^\r\n]*+[\r\n]\s*+)*+\d++\s++\d++[\s\d]*+(?:[<\[(/tfn%+.-]|$)"
)
_END = re.compile(rb"%%EOF[\s\0]*$")


def check(content: bytes) -> None:
    """Raise `Refused` unless the PDF is whole, open and passive."""
    if not _END.search(content[-2048:]):
        raise Refused(DAMAGED)
    if has_markup(content[:1024]):
        raise Refused(UNCLEAR)
    object_streams = _look(content)
    _check_streams(content, object_streams)


def _look(content: bytes) -> list[int]:
    """Refuse forbidden names; return where object streams are announced."""
    announced = []
    for name, end in _names(content):
        if name == _OBJECT_STREAM_NAME:
            announced.append(end)
        elif name in _NAMES:
            raise Refused(_NAMES[name])
    return announced


def _names(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield each name that matters, and where it ends, however its letters are written."""
    yield from ((found[1], found.end()) for found in _NAME.finditer(content))
    for count, found in enumerate(_ESCAPED_NAME.finditer(content)):
        if count >= MOST_ESCAPED:
            raise Refused(UNCLEAR)
        yield _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), found[1]), found.end()


def _check_streams(content: bytes, announced: list[int]) -> None:
    """Look into every stream that holds objects; each announced one must be readable to us."""
    left = MOST_UNPACKED
    readable: set[int] = set()
    for count, begin in enumerate(found.end() for found in _STREAM.finditer(content)):
        if count >= MOST_STREAMS:
            raise Refused(UNCLEAR)
        if _OBJECT_STREAM.match(_first(content, begin)):
            readable.add(begin)
            left = _look_inside(content, begin, left)
    for place in announced:
        following = _STREAM.search(content, place, place + _HEAD)
        if following is None or following.end() not in readable:
            raise Refused(UNCLEAR)


def _first(content: bytes, begin: int) -> bytes:
    """Return how a stream begins, unpacked where it is packed with Flate."""
    head = content[begin : begin + _HEAD]
    if not _is_packed(head):
        return head[:_HEAD]
    try:
        return zlib.decompressobj().decompress(head, _HEAD)
    except zlib.error:
        return b""


def _is_packed(head: bytes) -> bool:
    """True where the two bytes of a zlib header stand (RFC 1950, 2.2)."""
    return len(head) > 2 and head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0


def _look_inside(content: bytes, begin: int, left: int) -> int:
    """Refuse forbidden names in a packed stream; return how many bytes may still be unpacked."""
    if not _is_packed(content[begin : begin + _HEAD]):
        return left  # not packed: its names were seen with the rest
    kept = b""
    for piece in _unpacked(content, begin):
        left -= len(piece)
        if left < 0:
            raise Refused(UNCLEAR)
        _look(kept + piece)
        kept = piece[-_LONGEST_NAME:]
    return left


def _unpacked(content: bytes, begin: int) -> Iterator[bytes]:
    """Yield a stream's content in pieces, as far as it can be unpacked."""
    unpacker, place, piece = zlib.decompressobj(), begin, b""
    try:
        # A full piece may have left something waiting, in what was read or inside the unpacker.
        while not unpacker.eof and (place < len(content) or len(piece) == _PIECE):
            packed = unpacker.unconsumed_tail
            if not packed and len(piece) < _PIECE:
                packed = content[place : place + _PIECE]
                place += len(packed)
            piece = unpacker.decompress(packed, _PIECE)
            yield piece
    except zlib.error:
        return
