"""Where columns and their words stand."""

from itertools import pairwise

from govmatch.web.columns import ColumnChart, Rod, column_chart


def drawn(*amounts: float) -> ColumnChart:
    rods = [Rod(str(place), amount, f"{amount:g}") for place, amount in enumerate(amounts)]
    return column_chart(rods, title="Points", description="Points")


def test_columns_stand_on_the_floor_as_high_as_their_share() -> None:
    chart = drawn(1, 2, 4)
    assert all(one.y + one.height == chart.floor for one in chart.columns)
    first, second, third = (one.height for one in chart.columns)
    assert abs(second - 2 * first) < 0.2 and abs(third - 2 * second) < 0.2


def test_nothing_is_a_line_that_is_seen_and_not_a_gap() -> None:
    assert [one.height for one in drawn(0, 0).columns] == [1, 1]


def test_words_stay_inside_and_columns_apart() -> None:
    chart = drawn(7, 0, 3, 9, 1, 2, 2, 5)
    assert all(0 < one.value_y < one.y for one in chart.columns)
    assert chart.floor < chart.label_y < chart.height
    ends = [(one.x, one.x + one.width) for one in chart.columns]
    assert all(end < begin for (_, end), (begin, _) in pairwise(ends))
    assert ends[0][0] > 0 and ends[-1][1] < chart.width
