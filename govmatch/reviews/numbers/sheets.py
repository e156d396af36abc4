"""The points of a challenge as arrays: one row for each review that counts."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.reviews.scoring import Points, Weighed

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Given(NamedTuple):
    """What one reviewer gave one application; both by their ids."""

    application: int
    reviewer: int
    points: Points


@dataclass(frozen=True, slots=True, eq=False)
class Sheets:
    """Reviews in a fixed order: of which application, by whom, and the points by criterion.

    `application` and `reviewer` are places in `applications` and `reviewers`. `points` has a column
    for each criterion that is scored, NaN where nothing was given. `fixed` has a row for each
    application and a column for each criterion whose points nobody gives, such as the price; they
    come last in `criteria`. `weights` are those of all of them.
    """

    applications: tuple[int, ...]
    reviewers: tuple[int, ...]
    criteria: tuple[str, ...]
    application: Whole
    reviewer: Whole
    points: Floats
    fixed: Floats
    weights: Floats

    @classmethod
    def of(
        cls,
        given: Sequence[Given],
        criteria: Sequence[Weighed],
        *,
        fixed: Mapping[Weighed, Mapping[int, float]] | None = None,
    ) -> "Sheets":
        """Lay out what was given; a review without points for anything that counts is left out.

        `fixed` are the points of each application in what is computed.
        """
        kept = sorted(
            (one for one in given if any(one.points.get(each.id) is not None for each in criteria)),
            key=lambda one: (one.application, one.reviewer),
        )
        applications = tuple(sorted({one.application for one in kept}))
        reviewers = tuple(sorted({one.reviewer for one in kept}))
        points = [[_number(one.points, each.id) for each in criteria] for one in kept]
        computed = fixed or {}
        known = [[by_id[number] for by_id in computed.values()] for number in applications]
        weighed = [*criteria, *computed]
        return cls(
            applications,
            reviewers,
            tuple(one.id for one in weighed),
            _places(applications, [one.application for one in kept]),
            _places(reviewers, [one.reviewer for one in kept]),
            np.array(points, np.float64).reshape(len(kept), len(criteria)),
            np.array(known, np.float64).reshape(len(applications), len(computed)),
            np.array([one.weight for one in weighed], np.float64),
        )

    def __len__(self) -> int:
        """Return how many reviews there are."""
        return len(self.application)

    @property
    def scored(self) -> int:
        """How many criteria reviewers give points for; they come first."""
        return int(self.points.shape[1])

    def criterion_means(self, trusted: Floats | None = None) -> Floats:
        """Return the mean points of each application (rows) in each scored criterion, NaN for none.

        `trusted` are weights of reviewers, a row for each draw; the result has one more dimension
        then. Where nobody with a weight above 0 gave points, the plain mean stays.
        """
        has = ~np.isnan(self.points)
        plain: Floats = self._mean_of(has, np.ones((1, len(self.reviewers))))[0]
        if trusted is None:
            return plain
        found = self._mean_of(has, trusted)
        return np.where(np.isnan(found), plain[None], found)

    def _mean_of(self, has: NDArray[np.bool_], trusted: Floats) -> Floats:
        shape = len(self.reviewers), len(self.applications)
        found = np.empty((len(trusted), len(self.applications), self.scored))
        for column in range(self.scored):
            sums, counts = np.zeros(shape), np.zeros(shape)
            given = np.where(has[:, column], self.points[:, column], 0.0)
            sums[self.reviewer, self.application] = given
            counts[self.reviewer, self.application] = has[:, column]
            with np.errstate(invalid="ignore"):
                found[:, :, column] = (trusted @ sums) / (trusted @ counts)
        return found

    def totals(self, means: Floats, weights: Floats | None = None) -> Floats:
        """Return each application's mean from 0 to 5, as the ranking has it.

        `means` are those of the scored criteria, perhaps with a dimension for draws before.
        """
        weights = self.weights if weights is None else weights
        scored, rest = weights[: self.scored], weights[self.scored :]
        has = ~np.isnan(means)
        sums = np.where(has, means, 0.0) @ scored + self.fixed @ rest
        return np.asarray(sums / (has @ scored + rest.sum()), np.float64)

    def means(self) -> Floats:
        """Return the means of the ranking, in the order of `applications`."""
        return self.totals(self.criterion_means())

    def marks(self) -> Floats:
        """Return what each review says of its application as a whole, from 0 to 5.

        That is its weighted mean over the scored criteria. What its reviewer left out is taken to
        be as the others have it, so that the mean of an application's marks is the weighted mean of
        its criteria.
        """
        means = self.criterion_means()[self.application]
        filled = np.where(np.isnan(self.points), means, self.points)
        has = ~np.isnan(filled)
        weights = self.weights[: self.scored]
        sums = np.where(has, filled, 0.0) @ weights
        return np.asarray(sums / (has @ weights), np.float64)

    @property
    def share(self) -> Floats:
        """How much of each application's total the reviewers decide, from 0 to 1."""
        has = ~np.isnan(self.criterion_means())
        scored = has @ self.weights[: self.scored]
        return np.asarray(scored / (scored + self.weights[self.scored :].sum()), np.float64)

    def with_fixed(self, marks: Floats, places: Whole | None = None) -> Floats:
        """Return totals of what reviewers say and of what is computed; `places` of applications."""
        share, fixed = self.share, self.fixed @ self.weights[self.scored :]
        rest = self.weights[self.scored :].sum()
        computed = np.divide(fixed, rest, out=np.zeros_like(fixed), where=rest > 0)
        if places is not None:
            share, computed = share[places], computed[places]
        return np.asarray(share * marks + (1 - share) * computed, np.float64)

    @property
    def reviews_of_each(self) -> Whole:
        """How many reviews each application has; at least one."""
        return np.bincount(self.application, minlength=len(self.applications))

    @property
    def reviews_by_each(self) -> Whole:
        """How many reviews each reviewer gave; at least one."""
        return np.bincount(self.reviewer, minlength=len(self.reviewers))


def _number(points: Points, criterion: str) -> float:
    found = points.get(criterion)
    return float("nan") if found is None else float(found)


def _places(known: Sequence[int], ids: Sequence[int]) -> Whole:
    places: Mapping[int, int] = {number: place for place, number in enumerate(known)}
    return np.array([places[number] for number in ids], np.int64)
