"""How applications stand by their reviews, and where a choice departs from that. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from govmatch.applications.models import Application, State
from govmatch.decisions.models import Outcome
from govmatch.kit.records import dataclass
from govmatch.reviews.pricing import Priced

DECIDABLE = frozenset({State.IN_REVIEW, State.SHORTLISTED})
"""States from which an application can be selected, put on the reserve list or not selected."""

_DIGITS = 6
"""Means that agree so far are equal: what lies beyond is arithmetic, not judgement."""


class Ranked(Protocol):
    """What the reviews of one application come to."""

    @property
    def application(self) -> Application: ...
    @property
    def mean(self) -> float | None: ...
    @property
    def criterion_means(self) -> Mapping[str, float]: ...
    @property
    def count(self) -> int: ...
    @property
    def below_minimum(self) -> object: ...
    @property
    def open_reviews(self) -> int: ...
    @property
    def agreed(self) -> tuple[str, ...]: ...
    @property
    def price(self) -> Priced | None: ...
    @property
    def unjudged(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Standing:
    """One application in the ranking; `mean` is weighted, 0 to 5, None without a review.

    `rank` counts from 1, equal means share a rank; None where the application cannot be selected.
    """

    application: Application
    mean: float | None
    criterion_means: Mapping[str, float]
    count: int
    is_below_minimum: bool
    open_reviews: int
    rank: int | None
    price: Priced | None = None
    unjudged: tuple[str, ...] = ()
    """Criteria that no review has points for; the mean is that of the others."""
    agreed: tuple[str, ...] = ()
    """The criteria whose mean is what the jury agreed on at its meeting."""

    @property
    def may_be_selected(self) -> bool:
        """False below a published minimum score, and without any review."""
        return self.mean is not None and not self.is_below_minimum


@dataclass(frozen=True)
class Choice:
    """What is proposed for one application; `place` orders the reserve list from 1."""

    outcome: Outcome
    place: int | None = None

    @property
    def level(self) -> int:
        """Return how well it fares: 0 is selected, then the reserves in order, then the others."""
        if self.outcome is Outcome.SELECTED:
            return 0
        if self.outcome is Outcome.RESERVE:
            return self.place or _LAST_RESERVE
        return _NOT_SELECTED


_LAST_RESERVE = 1_000_000
_NOT_SELECTED = 2_000_000


def standings(ranked: Iterable[Ranked]) -> list[Standing]:
    """Return those that can be decided on: best mean first, what cannot be selected last."""
    found = [one for one in ranked if one.application.state in DECIDABLE]
    found.sort(key=lambda one: (not _counts(one), -(_mean(one) or 0.0), one.application.alias or 0))
    ranks = _ranks(found)
    return [
        Standing(
            application=one.application,
            mean=one.mean,
            criterion_means=one.criterion_means,
            count=one.count,
            is_below_minimum=bool(one.below_minimum),
            open_reviews=one.open_reviews,
            rank=ranks.get(one.application.id),
            price=one.price,
            unjudged=one.unjudged,
            agreed=one.agreed,
        )
        for one in found
    ]


def _counts(one: Ranked) -> bool:
    return one.mean is not None and not one.below_minimum


def _mean(one: Ranked) -> float | None:
    return None if one.mean is None else round(one.mean, _DIGITS)


def _ranks(found: Sequence[Ranked]) -> dict[int, int]:
    """Return ranks by application id: 1, 2, 2, 4."""
    ranks: dict[int, int] = {}
    last: tuple[int, float | None] = (0, None)
    for place, one in enumerate(filter(_counts, found), 1):
        rank = last[0] if _mean(one) == last[1] else place
        ranks[one.application.id] = rank
        last = (rank, _mean(one))
    return ranks


def first_choices(order: Sequence[Standing], places: int) -> dict[int, Choice]:
    """Return what the ranking alone suggests: the best take the places, as many wait in reserve.

    Nobody is chosen between equals: where a tie lies across the border, those after it stay as
    they come, and the reason is asked for.
    """
    able = [one for one in order if one.may_be_selected]
    choices = {one.application.id: Choice(Outcome.NOT_SELECTED) for one in order}
    for one in able[:places]:
        choices[one.application.id] = Choice(Outcome.SELECTED)
    for place, one in enumerate(able[places : 2 * places], 1):
        choices[one.application.id] = Choice(Outcome.RESERVE, place)
    return choices


@dataclass(frozen=True)
class Departure:
    """Two applications whose outcomes do not follow from their means."""

    better: Standing
    worse: Standing
    is_tie: bool


def departures(order: Sequence[Standing], choices: Mapping[int, Choice]) -> list[Departure]:
    """Return where outcomes go against the ranking, or part equals; `order` is best first.

    `better` is who has the better mean, in a tie who fares better. Each application below another
    is compared with the one that fares worst above it, so the list stays short.
    """
    able = [one for one in order if one.may_be_selected]
    levels = {one.application.id: choices[one.application.id].level for one in able}
    found: list[Departure] = []
    worst: Standing | None = None
    for above, below in pairwise(able):
        if worst is None or levels[above.application.id] > levels[worst.application.id]:
            worst = above
        if levels[worst.application.id] > levels[below.application.id]:
            found.append(Departure(worst, below, is_tie=worst.rank == below.rank))
        elif above.rank == below.rank and levels[above.application.id] < _level(below, levels):
            found.append(Departure(above, below, is_tie=True))
    return found


def _level(one: Standing, levels: Mapping[int, int]) -> int:
    return levels[one.application.id]


def reserves_in_order(choices: Mapping[int, Choice], order: Sequence[Standing]) -> dict[int, int]:
    """Return the place of each reserve, from 1 without gaps; unnumbered ones follow by rank."""
    ranks = {one.application.id: place for place, one in enumerate(order)}
    reserves = [number for number, one in choices.items() if one.outcome is Outcome.RESERVE]
    reserves.sort(key=lambda number: (choices[number].level, ranks.get(number, len(ranks))))
    return {number: place for place, number in enumerate(reserves, 1)}
