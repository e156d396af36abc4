"""Where the words of a chart stand so that they cover neither lines nor dots nor each other.

Lengths are in the units of the drawing, with y growing downwards. How wide a text is, is estimated
from its letters and rather too wide than too narrow.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise, product

from govmatch.kit.records import dataclass

LETTER = 6.8
"""The width of a letter at most, on average, of the letters of charts, 12 units high."""
ASCENT, DESCENT = 11, 3
GAP = 5
"""Between a line and the foot of the words above it."""
RADIUS = 4.0
"""Of a dot."""
STEP = 8
APART = 16
"""Between words and other words beside them."""
NEAR = 9
"""From the middle of a dot to its words."""


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def wider(self, by: float) -> "Box":
        return Box(self.left - by, self.top, self.right + by, self.bottom)


@dataclass(frozen=True)
class Words:
    """Where words stand: the foot of their letters, and how they hang on `x`."""

    x: float
    y: float
    anchor: str
    """start, middle or end."""
    box: Box


def words_at(text: str, x: float, y: float, anchor: str) -> Words:
    width = len(text) * LETTER
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    box = Box(left, y - ASCENT, left + width, y + DESCENT)
    return Words(round(x, 1), round(y, 1), anchor, box)


def marks(
    dots: Sequence[tuple[float, float]], levels: Iterable[float], *, left: float, right: float
) -> list[Box]:
    """Return what words must not cover: dots, the line through them, and lines across."""
    found = [Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in dots]
    found += [Box(left, y - 1, right, y + 1) for y in levels]
    for (x1, y1), (x2, y2) in pairwise(dots):
        pieces = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) // 2))
        for n in range(pieces + 1):
            x, y = x1 + (x2 - x1) * n / pieces, y1 + (y2 - y1) * n / pieces
            found.append(Box(x - 1.5, y - 1.5, x + 1.5, y + 1.5))
    return found


def letter(
    lines: Sequence[tuple[str, float]],
    last: tuple[str, float, float] | None,
    *,
    frame: Box,
    marks: Sequence[Box],
) -> tuple[list[Words], Words | None]:
    """Return words at lines across (text, height), and at the last dot (text, x, y).

    Those at a line stand above its right end where that is free, else further left or below it;
    those at the dot beside it, else above or below. Where nothing is free, least is covered.
    """
    at_lines = [_free(_along(text, y, frame), frame, marks) for text, y in lines]
    at_dot = [_free(_around(*last, frame), frame, marks)] if last else []
    # The dot's words have the least choice: all of theirs are tried, the lines' for each of them.
    found: tuple[Words, ...] = ()
    for found in product(*at_dot, *at_lines):
        if not any(one.box.wider(APART).covers(other.box) for one, other in combinations(found, 2)):
            break
    else:
        found = tuple(one[0] for one in (*at_dot, *at_lines))
    return list(found[len(at_dot) :]), found[0] if at_dot else None


def _around(text: str, x: float, y: float, frame: Box) -> Iterator[Words]:
    edge = min(x + RADIUS + len(text) * LETTER, frame.right)
    for far in (0, 8, 18, 30, 44):
        near = NEAR + far
        yield words_at(text, x + near, y + 4, "start")
        yield words_at(text, x - near, y + 4, "end")
        for foot in (y - near, y + near + ASCENT - DESCENT):
            yield words_at(text, x, foot, "middle")
            yield words_at(text, x - RADIUS, foot, "end")
            yield words_at(text, edge, foot, "end")


def _along(text: str, y: float, frame: Box) -> Iterator[Words]:
    width = len(text) * LETTER
    for foot in (y - GAP, y + GAP + ASCENT - DESCENT):
        end = frame.right
        while end - width >= frame.left:
            yield words_at(text, end, foot, "end")
            end -= STEP
    yield words_at(text, frame.right, y - GAP, "end")


def _free(candidates: Iterable[Words], frame: Box, marks: Sequence[Box]) -> list[Words]:
    """Return those that cover nothing, in their order; or else the one that covers least."""
    covered = [
        (sum(one.box.covers(mark) for mark in marks) + 100 * _leaves(one.box, frame), n, one)
        for n, one in enumerate(candidates)
    ]
    free = [one for found, _, one in covered if not found]
    return free or [min(covered, key=lambda one: one[:2])[2]]


def _leaves(box: Box, frame: Box) -> bool:
    return (
        box.left < frame.left
        or box.right > frame.right
        or box.top < frame.top
        or box.bottom > frame.bottom
    )
