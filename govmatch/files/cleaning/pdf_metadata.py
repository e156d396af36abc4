"""The metadata of a PDF (XMP, ISO 16684-1) without who wrote it, and for which firm.

Metadata that are packed in a way that we cannot read become blanks as a whole, since nobody needs
them to read the file: title and dates stand in its properties too.
"""

import re
from collections.abc import Iterator

from govmatch.files.checks.pdf import found_in
from govmatch.files.cleaning.joined import Change, patched
from govmatch.files.cleaning.pdf_streams import (
    LONGEST,
    Edge,
    Stream,
    emptied,
    is_inside,
    is_packed,
    packed_again,
    stream_behind,
    unpacked,
)
from govmatch.kit.spooled import Content, windows

_LONGEST_ONE = 4096  # bytes of one element
_MOST = 1_000
_MOST_UNPACKED = 8_000_000  # bytes of metadata in one file
_WORDS = (
    rb"(dc:creator|dc:contributor|dc:publisher|pdf:Author|pdfx:Author|pdfx:Company|pdfx:Manager|"
    rb"pdfx:LastModifiedBy|xmpRights:Owner|photoshop:AuthorsPosition)"
)
_ELEMENT = re.compile(rb"<" + _WORDS + rb"[\s>]")
_ATTRIBUTE = re.compile(rb"\s" + _WORDS + rb"=(\"[^\"<]{0,2000}\"|'[^'<]{0,2000}')")
_METADATA = re.compile(rb"/Subtype[\s\0]*/XML(?![A-Za-z0-9])")


def plain(content: Content) -> Iterator[Change]:
    """Blank elements and attributes that name somebody, where the metadata are not packed."""
    if not any(b"rdf:" in window for _, window in windows(content, overlap=_LONGEST_ONE)):
        return
    for count, (place, found) in enumerate(found_in(_ATTRIBUTE, content, longest=_LONGEST_ONE)):
        yield (place + found.start(), b" " * len(found[0])) if count < _MOST else None
        if count == _MOST:
            return
    for count, (place, found) in enumerate(found_in(_ELEMENT, content)):
        yield _element(content, place + found.start(), found[1]) if count < _MOST else None
        if count == _MOST:
            return


def _element(content: Content, begin: int, name: bytes) -> Change:
    closing = b"</" + name + b">"
    end = content[begin : begin + _LONGEST_ONE].find(closing)
    return (begin, b" " * (end + len(closing))) if end >= 0 else None


def packed(content: Content, edges: list[Edge]) -> Iterator[Change]:
    """Blank what names somebody in packed metadata, or all of them where they cannot be read."""
    left = _MOST_UNPACKED
    for count, (place, found) in enumerate(found_in(_METADATA, content)):
        at = place + found.start()
        if count == _MOST:
            yield None
            return
        if is_inside(edges, at):
            continue
        stream = stream_behind(content, edges, at)
        if stream is None:
            yield None
        elif is_packed(stream):
            text = unpacked(content, stream) if left > 0 else None
            left -= LONGEST if text is None else len(text)
            yield from _without_names(stream, text)


def _without_names(stream: Stream, text: bytes | None) -> list[Change]:
    """Return what changes in packed metadata; None in it where nothing could be done."""
    if text is not None and b"\0" not in text:
        found = list(plain(text))
        if not found:
            return []
        fresh = patched(text, found)
        again = packed_again(stream, fresh[: len(fresh)]) if None not in found else None
        if again is not None:
            return [*again]
    nothing = emptied(stream)
    return [None] if nothing is None else [*nothing]
