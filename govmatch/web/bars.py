"""Where the bars of a chart stand: plain figures for `ui.bar_chart`, one bar below the other.

Each bar has its words above it and its value at its end, so that nothing hangs on a legend or on
colour; the caller sets the table with the same figures beside it.
"""

from collections.abc import Sequence

from govmatch.kit.records import dataclass

WIDTH = 480
ROW = 44
BAR = 14
TOP = 4
ROOM = 120
"""Kept free at the right for the value of the longest bar, at least."""
MOST_ROOM = 280
"""The same at most: longer values are for the table."""
LONGEST = 56
"""Characters of a label that fit; the table has it whole."""
LETTER = 9
"""About how wide a character of a value is."""
OVER = 3
"""How far a mark reaches beyond each bar, so that it never crosses the words above it."""


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
    """A line across all bars, such as the median: a piece at each of them, then its words."""

    x: float
    pieces: list[tuple[float, float]]
    """From where to where, downwards; the last one leads to the words."""
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
    room = min(max([ROOM, *(len(one.words) * LETTER + 12 for one in amounts)]), MOST_ROOM)

    def x(amount: float) -> float:
        return round(max(amount, 0) / most * (WIDTH - room), 1)

    level = x(mark[0]) if mark else None
    bars = [
        Bar(
            y=TOP + place * ROW + 20,
            width=max(x(one.amount), 1),
            label=_short(one.label),
            label_y=TOP + place * ROW + 14,
            value=one.words,
            value_x=_beside(max(x(one.amount), 1), one.words, level),
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
        mark=_mark(level, mark[1], bars, below) if mark and level is not None else None,
    )


def _beside(end: float, words: str, level: float | None) -> float:
    """Return where the words of a bar begin: behind it, and behind a mark that would cross them."""
    begins = end + 8
    if level is not None and begins - OVER < level < begins + len(words) * LETTER:
        begins = level + 8
    return round(begins, 1)


def _mark(at: float, label: str, bars: Sequence[Bar], below: float) -> Mark:
    pieces = [(bar.y - OVER, bar.y + BAR + OVER) for bar in bars]
    if pieces:
        pieces[-1] = (pieces[-1][0], below + 2)
    return Mark(at, pieces, label, below + 14, "start" if at < WIDTH / 2 else "end")


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
