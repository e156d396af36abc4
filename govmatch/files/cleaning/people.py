"""Names of people inside office files, beside what is written: who commented, changed, shared.

Each name becomes "Person 1", "Person 2" and so on, the same one throughout the file, so that
readers still see which comments are of one hand. What is written stays byte for byte, also where it
names somebody; only attributes and elements that programs fill in by themselves change.

Parts: ECMA-376 part 1, 17.13 (comments, tracked changes), 18.7 (comments of sheets), 19.4 (of
slides); the people, tasks and threads of Microsoft's extensions ([MS-DOCX], [MS-XLSX], [MS-PPTX]);
OpenDocument part 3, 4.3.2.7 and 14.1.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from html import unescape
from itertools import chain, count, islice

from govmatch.files.checks.archive import Archive
from govmatch.kit.records import dataclass

LONGEST = 8_000_000
"""Bytes of one part, unpacked; names in a longer one stay, and its owner is told."""
MOST = 20_000
"""Names in one part; those of a part with more stay too."""
_CAN_HOLD_MOST = MOST * 8


class _Says(StrEnum):
    """What a value tells, and so what takes its place."""

    NAME = "name"
    ACCOUNT = "account"
    INITIALS = "initials"
    DIRECTORY = "directory"
    PLACE = "place"
    TEMPLATE = "template"


@dataclass(frozen=True)
class _Where:
    """Which parts of an archive hold such values, in which attributes, and in which elements."""

    part: re.Pattern[str]
    attributes: Mapping[str, _Says]
    elements: Mapping[str, _Says]


_ACCOUNT = {"userId": _Says.ACCOUNT, "providerId": _Says.DIRECTORY}
_WHERE = (
    _Where(
        re.compile(r"(?i)word/(?!embeddings/|media/).+\.xml"),
        {
            "author": _Says.NAME,
            "initials": _Says.INITIALS,
            "userName": _Says.NAME,
            "userProvider": _Says.DIRECTORY,
            **_ACCOUNT,
        },
        {},
    ),
    _Where(re.compile(r"(?i)word/_rels/settings\.xml\.rels"), {"Target": _Says.TEMPLATE}, {}),
    _Where(re.compile(r"(?i)xl/comments[^/]*(/[^/]+)?\.xml"), {}, {"author": _Says.NAME}),
    _Where(re.compile(r"(?i)xl/persons/.+\.xml"), {"displayName": _Says.NAME, **_ACCOUNT}, {}),
    _Where(
        re.compile(r"(?i)xl/revisions/.+\.xml"),
        {"userName": _Says.NAME, "name": _Says.NAME},
        {},
    ),
    _Where(re.compile(r"(?i)xl/workbook\.xml"), {"userName": _Says.NAME, "url": _Says.PLACE}, {}),
    _Where(
        re.compile(r"(?i)ppt/(commentauthors|authors|changesinfos/.+)\.xml"),
        {"name": _Says.NAME, "initials": _Says.INITIALS, **_ACCOUNT},
        {},
    ),
    _Where(
        re.compile(r"content\.xml|styles\.xml"),
        {},
        {"dc:creator": _Says.NAME, "meta:creator-initials": _Says.INITIALS},
    ),
)
_TAKEN = re.compile(r"(?i)(?:person|account) (\d{1,6})")
_LONGEST_TAG = 8_192
_TAG = re.compile(
    rb"<[A-Za-z_][\w.:-]*(?:\s++[\w.:-]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'))*+\s*+/?>"
)
# Where an angle bracket opens nothing (XML 1.0, 2.5 and 2.7), with what ends it.
_OPAQUE = re.compile(rb"<!--|<!\[CDATA\[")
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}


@dataclass(frozen=True)
class _Value:
    """One value of a part: from where to where it stands, and what it tells."""

    start: int
    end: int
    says: _Says
    text: str


def without_names(archive: Archive) -> dict[str, bytes]:
    """Return the parts of an archive that named people, as they are without that."""
    found = {name: values for name, values in _all(archive) if values}
    numbers = _numbered(one for values in found.values() for one in values)
    changed = {}
    for name, values in found.items():
        before = archive.read(name)
        after = _replaced(before, values, numbers)
        if after != before:
            changed[name] = after
    return changed


def keeps_names(archive: Archive) -> bool:
    """Tell whether a part is too long, too full, or in another encoding, to be read for names."""
    return any(
        archive.size(name) > LONGEST
        or _is_foreign(archive, name)
        or (archive.size(name) > _CAN_HOLD_MOST and _values(archive, name, where) is None)
        for name in archive.names
        if (where := _where(name)) is not None
    )


def _is_foreign(archive: Archive, name: str) -> bool:
    with archive.open(name) as member:
        return b"\x00" in member.read(200)


def _where(name: str) -> _Where | None:
    return next((one for one in _WHERE if one.part.fullmatch(name)), None)


def _all(archive: Archive) -> Iterator[tuple[str, list[_Value]]]:
    """Yield the values of each part, part by part in the order of their names."""
    for name in sorted(archive.names):
        where = _where(name)
        if where is not None and archive.size(name) <= LONGEST:
            yield name, _values(archive, name, where) or []


def _values(archive: Archive, name: str, where: _Where) -> list[_Value] | None:
    """Return the values of one part in their order; None where they are too many."""
    content = archive.read(name)
    found = chain(_in_attributes(content, where), _in_elements(content, where))
    values = list(islice(found, MOST + 1))
    return None if len(values) > MOST else sorted(values, key=lambda one: one.start)


def _in_attributes(content: bytes, where: _Where) -> Iterator[_Value]:
    """Yield the values of attributes by their local names; only where they stand in a tag."""
    if not where.attributes:
        return
    names = "|".join(map(re.escape, where.attributes)).encode()
    pattern = re.compile(rb"\s(?:[\w.-]+:)?(" + names + rb")\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
    tags = _Tags(content)
    for found in pattern.finditer(content):
        tag = tags.around(found)
        if tag is None:
            continue
        says, group = where.attributes[found[1].decode()], 2 if found[2] is not None else 3
        if not _is_other(says, found[group], tag[0]):
            yield _value(found, group, says)


class _Tags:
    """The tags of a part, each looked at once however many attributes it has."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._opaque = list(_opaque(content))
        self._at = -1
        self._tag: re.Match[bytes] | None = None

    def around(self, found: re.Match[bytes]) -> re.Match[bytes] | None:
        """Return the tag in which an attribute stands; None where it is part of a text."""
        low = max(0, found.start() - _LONGEST_TAG)
        begin = self._content.rfind(b"<", low, found.start() + 1)
        if begin < 0:
            return None
        if begin != self._at:
            self._at, self._tag = begin, self._opened_at(begin)
        return self._tag if self._tag is not None and found.end() <= self._tag.end() else None

    def _opened_at(self, begin: int) -> re.Match[bytes] | None:
        place = bisect_right(self._opaque, (begin, len(self._content))) - 1
        if place >= 0 and begin < self._opaque[place][1]:
            return None
        return _TAG.match(self._content, begin)


def _opaque(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield from where to where comments and plain sections stand; an open one reaches the end."""
    place = 0
    while found := _OPAQUE.search(content, place):
        end = content.find(_ENDS[found[0]], found.end())
        place = len(content) if end < 0 else end + 3
        yield found.start(), place


def _is_other(says: _Says, value: bytes, tag: bytes) -> bool:
    """Tell whether an attribute of that name means something else in this tag."""
    if says is _Says.PLACE:
        return b"absPath" not in tag
    return says is _Says.TEMPLATE and not value.lower().startswith(b"file:///")


def _in_elements(content: bytes, where: _Where) -> Iterator[_Value]:
    for name, says in where.elements.items():
        prefix = "" if ":" in name else r"(?:[\w.-]+:)?"
        tag = (prefix + re.escape(name)).encode()
        pattern = re.compile(rb"<" + tag + rb"(?:\s[^<>]*)?>([^<]*)</" + tag + rb"\s*>")
        for found in pattern.finditer(content):
            yield _value(found, 1, says)


def _value(found: re.Match[bytes], group: int, says: _Says) -> _Value:
    text = unescape(found[group].decode("utf-8", "replace")).strip()
    return _Value(found.start(group), found.end(group), says, text)


def _numbered(values: Iterable[_Value]) -> dict[tuple[_Says, str], int]:
    """Return a number for each name and each account; what has one from before keeps it."""
    seen = {(one.says, one.text): None for one in values if one.text}
    numbers = {key: int(found[1]) for key in seen if (found := _TAKEN.fullmatch(key[1]))}
    taken = set(numbers.values())
    free = (n for n in count(1) if n not in taken)
    counted = {_Says.NAME, _Says.ACCOUNT}
    for key in seen:
        if key[0] in counted and key not in numbers:
            numbers[key] = next(free)
    return numbers


def _replaced(
    content: bytes, values: Iterable[_Value], numbers: Mapping[tuple[_Says, str], int]
) -> bytes:
    pieces, place = [], 0
    for one in values:
        if one.text:
            pieces += [content[place : one.start], _instead(one, numbers).encode()]
            place = one.end
    return b"".join([*pieces, content[place:]])


def _instead(one: _Value, numbers: Mapping[tuple[_Says, str], int]) -> str:
    match one.says:
        case _Says.NAME:
            return f"Person {numbers[one.says, one.text]}"
        case _Says.ACCOUNT:
            return f"Account {numbers[one.says, one.text]}"
        case _Says.INITIALS:
            return "P"
        case _Says.DIRECTORY:
            return "None"  # what the programs themselves write for somebody without an account
        case _Says.TEMPLATE:
            return "file:///C:/Normal.dotm"
        case _Says.PLACE:
            return ""
