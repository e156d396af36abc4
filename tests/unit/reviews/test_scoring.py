"""The arithmetic of reviews."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.reviews import scoring
from govmatch.reviews.scoring import Weighed

TWO = [Weighed("fit", 60, 3), Weighed("team", 40, None)]

points = st.fixed_dictionaries(
    {"fit": st.integers(0, 5), "team": st.integers(0, 5), "price": st.integers(0, 5)}
)
weights = st.lists(st.integers(1, 98), min_size=3, max_size=3)


def weighed(values: Sequence[int]) -> list[Weighed]:
    return [Weighed(name, w, 2) for name, w in zip(("fit", "team", "price"), values, strict=True)]


def test_a_weighted_mean_counts_each_criterion_by_its_weight() -> None:
    assert scoring.weighted_mean({"fit": 5, "team": 0}, TWO) == 3.0
    assert scoring.weighted_mean({"fit": 0, "team": 5}, TWO) == 2.0


def test_a_review_with_an_open_criterion_has_no_mean_yet() -> None:
    assert scoring.weighted_mean({"fit": 4}, TWO) is None
    assert scoring.weighted_mean({"fit": 4, "team": None}, TWO) is None
    assert scoring.weighted_mean({}, []) is None


def test_the_running_mean_is_over_what_has_points() -> None:
    assert scoring.running_mean({"fit": 4, "team": None}, TWO) == 4.0
    assert scoring.running_mean({}, TWO) is None


def test_no_points_are_not_zero_points() -> None:
    assert scoring.criterion_means([{"fit": None}, {"fit": 4}], TWO) == {"fit": 4.0}
    assert scoring.overall([{"fit": 4, "team": 4}, {"fit": 0}], TWO) == 4.0


def test_a_mean_below_the_published_minimum_is_named() -> None:
    assert scoring.below_minimum({"fit": 2.99, "team": 0.0}, TWO) == ("fit",)
    assert scoring.below_minimum({"fit": 3.0}, TWO) == ()
    assert scoring.below_minimum({}, TWO) == ()


def test_the_spread_is_the_lowest_and_the_highest() -> None:
    assert scoring.spread([{"fit": 2}, {"fit": 5}, {"fit": None}], "fit") == (2, 5)
    assert scoring.spread([{}], "fit") is None


@pytest.mark.parametrize(
    ("points", "wanted"), [(0, True), (1, True), (2, False), (4, False), (5, True), (None, False)]
)
def test_only_the_ends_of_the_scale_need_a_comment(points: int | None, wanted: bool) -> None:
    assert scoring.needs_comment(points) is wanted


def test_a_criterion_without_weight_is_none() -> None:
    assert scoring.weighed([{"id": "fit", "weight": 0}, {"id": "team", "weight": 100}]) == [
        Weighed("team", 100, None)
    ]


@given(st.lists(points, min_size=1, max_size=8), weights)
def test_a_mean_lies_between_the_lowest_and_the_highest_points(
    reviews: list[dict[str, int | None]], values: list[int]
) -> None:
    mean = scoring.overall(reviews, weighed(values))
    given_points = [p for review in reviews for p in review.values() if p is not None]
    assert mean is not None
    assert 0 <= min(given_points) <= mean <= max(given_points) <= 5


@given(st.lists(points, min_size=1, max_size=8), weights, st.randoms(use_true_random=False))
def test_the_order_of_reviews_and_criteria_changes_nothing(
    reviews: list[dict[str, int | None]], values: list[int], random: object
) -> None:
    criteria = weighed(values)
    other, order = list(reviews), list(criteria)
    random.shuffle(other)  # type: ignore[attr-defined]
    random.shuffle(order)  # type: ignore[attr-defined]
    assert scoring.overall(reviews, criteria) == scoring.overall(other, order)
    assert scoring.criterion_means(reviews, criteria) == scoring.criterion_means(other, order)


@given(st.lists(points, min_size=1, max_size=8), weights)
def test_averaging_reviews_or_criteria_first_is_the_same(
    reviews: list[dict[str, int | None]], values: list[int]
) -> None:
    criteria = weighed(values)
    means = scoring.criterion_means(reviews, criteria)
    total = sum(values)
    by_criterion = sum(one.weight * means[one.id] for one in criteria) / total
    assert scoring.overall(reviews, criteria) == pytest.approx(by_criterion, abs=1e-9)
