"""Where the bars of a chart stand: plain figures for `ui.bar_chart`, one bar below the other.

Each bar has its words above it and its value at its end, so that nothing hangs on a legend or on
colour; the caller sets the table with the same figures beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 480
ROW = 44
BAR = 14
TOP = 4
ROOM = 90
"""Kept free at the right for the value of the longest bar."""
LONGEST = 56
"""Characters of a label that fit; the table has it whole."""


@dataclass(frozen=True)
class Bar:
    y: float
    width: float
    label: str
    label_y: float
    value: str
    value_x: float
    is_late: bool


@dataclass(frozen=True)
class Mark:
    """A line across all bars, such as the median."""

    x: float
    label: str
    label_y: float
    anchor: str


@dataclass(frozen=True)
class BarChart:
    title: str
    description: str
    width: int
    height: int
    thickness: int
    bars: list[Bar]
    mark: Mark | None


@dataclass(frozen=True)
class Amount:
    """One bar as it is asked for: its words, how much, and that amount in words."""

    label: str
    amount: float
    words: str
    is_late: bool = False


def bar_chart(
    amounts: Sequence[Amount],
    *,
    title: str,
    description: str,
    mark: tuple[float, str] | None = None,
) -> BarChart:
    """Return a drawing of amounts, none below zero; `mark` is a level with its words."""
    levels = [one.amount for one in amounts] + ([mark[0]] if mark else [])
    most = max([*levels, 1.0])

    def x(amount: float) -> float:
        return round(max(amount, 0) / most * (WIDTH - ROOM), 1)

    bars = [
        Bar(
            y=TOP + place * ROW + 20,
            width=max(x(one.amount), 1),
            label=_short(one.label),
            label_y=TOP + place * ROW + 14,
            value=one.words,
            value_x=round(max(x(one.amount), 1) + 8, 1),
            is_late=one.is_late,
        )
        for place, one in enumerate(amounts)
    ]
    below = TOP + len(bars) * ROW
    return BarChart(
        title=title,
        description=description,
        width=WIDTH,
        height=below + (20 if mark else 0),
        thickness=BAR,
        bars=bars,
        mark=_mark(x(mark[0]), mark[1], below) if mark else None,
    )


def _mark(at: float, label: str, below: float) -> Mark:
    return Mark(at, label, below + 14, "start" if at < WIDTH / 2 else "end")


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
