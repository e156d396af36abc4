"""Where bars, their words and a mark across them stand."""

from govmatch.web.bars import BAR, LETTER, Amount, BarChart, bar_chart


def days(*numbers: int, middle: float) -> BarChart:
    amounts = [Amount(f"Challenge {n}", n, f"{n} days") for n in numbers]
    return bar_chart(amounts, title="Days", description="Days", mark=(middle, "Median"))


def test_a_mark_stands_at_each_bar_and_never_on_the_words_above_it() -> None:
    chart = days(51, 22, 24, middle=24)
    assert chart.mark is not None and len(chart.mark.pieces) == 3
    for bar, (top, bottom) in zip(chart.bars, chart.mark.pieces, strict=True):
        assert bar.label_y < top < bar.y
        assert bar.y + BAR < bottom
    between = zip(chart.mark.pieces[:-1], chart.bars[1:], strict=True)
    assert all(bottom < bar.label_y - 12 for (_, bottom), bar in between)
    assert chart.mark.pieces[-1][1] < chart.mark.label_y - 10


def test_the_value_of_a_bar_steps_behind_a_mark_that_would_cross_it() -> None:
    chart = days(51, 22, 24, middle=24)
    assert chart.mark is not None
    for bar in chart.bars:
        ends = bar.value_x + len(bar.value) * LETTER
        assert not bar.value_x - 2 < chart.mark.x < ends, bar.value
        assert ends <= chart.width


def test_without_a_mark_each_value_stands_right_behind_its_bar() -> None:
    chart = bar_chart([Amount("a", 4, "4"), Amount("b", 0, "0")], title="t", description="d")
    assert chart.mark is None
    assert [bar.value_x - bar.width for bar in chart.bars] == [8, 8]


def test_long_words_at_a_bar_stay_inside_the_drawing() -> None:
    words = "51 Tage, nicht eingehalten"
    chart = bar_chart([Amount("a", 51, words)], title="t", description="d")
    (bar,) = chart.bars
    assert bar.value_x + len(words) * LETTER <= chart.width
