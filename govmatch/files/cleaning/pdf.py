"""PDF without the names of who wrote it, for which firm, and who commented in it.

Every byte keeps its place, so that nothing else has to be written anew: what goes becomes blanks,
also inside packed streams of objects and of metadata, and in photographs. Title and dates stay, and
software, unless its room is needed. A signed PDF is left alone, since a signature covers its bytes.
"""

import re
from collections.abc import Iterator
from itertools import chain

from govmatch.files.checks.pdf import MOST_UNPACKED, OBJECT_STREAM_NAME, found_in
from govmatch.files.cleaning import pdf_comments, pdf_metadata, pdf_pictures
from govmatch.files.cleaning.joined import Change, Patch, patched
from govmatch.files.cleaning.left import Left
from govmatch.files.cleaning.pdf_streams import (
    LONGEST,
    Edge,
    Stream,
    edges_of,
    is_inside,
    is_packed,
    packed_again,
    stream_behind,
    unpacked,
)
from govmatch.kit.spooled import Content

_LONGEST = 4096  # bytes of one value
_MOST = 5_000  # names, texts and streams that are looked at, of each kind
_SIGNED = re.compile(rb"/ByteRange[\s\0]*\[")
_NAMES = (b"/Author", b"/Company", b"/Manager", b"/LastModifiedBy")
_KEYS = rb"(?:" + b"|".join(_NAMES) + rb")"
_KEY = re.compile(rb"/(?:Author|Company|Manager|LastModifiedBy)[\s\0]{0,8}(?:[(\d]|<(?!<))")
# A text in brackets, with others inside it one level deep, or in hexadecimal (ISO 32000, 7.3.4).
_TEXT = (
    rb"[\s\0]{0,8}(\((?:[^()\\]++|\\.|\((?:[^()\\]|\\.){0,500}+\)){0,500}+\)|"
    rb"<(?![<])[0-9A-Fa-f\s]{0,2000}+>)"
)
_VALUE = re.compile(_KEYS + _TEXT, re.DOTALL)
_SOFTWARE = re.compile(rb"/(?:Producer|Creator)" + _TEXT, re.DOTALL)
_BARE = re.compile(_TEXT, re.DOTALL)
_REFERRED = re.compile(_KEYS + rb"[\s\0]{0,8}(\d{1,9})[\s\0]{1,8}\d{1,5}[\s\0]{1,8}R(?![A-Za-z])")
_TEXT_OBJECT = re.compile(rb"obj[\s\0]{0,8}(?=\(|<(?!<))")
_NUMBER = re.compile(rb"(?<!\d)(\d{1,9})[\s\0]{1,8}\d{1,5}[\s\0]{1,8}$")
_FIRST = re.compile(rb"/First[\s\0]+(\d{1,7})")
_PACKED_OBJECTS = re.compile(rb"/" + OBJECT_STREAM_NAME + rb"(?![A-Za-z0-9#])")


def cleaned(content: Content) -> Content:
    """Return the PDF with blanks where it named somebody; itself where it names nobody."""
    if is_signed(content):
        return content
    edges = edges_of(content)
    return patched(content, [*_changes(content, edges), *_in_pictures(content, edges)])


def names_left(content: Content) -> Left | None:
    """Return why a PDF may name people after it is cleaned, beside what it shows; or None."""
    if is_signed(content):
        return Left.SIGNED
    edges = edges_of(content)
    if any(one is None for one in _changes(content, edges)):
        return Left.PACKED
    return Left.PICTURES if any(one is None for one in _in_pictures(content, edges)) else None


def is_signed(content: Content) -> bool:
    """Tell whether a signature covers the bytes of a PDF."""
    return next(found_in(_SIGNED, content), None) is not None


def _changes(content: Content, edges: list[Edge] | None) -> Iterator[Change]:
    if edges is None:
        yield None
    else:
        yield from _Cleaning(content, edges).changes()


def _in_pictures(content: Content, edges: list[Edge] | None) -> Iterator[Change]:
    return iter(()) if edges is None else pdf_pictures.changes(content, edges)


def _blanked(place: int, value: bytes) -> Iterator[Patch]:
    """Blank a value that is not blank already, with its brackets left standing."""
    new = value[:1] + b" " * (len(value) - 2) + value[-1:]
    if new != value:
        yield place, new


class _Cleaning:
    """What changes in one PDF, found in two turns: names may stand in objects of their own.

    `numbers` are those objects, as some programs write them: `/Author 15 0 R`, `15 0 obj (Anne)`.
    """

    def __init__(self, content: Content, edges: list[Edge]) -> None:
        self._content = content
        self._edges = edges
        self._numbers: set[int] = set()
        self._remarks = pdf_comments.Remarks()
        self._left = 2 * MOST_UNPACKED  # bytes, since each stream is opened twice

    def changes(self) -> Iterator[Change]:
        yield from self._outside()
        yield from self._remarks_outside()
        for stream in self._object_streams():
            objects = self._opened(stream) if stream is not None else None
            if objects is not None and _has_names(objects):
                self._numbers |= {int(one[1]) for one in _REFERRED.finditer(objects)}
        yield from self._texts()
        yield from pdf_metadata.plain(self._content)
        yield from pdf_metadata.packed(self._content, self._edges)
        for stream in self._object_streams():
            objects = self._opened(stream) if stream is not None else None
            if stream is None or objects is None:
                yield None
            else:
                yield from self._in_objects(stream, objects)

    def _outside(self) -> Iterator[Change]:
        """Blank the names in plain objects, and note which objects hold others of them."""
        for count, (place, key) in enumerate(found_in(_KEY, self._content, longest=_LONGEST)):
            if count == _MOST:
                yield None
                return
            if is_inside(self._edges, place + key.start()):
                continue  # what a page shows is in streams
            elsewhere = _REFERRED.match(key.string, key.start())
            found = _VALUE.match(key.string, key.start())
            if elsewhere is not None:
                self._numbers.add(int(elsewhere[1]))
            elif found is not None:
                yield from _blanked(place + found.start(1), found[1])
            elif key[0][-1:] in b"(<":
                yield None

    def _remarks_outside(self) -> Iterator[Change]:
        for remark in pdf_comments.outside(self._content, self._edges):
            if remark is None:
                yield None
            else:
                begin, objects = remark
                yield from self._writers(objects, begin)

    def _writers(self, objects: bytes, begin: int = 0) -> Iterator[Change]:
        """Blank the names of those who commented in objects that begin at a place."""
        for start, end in self._remarks.writers(objects):
            if start == end:
                yield None
            else:
                yield from _blanked(begin + start, objects[start:end])

    def _texts(self) -> Iterator[Change]:
        """Blank the plain objects that are a name and nothing else."""
        if not self._numbers:
            return
        count = 0
        for place, found in found_in(_TEXT_OBJECT, self._content, longest=_LONGEST):
            at = place + found.start()
            number = _NUMBER.search(self._content[max(0, at - 32) : at])
            if number is None or int(number[1]) not in self._numbers:
                continue
            count += 1
            if count > _MOST:
                yield None
                return
            text = _BARE.match(found.string, found.end())
            if text is None:
                yield None
            elif not is_inside(self._edges, at):
                yield from _blanked(place + text.start(1), text[1])

    def _object_streams(self) -> Iterator[Stream | None]:
        """Yield the streams of objects; None where there are too many, or one is not to be read."""
        seen: set[int] = set()
        for place, found in found_in(_PACKED_OBJECTS, self._content):
            at = place + found.end()
            stream = stream_behind(self._content, self._edges, at)
            if is_inside(self._edges, at) or (stream and stream.begin in seen):
                continue
            if stream is None or len(seen) == _MOST:
                yield None
                return
            seen.add(stream.begin)
            yield stream

    def _opened(self, stream: Stream) -> bytes | None:
        objects = unpacked(self._content, stream) if self._left > 0 else None
        self._left -= LONGEST if objects is None else len(objects)
        return objects

    def _in_objects(self, stream: Stream, objects: bytes) -> Iterator[Change]:
        """Blank names in one stream of objects, which then packs into less than before."""
        changes = list(self._named_in(stream, objects))
        patches = [one for one in changes if one is not None]
        if len(patches) < len(changes):
            yield None
        if not patches:
            return
        if not is_packed(stream):
            yield from ((stream.begin + place, new) for place, new in patches)
            return
        again = packed_again(stream, _put(objects, patches))
        if again is None:
            software = (_blanked(one.start(1), one[1]) for one in _SOFTWARE.finditer(objects))
            again = packed_again(stream, _put(objects, [*patches, *chain(*software)]))
        yield from [None] if again is None else again

    def _named_in(self, stream: Stream, objects: bytes) -> Iterator[Change]:
        if _has_names(objects):
            for found in _VALUE.finditer(objects):
                yield from _blanked(found.start(1), found[1])
        yield from self._writers(objects)
        yield from self._numbered(stream, objects)

    def _numbered(self, stream: Stream, objects: bytes) -> Iterator[Change]:
        """Blank the objects that are a name (ISO 32000-2, 7.5.7: pairs, then objects)."""
        first = _FIRST.search(stream.dictionary)
        if not self._numbers or first is None:
            return
        words = objects[: int(first[1])].split()
        pairs = [int(word) for word in words if word.isdigit() and len(word) < 10]
        for number, offset in zip(pairs[::2], pairs[1::2], strict=False):
            text = _BARE.match(objects, int(first[1]) + offset)
            if number in self._numbers and text is not None:
                yield from _blanked(text.start(1), text[1])


def _put(objects: bytes, patches: list[Patch]) -> bytes:
    fresh = patched(objects, patches)
    return fresh[: len(fresh)]


def _has_names(objects: bytes) -> bool:
    return any(name in objects for name in _NAMES)
