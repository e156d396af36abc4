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
from govmatch.kit.spooled import PIECE, Content, windows

MAGIC = b"%PDF-"
MOST_UNPACKED = 32_000_000
MOST_STREAMS = 20_000
_HEAD = 4096
_LONGEST_NAME = 48
_LONGEST_FOUND = 200  # bytes; longer than what any pattern below takes

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
OBJECT_STREAM_NAME = b"ObjStm"
_NAME = re.compile(
    rb"/(" + b"|".join([*sorted(_NAMES, reverse=True), OBJECT_STREAM_NAME]) + rb")(?![A-Za-z0-9#])"
)
_ESCAPED_NAME = re.compile(rb"/([A-Za-z0-9]{0,40}#[0-9A-Fa-f]{2}[A-Za-z0-9#]{0,100})")
MOST_ESCAPED = 10_000  # names; writers use a few for blanks in the names of fonts
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
# Pairs of numbers, then the first object. Nothing is given back, or a stream of digits alone would
# be gone through once for each of them.
_OBJECT_STREAM = re.compile(
    rb"[\s\0]*+(?:%[^\r\n]*+[\r\n]\s*+)*+\d++\s++\d++[\s\d]*+(?:[<\[(/tfn%+.-]|$)"
)
_END = re.compile(rb"%%EOF[\s\0]*$")


def check(content: Content) -> None:
    """Raise `Refused` unless the PDF is whole, open and passive."""
    if not _END.search(content[-2048:]):
        raise Refused(DAMAGED)
    if has_markup(content[:1024]):
        raise Refused(UNCLEAR)
    object_streams = _look(content)
    _check_streams(content, object_streams)


def _look(content: Content) -> list[int]:
    """Refuse forbidden names; return the ends of the names that announce object streams."""
    announced = []
    for name, end in _names(content):
        if name == OBJECT_STREAM_NAME:
            announced.append(end)
        elif name in _NAMES:
            raise Refused(_NAMES[name])
    return announced


def _names(content: Content) -> Iterator[tuple[bytes, int]]:
    """Yield each name that matters, and where it ends, however its letters are written."""
    yield from ((found[1], place + found.end()) for place, found in found_in(_NAME, content))
    for count, (place, found) in enumerate(found_in(_ESCAPED_NAME, content)):
        if count >= MOST_ESCAPED:
            raise Refused(UNCLEAR)
        yield _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), found[1]), place + found.end()


def found_in(
    pattern: re.Pattern[bytes], content: Content, *, longest: int = _LONGEST_FOUND
) -> Iterator[tuple[int, re.Match[bytes]]]:
    """Yield what is found, with where the window begins that it was found in, each once.

    `longest` is how many bytes the pattern may take.
    """
    after = 0
    for place, window in windows(content, overlap=longest):
        for found in pattern.finditer(window, max(0, after - place)):
            if found.start() >= PIECE:
                break  # the next window has it whole
            after = place + found.end()
            yield place, found


def _check_streams(content: Content, announced: list[int]) -> None:
    """Look into every stream that holds objects; each announced one must be readable to us."""
    left = MOST_UNPACKED
    readable: set[int] = set()
    for count, begin in enumerate(_streams(content)):
        if count >= MOST_STREAMS:
            raise Refused(UNCLEAR)
        if _OBJECT_STREAM.match(_first(content, begin)):
            readable.add(begin)
            left = _look_inside(content, begin, left)
    for place in announced:
        following = next(_streams(content[place : place + _HEAD]), None)
        if following is None or place + following not in readable:
            raise Refused(UNCLEAR)


def _streams(content: Content) -> Iterator[int]:
    """Yield where each stream begins."""
    for place, found in found_in(_STREAM, content):
        if not is_ended(content, place + found.start()):
            yield place + found.end()


def is_ended(content: Content, place: int) -> bool:
    """True where the word at a place is the second half of `endstream`.

    A pattern that begins with the same letters in every case is found ten times as fast.
    """
    return content[max(0, place - 3) : place] == b"end"


def _first(content: Content, begin: int) -> bytes:
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


def _look_inside(content: Content, begin: int, left: int) -> int:
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


def _unpacked(content: Content, begin: int) -> Iterator[bytes]:
    """Yield a stream's content in pieces, as far as it can be unpacked."""
    unpacker, place, piece = zlib.decompressobj(), begin, b""
    try:
        # A full piece may have left something waiting, in what was read or inside the unpacker.
        while not unpacker.eof and (place < len(content) or len(piece) == PIECE):
            packed = unpacker.unconsumed_tail
            if not packed and len(piece) < PIECE:
                packed = content[place : place + PIECE]
                place += len(packed)
            piece = unpacker.decompress(packed, PIECE)
            yield piece
    except zlib.error:
        return
