"""Who commented in a PDF: the names that programs write beside remarks, marks and drawings.

Such an annotation (ISO 32000-2, 12.5.6.2) has its writer's name under /T, where a field of a form
has the name of the field; so whole dictionaries are read, not only the key.
"""

import re
from collections.abc import Iterator
from itertools import islice

from govmatch.files.checks.pdf import found_in
from govmatch.files.cleaning.pdf_streams import Edge, is_inside
from govmatch.kit.spooled import Content

MOST_READ = 2_000_000
"""Bytes of objects in one file; names of those who commented in more of them stay."""
_SUBTYPES = (
    rb"/(?:Text|FreeText|Line|Square|Circle|Polygon|PolyLine|Highlight|Underline|Squiggly|"
    rb"StrikeOut|Caret|Stamp|Ink|FileAttachment|Sound|Redact)"
)
_SUBTYPE = re.compile(_SUBTYPES)
_REMARK = re.compile(rb"/Subtype[\s\0]*" + _SUBTYPES + rb"(?![A-Za-z0-9])")
_WRITER = re.compile(rb"/T(?:[\s\0]{0,8}[(<]|[\s\0]{1,8}\d)")
_LONGEST = 8_192  # bytes before and behind a name, within which its object begins and ends
_MOST = 20_000
_TOKEN = re.compile(
    rb"<<|>>|<[^<>]*>|\(|/[^\s\0()<>\[\]{}/%]*|%[^\r\n]*|[\[\]]|[^\s\0()<>\[\]{}/%]+"
)
_IN_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)


class _Dictionary:
    """What matters of a dictionary while it is read."""

    def __init__(self) -> None:
        self.key = b""
        self.writer: tuple[int, int] | None = None
        self.is_remark = False

    def takes(self, token: bytes, begin: int, end: int) -> None:
        """Take the next word that stands in the dictionary itself: a key, or what it says."""
        if not self.key:
            self.key = token if token[:1] == b"/" else b""
            return
        if self.key == b"/Subtype":
            self.is_remark = _SUBTYPE.fullmatch(token) is not None
        elif self.key == b"/T":
            self.writer = (begin, end) if token[:1] in b"(<" else (0, 0)
        self.key = b""


class Remarks:
    """Reads objects for those who commented, up to so many bytes of one file."""

    def __init__(self) -> None:
        self._left = MOST_READ

    def writers(self, objects: bytes) -> Iterator[tuple[int, int]]:
        """Yield from where to where the names stand; an empty place where they were not read."""
        if not (b"/T" in objects and _REMARK.search(objects) and _WRITER.search(objects)):
            return  # so it is with most, and quickly known
        self._left -= len(objects)
        if self._left < 0:
            yield 0, 0
        else:
            yield from _writers(objects)


def _writers(objects: bytes) -> Iterator[tuple[int, int]]:
    open_ones: list[_Dictionary | None] = []
    for begin, end in _tokens(objects):
        token = objects[begin : min(end, begin + 40)]
        inner = open_ones[-1] if open_ones else None
        if token in {b"<<", b"["}:
            if inner is not None:
                inner.key = b""
            open_ones.append(_Dictionary() if token == b"<<" else None)
        elif token in {b">>", b"]"}:
            closed = open_ones.pop() if open_ones else None
            if closed is not None and closed.is_remark and closed.writer is not None:
                yield closed.writer
        elif inner is not None:
            inner.takes(token, begin, end)


def _tokens(objects: bytes) -> Iterator[tuple[int, int]]:
    """Yield from where to where each word of PDF stands (ISO 32000-2, 7.2)."""
    place = 0
    while found := _TOKEN.search(objects, place):
        place = found.end()
        if found[0] == b"(":
            place = _text_end(objects, place)
        if not found[0].startswith(b"%"):
            yield found.start(), place


def _text_end(objects: bytes, place: int) -> int:
    """Return where a text in brackets ends, with others inside it."""
    depth = 1
    for found in _IN_TEXT.finditer(objects, place):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    return len(objects)


def outside(content: Content, edges: list[Edge]) -> Iterator[tuple[int, bytes] | None]:
    """Yield the plain objects that hold remarks, with their places; None for one without end."""
    behind = 0
    for place, found in islice(found_in(_WRITER, content), _MOST):
        at = place + found.start()
        if at < behind or is_inside(edges, at):
            continue
        begin = max(0, at - _LONGEST)
        start = content[begin:at].rfind(b"obj")
        end = content[at : at + _LONGEST].find(b"endobj")
        objects = content[begin + max(0, start) : at + (end if end >= 0 else _LONGEST)]
        behind = at + (end if end >= 0 else _LONGEST)
        if _REMARK.search(objects):
            yield None if start < 0 or end < 0 else (begin + start, objects)
