"""Where the marks of a chart stand: plain figures for the macros of templates/ui/charts.html.

Every chart has its title and description, labels at its lines instead of a legend, and its table
beside it; lines differ by their dashes, never by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 24, 30
LINE_HEIGHT = 16
"""How far apart two labels stand at least, in the units of the drawing."""


@dataclass(frozen=True)
class Guide:
    """A level that values are held against, such as the target: its height and its words."""

    kind: str
    y: float
    label: str
    label_y: float


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
    last: Tick | None
    """The words at the last value."""


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
        guides=_guides([(one, y(one.value)) for one in levels]),
        ticks=[
            Tick(x(begins), begins_label, "start"),
            Tick(x(ends), ends_label, "end"),
        ],
        last=_last(dots[-1], last_label) if dots else None,
    )


def _last(dot: Dot, label: str) -> Tick:
    """Put the words beside the last dot, on the side where there is room."""
    is_left = dot.x < WIDTH / 2
    return Tick(round(dot.x + (9 if is_left else -9), 1), label, "start" if is_left else "end")


def _guides(levels: Sequence[tuple[Level, float]]) -> list[Guide]:
    """Put each label above its line, and further up where it would cover the one below."""
    found: list[Guide] = []
    above = float(HEIGHT)
    for level, height in sorted(levels, key=lambda one: -one[1]):
        label_y = min(height - 5, above - LINE_HEIGHT)
        above = label_y
        found.append(Guide(level.kind, height, level.label, round(label_y, 1)))
    return found
