"""Where the marks of a line chart stand."""

from datetime import date
from decimal import Decimal

from govmatch.web.charts import HEIGHT, LINE_HEIGHT, WIDTH, Level, LineChart, line_chart

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


def test_labels_of_levels_that_lie_close_stand_apart() -> None:
    drawn = chart((1, 500), baseline=11, target=10)
    first, second = (guide.label_y for guide in drawn.guides)
    assert abs(first - second) >= LINE_HEIGHT


def test_levels_of_one_height_and_all_zero_are_drawn_too() -> None:
    drawn = chart((1, 0), (2, 0), baseline=0, target=0)
    assert len({dot.y for dot in drawn.dots}) == 1
