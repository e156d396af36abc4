"""How firm a shortlist stands: who is on it when the reviewers or the weights were a little other.

- without one reviewer: the means without all that this reviewer gave. Where nobody else gave points
  for a criterion, its mean stays.
- each weight a fifth more, and a fifth less, the others as they are.
- the Bayesian bootstrap over reviewers: in each draw every reviewer gets a random weight, all
  weights alike in law (exponential, so that their shares are Dirichlet), and each application's
  mean is weighted by them. What is told is the share of draws in which it is on the shortlist. No
  draw leaves an application without a review, as drawing whole reviewers would. The chance is the
  same each time: the seed is fixed.

Source: D. B. Rubin, "The Bayesian Bootstrap", Annals of Statistics 9 (1981).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.reviews.numbers.limits import DRAWS
from govmatch.reviews.numbers.sheets import Floats, Sheets

SEED = 20_261_122
STEP = 0.2
"""How much more or less each weight is."""

Chosen = NDArray[np.bool_]
"""For each application whether it is on a shortlist; with a row for each of several shortlists."""


@dataclass(frozen=True, slots=True)
class Without:
    """What changes without a reviewer: places of the applications that come in and go out."""

    reviewer: int
    enter: tuple[int, ...]
    leave: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reweighed:
    """What changes when a criterion weighs a fifth more or less, by its place."""

    criterion: int
    factor: float
    enter: tuple[int, ...]
    leave: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Firmness:
    """How firm the shortlist of the `size` best means stands; all by places in `Sheets`.

    `shares` say of each application in what share of the draws it is on the shortlist.
    """

    size: int
    shortlist: tuple[int, ...]
    shares: Floats
    without: tuple[Without, ...]
    reweighed: tuple[Reweighed, ...]


def firmness(sheets: Sheets, *, size: int, order: Sequence[int] | None = None) -> Firmness:
    """Return how firm the best `size` stand; equal means follow `order`, places before others."""
    breaks = np.arange(len(sheets.applications)) if order is None else np.argsort(order)
    chosen = _best(sheets.means()[None, :], size, breaks)[0]
    return Firmness(
        size,
        _places(chosen),
        _best(_drawn(sheets), size, breaks).mean(0),
        tuple(_without(sheets, chosen, size=size, breaks=breaks)),
        tuple(_reweighed(sheets, chosen, size=size, breaks=breaks)),
    )


def _best(means: Floats, size: int, breaks: NDArray[np.int64]) -> Chosen:
    """Return for each row of means which are the best; as many as there are, at most."""
    rows, count = means.shape
    chosen = np.zeros((rows, count), np.bool_)
    # What is equal but for rounding is equal, and the order decides.
    by_order = np.argsort(breaks)
    ranked = np.argsort(-np.round(means, 9)[:, by_order], axis=1, kind="stable")
    best = by_order[ranked[:, :size]]
    np.put_along_axis(chosen, best, values=True, axis=1)
    return chosen


def _places(flags: Chosen) -> tuple[int, ...]:
    return tuple(int(place) for place in np.flatnonzero(flags))


def _drawn(sheets: Sheets) -> Floats:
    """Return the means of every draw, a row for each."""
    chance = np.random.Generator(np.random.PCG64(SEED)).random((DRAWS, len(sheets.reviewers)))
    trusted = -np.log1p(-chance) + 1e-12
    return sheets.totals(sheets.criterion_means(trusted))


def _without(
    sheets: Sheets, chosen: Chosen, *, size: int, breaks: NDArray[np.int64]
) -> list[Without]:
    trusted = 1.0 - np.eye(len(sheets.reviewers))
    left = sheets.totals(sheets.criterion_means(trusted))
    others = _best(left, size, breaks)
    return [
        Without(place, _places(other & ~chosen), _places(chosen & ~other))
        for place, other in enumerate(others)
    ]


def _reweighed(
    sheets: Sheets, chosen: Chosen, *, size: int, breaks: NDArray[np.int64]
) -> list[Reweighed]:
    cases = [
        (place, factor) for place in range(len(sheets.criteria)) for factor in (1 - STEP, 1 + STEP)
    ]
    weights = np.tile(sheets.weights, (len(cases), 1))
    for row, (place, factor) in enumerate(cases):
        weights[row, place] *= factor
    means = sheets.criterion_means()
    others = _best(np.array([sheets.totals(means, row) for row in weights]), size, breaks)
    return [
        Reweighed(place, factor, _places(other & ~chosen), _places(chosen & ~other))
        for (place, factor), other in zip(cases, others, strict=True)
    ]
