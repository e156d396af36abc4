"""Where the marks of a chart stand: plain figures for the macros of templates/ui/charts.html.

Every chart has its title and description, labels at its lines instead of a legend, and its table
beside it; lines differ by their dashes, never by colour alone.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from govmatch.kit.records import dataclass
from govmatch.web.lettering import Box, Words, letter, marks

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 24, 30


@dataclass(frozen=True)
class Guide:
    """A level that values are held against, such as the target: its height and its words."""

    kind: str
    y: float
    label: str
    at: Words


@dataclass(frozen=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    x: float
    label: str
    anchor: str
    """start, middle or end: how the words stand to their place."""


@dataclass(frozen=True)
class Last:
    """The words at the last value."""

    label: str
    at: Words


@dataclass(frozen=True)
class LineChart:
    """A line of values over days; `path` is empty for fewer than two of them."""

    title: str
    description: str
    width: int
    height: int
    floor: float
    """Height of the axis below."""
    left: int
    right: int
    dots: list[Dot]
    path: str
    guides: list[Guide]
    ticks: list[Tick]
    last: Last | None


@dataclass(frozen=True)
class Level:
    """A guide as it is asked for: `kind` names its look, baseline or target."""

    kind: str
    value: Decimal
    label: str


def line_chart(
    values: Sequence[tuple[date, Decimal]],
    levels: Sequence[Level],
    *,
    begins: date,
    ends: date,
    begins_label: str,
    ends_label: str,
    last_label: str,
    title: str,
    description: str,
) -> LineChart:
    """Return a drawing of values between two days, oldest first, with the levels across it.

    The days are those of the axis; a value before or after them widens it.
    """
    days = [begins, ends, *(day for day, _ in values)]
    first, last = min(days), max(days)
    amounts = [*(float(value) for _, value in values), *(float(one.value) for one in levels)]
    low, high = min(amounts, default=0.0), max(amounts, default=1.0)

    def x(day: date) -> float:
        share = (day - first).days / max(1, (last - first).days)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(value: Decimal) -> float:
        share = (float(value) - low) / ((high - low) or 1.0)
        return round(HEIGHT - BOTTOM - 8 - share * (HEIGHT - TOP - BOTTOM - 16), 1)

    dots = [Dot(x(day), y(value)) for day, value in values]
    lines = [(one, y(one.value)) for one in levels]
    last_value, guides = _lettered(dots, lines, last_label)
    return LineChart(
        title=title,
        description=description,
        width=WIDTH,
        height=HEIGHT,
        floor=HEIGHT - BOTTOM,
        left=LEFT,
        right=WIDTH - RIGHT,
        dots=dots,
        path=" ".join(f"{dot.x},{dot.y}" for dot in dots) if len(dots) > 1 else "",
        guides=guides,
        ticks=[
            Tick(x(begins), begins_label, "start"),
            Tick(x(ends), ends_label, "end"),
        ],
        last=last_value,
    )


def _lettered(
    dots: Sequence[Dot], lines: Sequence[tuple[Level, float]], last_label: str
) -> tuple[Last | None, list[Guide]]:
    """Put the words at the last value, and then those at the levels, where they cover nothing."""
    frame = Box(LEFT, 0, WIDTH - RIGHT, HEIGHT - BOTTOM)
    heights = [height for _, height in lines]
    drawn = marks([(dot.x, dot.y) for dot in dots], heights, left=LEFT, right=WIDTH - RIGHT)
    at_lines, at_dot = letter(
        [(level.label, height) for level, height in lines],
        (last_label, dots[-1].x, dots[-1].y) if dots else None,
        frame=frame,
        marks=drawn,
    )
    guides = [
        Guide(level.kind, height, level.label, at)
        for (level, height), at in zip(lines, at_lines, strict=True)
    ]
    return Last(last_label, at_dot) if at_dot else None, guides
