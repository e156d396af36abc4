"""PDF without the names of who wrote it and for which firm, in its properties and its metadata.

Every byte keeps its place, so that nothing else has to be written anew: what goes becomes blanks,
also inside packed object streams, where that leaves them no longer than they were. Software, title
and dates stay. A signed PDF is left alone, since a signature covers its bytes.
"""

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from govmatch.files.checks.pdf import OBJECT_STREAM_NAME, found_in, is_ended
from govmatch.files.cleaning.joined import Patch, patched
from govmatch.kit.spooled import Content, windows

_LONGEST = 4096  # bytes of one value; a longer one is no name
_MOST_UNPACKED = 4_000_000  # bytes of object streams, the last ones first
_MOST_NAMED = 100
_SIGNED = re.compile(rb"/ByteRange[\s\0]*\[")
_KEYS = rb"/(?:Author|Company|Manager|LastModifiedBy)"
_KEY = re.compile(_KEYS + rb"[\s\0]{0,8}[(<]")
# A text in brackets, with others inside it one level deep, or in hexadecimal (ISO 32000, 7.3.4).
_VALUE = re.compile(
    _KEYS + rb"[\s\0]{0,8}(\((?:[^()\\]++|\\.|\((?:[^()\\]|\\.){0,500}+\)){0,500}+\)|"
    rb"<(?![<])[0-9A-Fa-f\s]{0,2000}+>)",
    re.DOTALL,
)
_WORDS = rb"(dc:creator|pdf:Author|pdfx:Company|xmpRights:Owner|photoshop:AuthorsPosition)"
_ELEMENT = re.compile(rb"<" + _WORDS + rb"[\s>]")
_ATTRIBUTE = re.compile(rb"\s" + _WORDS + rb"=(\"[^\"<]{0,2000}\"|'[^'<]{0,2000}')")
_STREAM_EDGE = re.compile(rb"stream(?:\r?\n)?")
_PACKED_OBJECTS = re.compile(rb"/" + OBJECT_STREAM_NAME + rb"(?![A-Za-z0-9#])")


def cleaned(content: Content) -> Content:
    """Return the PDF with blanks where it named its author; itself where it names none."""
    if is_signed(content):
        return content
    edges = [
        (
            place + found.start(),
            place + found.end(),
            not is_ended(content, place + found.start()),
        )
        for place, found in found_in(_STREAM_EDGE, content)
    ]
    patches = [
        *_outside(content, edges),
        *_in_metadata(content),
        *_in_object_streams(content, edges),
    ]
    return patched(content, patches)


def is_signed(content: Content) -> bool:
    """Tell whether a signature covers the bytes of a PDF."""
    return next(found_in(_SIGNED, content), None) is not None


def _outside(content: Content, edges: list[tuple[int, int, bool]]) -> Iterator[Patch]:
    """Blank the values that stand in plain objects; what a page shows is in streams."""
    begins = [begin for begin, _, _ in edges]
    for place, key in islice(found_in(_KEY, content, longest=_LONGEST), _MOST_NAMED):
        found = _VALUE.match(key.string, key.start())
        last = bisect_right(begins, place + key.start()) - 1
        if found is not None and (last < 0 or not edges[last][2]):
            yield from _blank(place, found)


def _blank(place: int, found: re.Match[bytes]) -> Iterator[Patch]:
    """Blank a value that is not blank already, with its brackets left standing."""
    value = found[1]
    new = value[:1] + b" " * (len(value) - 2) + value[-1:]
    if new != value:
        yield place + found.start(1), new


def _in_metadata(content: Content) -> Iterator[Patch]:
    """Blank elements and attributes of XMP that name somebody, where it is not packed."""
    if not any(b"rdf:" in window for _, window in windows(content, overlap=_LONGEST)):
        return
    attributes = found_in(_ATTRIBUTE, content, longest=_LONGEST)
    for place, found in islice(attributes, _MOST_NAMED):
        yield place + found.start(), b" " * len(found[0])
    for place, found in islice(found_in(_ELEMENT, content), _MOST_NAMED):
        begin = place + found.start()
        closing = b"</" + found[1] + b">"
        end = content[begin : begin + _LONGEST].find(closing)
        if end >= 0:
            yield begin, b" " * (end + len(closing))


def _in_object_streams(content: Content, edges: list[tuple[int, int, bool]]) -> Iterator[Patch]:
    """Blank values in packed object streams, which then pack into less than before."""
    starts = [end for _, end, is_begin in edges if is_begin]
    announced = [place + found.end() for place, found in found_in(_PACKED_OBJECTS, content)]
    left = _MOST_UNPACKED
    for place in reversed(announced):
        after = bisect_right(starts, place)
        if left <= 0:
            return
        if after < len(starts):
            patches, used = _in_stream(content, starts[after], most=left)
            yield from patches
            left -= used


def _in_stream(content: Content, begin: int, *, most: int) -> tuple[list[Patch], int]:
    """Return what changes in one object stream, and how much work it was in bytes."""
    packed = content[begin : begin + most]
    unpacker = zlib.decompressobj()
    try:
        objects = unpacker.decompress(packed, most)
    except zlib.error:
        return [], _LONGEST
    blanked = bytearray(objects)
    for found in _VALUE.finditer(objects):
        for place, new in _blank(0, found):
            blanked[place : place + len(new)] = new
    if blanked == objects or not unpacker.eof:
        return [], len(objects) + _LONGEST
    length = len(packed) - len(unpacker.unused_data)
    again = zlib.compress(bytes(blanked), 9)
    patch = (begin, again + b"\n" * (length - len(again)))
    return [patch] if len(again) <= length else [], len(objects) + _LONGEST
