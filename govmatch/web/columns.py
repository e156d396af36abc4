"""Where the columns of a chart stand: plain figures for `ui.column_chart`, one beside the other.

Each column has its value above it and its words below it, so that nothing hangs on a legend or on
colour; the caller sets the table with the same figures beside it.
"""

from collections.abc import Sequence

from govmatch.kit.records import dataclass

WIDTH = 300
HEIGHT = 150
TOP = 22
"""Kept free for the value of the highest column."""
BOTTOM = 24
"""Kept free for the words below."""
GAP = 0.3
"""Of the room of a column that stays empty."""


@dataclass(frozen=True)
class Rod:
    """One column as it is asked for: its words, how much, and that amount in words."""

    label: str
    amount: float
    words: str


@dataclass(frozen=True)
class Column:
    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    value: str
    value_y: float


@dataclass(frozen=True)
class ColumnChart:
    title: str
    description: str
    width: int
    height: int
    floor: float
    label_y: float
    columns: list[Column]
    kind: str = "columns"


def column_chart(rods: Sequence[Rod], *, title: str, description: str) -> ColumnChart:
    """Return a drawing of amounts, none below zero, from left to right."""
    most = max([*(one.amount for one in rods), 1e-9])
    floor = HEIGHT - BOTTOM
    room = WIDTH / max(len(rods), 1)

    def column(place: int, one: Rod) -> Column:
        # Nothing is a line on the floor, so that it is seen to be nothing and not left out.
        height = max(round(one.amount / most * (floor - TOP), 1), 1)
        return Column(
            x=round(place * room + room * GAP / 2, 1),
            y=round(floor - height, 1),
            width=round(room * (1 - GAP), 1),
            height=height,
            middle=round((place + 0.5) * room, 1),
            label=one.label,
            value=one.words,
            value_y=round(floor - height - 6, 1),
        )

    return ColumnChart(
        title=title,
        description=description,
        width=WIDTH,
        height=HEIGHT,
        floor=floor,
        label_y=HEIGHT - 6,
        columns=[column(place, one) for place, one in enumerate(rods)],
    )
