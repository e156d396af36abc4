"""How far reviewers of the same application lie apart, criterion by criterion.

For each criterion the standard deviation within applications, pooled over all that have at least
two reviews:

    s^2 = sum over applications, over reviews (p - mean of the application)^2 / sum (n - 1)

Its standard error is the jackknife's over applications: one after the other is left out, and with
s_(-i) the value without application i, k the number of applications and s. their mean

    error^2 = (k - 1) / k * sum (s_(-i) - s.)^2

Of one application the standard deviation s of what its n reviews say as a whole is told, with the
standard error that it has where points are spread normally,

    s / sqrt(2 (n - 1))

Sources: B. Efron, "The Jackknife, the Bootstrap and Other Resampling Plans", SIAM (1982); S. Ahn,
J. A. Fessler, "Standard Errors of Mean, Variance, and Standard Deviation Estimators", University of
Michigan (2003).
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.reviews.numbers.sheets import Floats, Sheets


@dataclass(frozen=True, slots=True)
class Apart:
    """How far reviewers lie apart in one criterion, in points; None with too little to compare.

    `applications` is how many have two reviews or more with points for it.
    """

    criterion: str
    applications: int
    deviation: float | None
    error: float | None


@dataclass(frozen=True, slots=True)
class Contested:
    """An application, and the standard deviation of its reviews' means, in points.

    `criteria` has that of each criterion for which two reviews or more gave points.
    """

    application: int
    reviews: int
    lowest: float
    highest: float
    deviation: float
    error: float
    criteria: Mapping[str, float]


def disagreement(sheets: Sheets) -> list[Apart]:
    """Return how far reviewers lie apart in each criterion, in the order of the criteria."""
    return [_apart(sheets, place, sheets.criteria[place]) for place in range(sheets.scored)]


def _apart(sheets: Sheets, place: int, criterion: str) -> Apart:
    values = sheets.points[:, place]
    has = ~np.isnan(values)
    squares, freedom = _within(sheets, values[has], has)
    shared = freedom > 0
    squares, freedom = squares[shared], freedom[shared]
    if not len(freedom):
        return Apart(criterion, 0, None, None)
    deviation = float(np.sqrt(squares.sum() / freedom.sum()))
    return Apart(criterion, len(freedom), deviation, _jackknife(squares, freedom))


def _within(sheets: Sheets, values: Floats, has: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return of each application the squares around its mean, and its reviews less one."""
    size = len(sheets.applications)
    application = sheets.application[has]
    counts = np.bincount(application, minlength=size)
    sums = np.bincount(application, values, size)
    means = sums / np.maximum(counts, 1)
    squares = np.bincount(application, (values - means[application]) ** 2, size)
    return np.asarray(squares, np.float64), np.maximum(counts - 1, 0).astype(np.float64)


def _jackknife(squares: Floats, freedom: Floats) -> float | None:
    size = len(squares)
    if size < 2:
        return None
    without = np.sqrt((squares.sum() - squares) / (freedom.sum() - freedom))
    return float(np.sqrt((size - 1) / size * ((without - without.mean()) ** 2).sum()))


def contested(sheets: Sheets) -> list[Contested]:
    """Return the applications with two reviews or more, those with most disagreement first."""
    marks = sheets.marks()
    found = []
    for place, application in enumerate(sheets.applications):
        own = marks[sheets.application == place]
        if len(own) > 1:
            deviation = float(np.std(own, ddof=1))
            found.append(
                Contested(
                    application=application,
                    reviews=len(own),
                    lowest=float(own.min()),
                    highest=float(own.max()),
                    deviation=deviation,
                    error=deviation / float(np.sqrt(2 * (len(own) - 1))),
                    criteria=_by_criterion(sheets, place),
                )
            )
    return sorted(found, key=lambda one: (-one.deviation, one.application))


def _by_criterion(sheets: Sheets, place: int) -> dict[str, float]:
    points = sheets.points[sheets.application == place]
    columns = ((name, points[:, n]) for n, name in enumerate(sheets.criteria[: sheets.scored]))
    given = ((name, column[~np.isnan(column)]) for name, column in columns)
    return {name: float(np.std(values, ddof=1)) for name, values in given if len(values) > 1}
