"""A content made of parts of another and of new bytes, without holding either in memory."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from govmatch.kit.spooled import Content

Span = tuple[int, int]
"""From where to where in the original."""

Part = Span | bytes
Patch = tuple[int, bytes]
"""Where new bytes stand in the place of as many old ones."""

Change = Patch | None
"""None stands for something that may name people and could not be changed."""


class Joined:
    """The parts, one after the other."""

    def __init__(self, original: Content, parts: Iterable[Part]) -> None:
        self._original = original
        self._parts = [part for part in parts if _length(part)]
        self._begins = [0, *accumulate(_length(part) for part in self._parts)]

    def __len__(self) -> int:
        return self._begins[-1]

    def __getitem__(self, wanted: slice) -> bytes:
        begin, end, step = wanted.indices(len(self))
        if step != 1:
            raise ValueError("a content is read forwards")
        found = []
        place = bisect_right(self._begins, begin) - 1
        while begin < end:
            part, start = self._parts[place], self._begins[place]
            upto = min(end, self._begins[place + 1])
            found.append(self._of(part, begin - start, upto - start))
            begin, place = upto, place + 1
        return b"".join(found)

    def _of(self, part: Part, begin: int, end: int) -> bytes:
        if isinstance(part, bytes):
            return part[begin:end]
        return self._original[part[0] + begin : part[0] + end]


def _length(part: Part) -> int:
    return len(part) if isinstance(part, bytes) else part[1] - part[0]


def patched(content: Content, changes: Sequence[Change]) -> Content:
    """Return a content of the same length with other bytes in some places."""
    patches = [change for change in changes if change is not None]
    if not patches:
        return content
    parts: list[Part] = []
    place = 0
    for begin, new in sorted(patches):
        if begin < place:
            continue  # stands in what was replaced already
        parts += [(place, begin), new]
        place = begin + len(new)
    return Joined(content, [*parts, (place, len(content))])
