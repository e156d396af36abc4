"""Where the marks of pairs stand: plain figures for `ui.pair_chart`, one pair below the other.

Each row has its words above it and two marks on one scale, a ring and a filled square, so that
they are told apart without colour; the caller sets the table with the same figures beside it.
"""

from collections.abc import Sequence

from govmatch.kit.records import dataclass
from govmatch.web.bars import LONGEST

WIDTH = 480
ROW = 40
TOP = 30
SIDE = 8
"""Kept free at both ends of the scale."""
HALF = 5
"""Of the square's side, and the ring's radius."""
REACH = 9
"""How far a level reaches above and below the marks of a row."""


@dataclass(frozen=True)
class Couple:
    """One row as it is asked for: its words and both values."""

    label: str
    first: float
    second: float


@dataclass(frozen=True)
class Marked:
    label: str
    label_y: float
    y: float
    first_x: float
    second_x: float
    square_x: float
    square_y: float
    low_x: float
    high_x: float
    top: float
    bottom: float
    """Between these the levels are drawn, so that they never cross the words."""


@dataclass(frozen=True)
class Level:
    x: float
    words: str
    anchor: str


@dataclass(frozen=True)
class PairChart:
    title: str
    description: str
    width: int
    height: int
    radius: int
    side: int
    levels: list[Level]
    rows: list[Marked]


def pair_chart(
    couples: Sequence[Couple], *, title: str, description: str, levels: Sequence[int]
) -> PairChart:
    """Return a drawing of pairs on a scale that has at least these levels, ascending."""
    values = [value for one in couples for value in (one.first, one.second)]
    low, high = min([levels[0], *values]), max([levels[-1], *values])

    def x(value: float) -> float:
        return round(SIDE + (value - low) / (high - low) * (WIDTH - 2 * SIDE), 1)

    return PairChart(
        title=title,
        description=description,
        width=WIDTH,
        height=TOP + len(couples) * ROW + 4,
        radius=HALF,
        side=2 * HALF,
        levels=[_level(x(one), str(one), at=one, ends=(low, high)) for one in levels],
        rows=[_row(one, TOP + place * ROW, x(one.first), x(one.second))
              for place, one in enumerate(couples)],
    )  # fmt: skip


def _level(x: float, words: str, *, at: float, ends: tuple[float, float]) -> Level:
    return Level(x, words, "start" if at == ends[0] else "end" if at == ends[1] else "middle")


def _row(one: Couple, top: float, first: float, second: float) -> Marked:
    label = one.label if len(one.label) <= LONGEST else f"{one.label[: LONGEST - 1].rstrip()}…"
    y = top + 26
    return Marked(
        label=label,
        label_y=top + 13,
        y=y,
        first_x=first,
        second_x=second,
        square_x=round(second - HALF, 1),
        square_y=y - HALF,
        low_x=min(first, second),
        high_x=max(first, second),
        top=y - REACH,
        bottom=y + REACH,
    )
