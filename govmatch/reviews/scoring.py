"""The arithmetic of reviews: weighted means, minimum scores, spread. Pure, and exact until the end.

A review's mean is the sum of weight times points over the sum of the weights; an application's is
the same of the mean points of each criterion. Where every review has points for every criterion
that is the mean of the reviews' means too. Where somebody gave none for a criterion, only the
others' points for it count: whoever leaves a hard criterion out makes no application better.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from govmatch.kit.records import dataclass

LOWEST, HIGHEST = 0, 5
POINTS = range(LOWEST, HIGHEST + 1)

Points = Mapping[str, int | None]
"""Points by criterion, from 0 to 5; None or absent where none were given yet."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion of a challenge: its weight in whole points of 100, and the least mean allowed."""

    id: str
    weight: int
    minimum: int | None


def weighed(criteria: Iterable[Mapping[str, Any]]) -> list[Weighed]:
    """Return a challenge's criteria; what has no weight is no criterion."""
    return [
        Weighed(one["id"], one["weight"], one.get("minimum"))
        for one in criteria
        if one.get("weight", 0) > 0
    ]


def weighted_mean(points: Points, criteria: Sequence[Weighed]) -> float | None:
    """Return the weighted mean from 0 to 5 of one review, None while a criterion is open."""
    if not criteria or any(points.get(one.id) is None for one in criteria):
        return None
    return float(_mean(points, criteria))


def running_mean(points: Points, criteria: Sequence[Weighed]) -> float | None:
    """Return the weighted mean of what has points so far, None while nothing has."""
    given = [one for one in criteria if points.get(one.id) is not None]
    return float(_mean(points, given)) if given else None


def _mean(points: Points, criteria: Sequence[Weighed]) -> Fraction:
    total = sum(one.weight * (points[one.id] or 0) for one in criteria)
    return Fraction(total, sum(one.weight for one in criteria))


def mean(values: Iterable[int | float]) -> float | None:
    """Return the plain mean, the same in whatever order the values come; None of none."""
    exact = [Fraction(value) for value in values]
    return float(sum(exact) / len(exact)) if exact else None


def criterion_means(reviews: Sequence[Points], criteria: Sequence[Weighed]) -> dict[str, float]:
    """Return the mean points of each criterion that some review gave points for."""
    found = {
        one.id: mean(p for review in reviews if (p := review.get(one.id)) is not None)
        for one in criteria
    }
    return {criterion: value for criterion, value in found.items() if value is not None}


def overall(reviews: Sequence[Points], criteria: Sequence[Weighed]) -> float | None:
    """Return an application's mean from 0 to 5 over its complete reviews, None without one."""
    means = [weighted_mean(review, criteria) for review in reviews]
    return mean(value for value in means if value is not None)


def total(means: Mapping[str, Fraction | float], criteria: Sequence[Weighed]) -> float | None:
    """Return an application's mean from 0 to 5 of the criteria that have one, None without any."""
    known = [one for one in criteria if one.id in means]
    if not known:
        return None
    found = sum(one.weight * Fraction(means[one.id]) for one in known)
    return float(found / sum(one.weight for one in known))


def exact_means(reviews: Sequence[Points], criteria: Sequence[Weighed]) -> dict[str, Fraction]:
    """Return the mean points of each criterion that some review gave points for, exactly."""
    found: dict[str, Fraction] = {}
    for one in criteria:
        given = [p for review in reviews if (p := review.get(one.id)) is not None]
        if given:
            found[one.id] = Fraction(sum(given), len(given))
    return found


def below_minimum(means: Mapping[str, float], criteria: Sequence[Weighed]) -> tuple[str, ...]:
    """Return the criteria whose mean is less than the minimum that was published."""
    return tuple(
        one.id
        for one in criteria
        if one.minimum is not None and one.id in means and means[one.id] < one.minimum
    )


def spread(reviews: Sequence[Points], criterion: str) -> tuple[int, int] | None:
    """Return the lowest and the highest points that a criterion got, None without any."""
    given = [p for review in reviews if (p := review.get(criterion)) is not None]
    return (min(given), max(given)) if given else None


def needs_comment(points: int | None) -> bool:
    """True below 2 and above 4: what is that far from the middle has to be explained."""
    return points is not None and (points < 2 or points > 4)
