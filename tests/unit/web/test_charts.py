"""Where the marks of a line chart stand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from govmatch.web.charts import BOTTOM, HEIGHT, LEFT, RIGHT, WIDTH, Level, LineChart, line_chart
from govmatch.web.lettering import Box, marks

BEGINS, ENDS = date(2027, 1, 1), date(2027, 4, 11)


def chart(*values: tuple[int, int], baseline: int = 30, target: int = 10) -> LineChart:
    """Return a chart of (day of January, value)."""
    return line_chart(
        [(date(2027, 1, day), Decimal(value)) for day, value in values],
        [Level("baseline", Decimal(baseline), "b"), Level("target", Decimal(target), "t")],
        begins=BEGINS,
        ends=ENDS,
        begins_label="1 January",
        ends_label="11 April",
        last_label="last",
        title="Minutes",
        description="Fewer",
    )


def test_days_go_to_the_right_and_more_goes_up() -> None:
    drawn = chart((1, 30), (11, 20), (31, 10))
    assert [dot.x for dot in drawn.dots] == sorted(dot.x for dot in drawn.dots)
    assert [dot.y for dot in drawn.dots] == sorted(dot.y for dot in drawn.dots)
    heights = {guide.kind: guide.y for guide in drawn.guides}
    assert (drawn.dots[0].y, drawn.dots[-1].y) == (heights["baseline"], heights["target"])
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in drawn.dots)


def test_one_value_is_a_dot_and_none_is_no_line() -> None:
    assert chart((5, 20)).path == ""
    assert len(chart((5, 20)).dots) == 1
    assert (chart().dots, chart().last) == ([], None)


def covered(drawn: LineChart) -> list[str]:
    """Return which words cover a line, a dot, other words or the edge."""
    levels = [guide.y for guide in drawn.guides]
    dots = [(dot.x, dot.y) for dot in drawn.dots]
    drawings = marks(dots, levels, left=LEFT, right=WIDTH - RIGHT)
    words = [(one.label, one.at.box) for one in drawn.guides]
    words += [(drawn.last.label, drawn.last.at.box)] if drawn.last else []
    found = [label for label, box in words if any(box.covers(one) for one in drawings)]
    found += [a for a, box in words if any(box.covers(other) for b, other in words if a != b)]
    inside = Box(LEFT, 0, WIDTH - RIGHT, HEIGHT - BOTTOM)
    return found + [
        label
        for label, box in words
        if box.left < inside.left or box.right > inside.right or box.top < inside.top
    ]


@pytest.mark.parametrize(
    ("values", "baseline", "target"),
    [
        (((1, 500),), 11, 10),
        (((1, 30), (40, 12)), 30, 10),
        (((1, 95), (40, 60), (70, 50), (99, 46)), 95, 40),
        (((1, 41), (30, 50), (60, 66), (95, 79)), 41, 75),
        (((1, 14), (30, 14), (60, 10), (90, 8), (100, 7)), 14, 8),
        (((1, 5), (50, 5), (70, 4), (80, 4), (85, 3)), 5, 3),
        (((50, 45), (70, 36), (95, 29)), 0, 60),
        (((100, 20),), 20, 30),
    ],
)
def test_words_cover_neither_lines_nor_dots_nor_each_other(
    values: tuple[tuple[int, int], ...], baseline: int, target: int
) -> None:
    labels = [
        Level("baseline", Decimal(baseline), f"Ausgangswert: {baseline} Minuten"),
        Level("target", Decimal(target), f"Zielwert: {target} Minuten"),
    ]
    drawn = line_chart(
        [(BEGINS + timedelta(days=day - 1), Decimal(value)) for day, value in values],
        labels,
        begins=BEGINS,
        ends=ENDS,
        begins_label="1 January",
        ends_label="11 April",
        last_label=f"{values[-1][1]} Minuten",
        title="Minutes",
        description="Fewer",
    )
    assert covered(drawn) == []


def test_words_that_cover_something_are_found() -> None:
    """The test above can fail: words on their own line, as they would stand by default."""
    box = Box(300, 50, 352, 64)
    assert box.covers(marks([], [57.0], left=LEFT, right=WIDTH - RIGHT)[0])
    assert not box.covers(marks([], [70.0], left=LEFT, right=WIDTH - RIGHT)[0])


def test_levels_of_one_height_and_all_zero_are_drawn_too() -> None:
    drawn = chart((1, 0), (2, 0), baseline=0, target=0)
    assert len({dot.y for dot in drawn.dots}) == 1
