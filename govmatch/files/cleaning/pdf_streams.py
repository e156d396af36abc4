"""Where the streams of a PDF stand, and how they are unpacked and packed into the same place."""

import base64
import binascii
import re
import zlib
from bisect import bisect_right
from typing import NamedTuple

from govmatch.files.checks.pdf import found_in, is_ended
from govmatch.files.cleaning.joined import Patch
from govmatch.kit.records import dataclass
from govmatch.kit.spooled import Content

LONGEST = 4_000_000
"""Bytes of one stream, packed or unpacked; a longer one is not opened."""
_LONGEST_TEXT = 400_000  # bytes of one written in letters, which takes longer to read
_LONGEST_HEAD = 2_048
_MOST_FILTERS = 4
_MOST_EDGES = 60_000  # begins and ends of streams, 150 bytes of memory each
_EDGE = re.compile(rb"stream(?:\r?\n)?")
_BEGIN = re.compile(rb"\bobj\b")
_FILTER = re.compile(
    rb"/Filter[\s\0]*(/[A-Za-z0-9]+|\[[^\[\]<>()]*\]|\d+\s+\d+\s+R|null)(?![A-Za-z0-9])"
)
_PARAMETERS = re.compile(
    rb"/DecodeParms[\s\0]*(<<[^<>]*>>|\[(?:[^\[\]<>]|<<[^<>]*>>)*\]|\d+\s+\d+\s+R|null)"
)
_PREDICTED = re.compile(rb"/Predictor[\s\0]+(?!1(?!\d))|\d\s+R")
_FLATE = b"/Filter/FlateDecode"


class Edge(NamedTuple):
    """Where the word `stream` begins and ends, and whether what follows is a stream."""

    start: int
    end: int
    is_begin: bool


@dataclass(frozen=True)
class Stream:
    """The dictionary of a stream with its place, and from where to where its data stand."""

    head: int
    dictionary: bytes
    begin: int
    end: int


def edges_of(content: Content) -> list[Edge] | None:
    """Return each begin of a stream, and the end behind it, in the order of the file.

    None stands for more of them than any document has.
    """
    edges: list[Edge] = []
    for place, found in found_in(_EDGE, content):
        start = place + found.start()
        is_begin = not is_ended(content, start)
        if is_begin or (edges and edges[-1].is_begin):
            edges.append(Edge(start, place + found.end(), is_begin))
        if len(edges) > _MOST_EDGES:
            return None
    return edges


def is_inside(edges: list[Edge], place: int) -> bool:
    """Tell whether a place lies in the data of a stream."""
    last = bisect_right(edges, place, key=_start) - 1
    return last >= 0 and edges[last].is_begin


def stream_behind(content: Content, edges: list[Edge], place: int) -> Stream | None:
    """Return the stream whose dictionary a place lies in; None where that cannot be told."""
    number = bisect_right(edges, place, key=_start)
    number += number < len(edges) and not edges[number].is_begin
    if number + 1 >= len(edges) or edges[number + 1].is_begin:
        return None
    start, begin, _ = edges[number]
    before = content[max(0, start - _LONGEST_HEAD) : start]
    cut = max((found.end() for found in _BEGIN.finditer(before)), default=0)
    head = start - len(before) + cut
    end = edges[number + 1].start - len("end")
    tail = content[max(begin, end - 2) : end]
    room = end - (2 if tail == b"\r\n" else tail[-1:] in {b"\r", b"\n"})
    return None if place < head else Stream(head, before[cut:], begin, max(begin, room))


def _start(edge: Edge) -> int:
    return edge.start


def is_packed(stream: Stream) -> bool:
    return b"/Filter" in stream.dictionary


def unpacked(content: Content, stream: Stream) -> bytes | None:
    """Return what a stream says; None where it is too long or packed in a way we cannot read."""
    data = content[stream.begin : min(stream.end + 2, stream.begin + LONGEST + 1)]
    filters = _filters(stream)
    if filters is None or len(data) > LONGEST:
        return None
    for one in filters:
        step = _step(one, data)
        if step is None:
            return None
        data = step
    return data


def _filters(stream: Stream) -> list[bytes] | None:
    """Return how a stream is packed, outermost first; None where that stands elsewhere."""
    named = _FILTER.search(stream.dictionary)
    parameters = _PARAMETERS.search(stream.dictionary)
    if (named is None and is_packed(stream)) or (named and named[1][:1].isdigit()):
        return None
    if b"/DecodeParms" in stream.dictionary and (
        parameters is None or _PREDICTED.search(parameters[1])
    ):
        return None
    filters: list[bytes] = re.findall(rb"/([A-Za-z0-9]+)", named[1]) if named else []
    return filters if len(filters) <= _MOST_FILTERS else None


def _step(kind: bytes, data: bytes) -> bytes | None:
    try:
        if kind == b"FlateDecode":
            unpacker = zlib.decompressobj()
            found = unpacker.decompress(data, LONGEST)
            return found if unpacker.eof else None
        if len(data) > _LONGEST_TEXT:
            return None
        if kind == b"ASCIIHexDecode":
            digits = b"".join(data.partition(b">")[0].split())
            return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
        if kind == b"ASCII85Decode":
            return base64.a85decode(data.partition(b"~>")[0])
    except (zlib.error, ValueError):
        return None
    return None


def packed(text: bytes, length: int) -> bytes | None:
    """Return a text packed with Flate into exactly so many bytes; None where it needs more."""
    for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED):
        packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, strategy)
        found = packer.compress(text) + packer.flush()
        if len(found) <= length:
            return found + b"\n" * (length - len(found))
    return None


def packed_again(stream: Stream, text: bytes) -> list[Patch] | None:
    """Return the patches that put a text into a stream's place; None where there is no room."""
    named = _FILTER.search(stream.dictionary)
    data = packed(text, stream.end - stream.begin)
    if named is None or data is None or len(named[0]) < len(_FLATE):
        return None
    if named[1] == b"/FlateDecode":
        return [(stream.begin, data)]
    how = _FLATE + b" " * (len(named[0]) - len(_FLATE))
    return [(stream.head + named.start(), how), *_no_parameters(stream), (stream.begin, data)]


def emptied(stream: Stream) -> list[Patch] | None:
    """Return the patches that leave blanks of a stream, not packed; None where none can be."""
    named = _FILTER.search(stream.dictionary)
    is_readable = b"/DecodeParms" not in stream.dictionary or _PARAMETERS.search(stream.dictionary)
    if named is None or not is_readable:
        return None
    nothing = (stream.head + named.start(), b" " * len(named[0]))
    blank = (stream.begin, b" " * (stream.end - stream.begin))
    return [nothing, *_no_parameters(stream), blank]


def _no_parameters(stream: Stream) -> list[Patch]:
    found = _PARAMETERS.search(stream.dictionary)
    return [(stream.head + found.start(), b" " * len(found[0]))] if found else []
