"""How stable a ranking is: the places of all needs again and again, with voices left out.

Everything is counted in whole hundredths of a point, so that the same ballots and the same seed
give the same numbers on every machine.
"""

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.needs.survey import TOP

DRAWS = 200
MISSING = 0.1
"""The share of ballots that each draw leaves out."""

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ballots:
    """What everybody gave: row i gives `points[i]` hundredths of ballot `voter[i]` to `need[i]`.

    Needs and ballots are numbered from 0. A later number loses no place by it: equal scores share
    one.
    """

    needs: int
    voters: int
    voter: Whole
    need: Whole
    points: Whole


@dataclass(frozen=True, slots=True)
class Standings:
    """For each need by its number: score, place, and what the draws made of the place."""

    scores: Whole
    places: Whole
    in_top: Whole
    """Draws in which it was among the first ten."""
    best: Whole
    worst: Whole
    draws: int
    missing: int
    """Ballots left out in each draw."""


def stand(ballots: Ballots, *, seed: int, draws: int = DRAWS) -> Standings:
    """Return the places by all ballots, and how they hold while a tenth of them is missing.

    Each draw leaves out another tenth by chance, at least one ballot where there are two or more.
    A draw without any ballot left would say nothing: then there are none.
    """
    scores = _scores(ballots, np.ones(len(ballots.voter), np.bool_))
    places = _places(scores)
    missing = max(round(ballots.voters * MISSING), 1)
    if ballots.voters < 2:
        missing = draws = 0
    in_top, best, worst = np.zeros_like(places), places.copy(), places.copy()
    chance = np.random.Generator(np.random.PCG64(seed))
    is_there = np.ones(ballots.voters, np.bool_)
    for _ in range(draws):
        gone = chance.permutation(ballots.voters)[:missing]
        is_there[gone] = False
        lost = _scores(ballots, ~is_there[ballots.voter])
        is_there[gone] = True
        drawn = _places(scores - lost)
        in_top += drawn <= TOP
        np.minimum(best, drawn, out=best)
        np.maximum(worst, drawn, out=worst)
    return Standings(scores, places, in_top, best, worst, draws, missing)


def _scores(ballots: Ballots, counted: NDArray[np.bool_]) -> Whole:
    """Return the sums per need; exact, since they stay below 2**53."""
    sums = np.bincount(
        ballots.need[counted], weights=ballots.points[counted], minlength=ballots.needs
    )
    return sums.astype(np.int64)


def _places(scores: Whole) -> Whole:
    """Return the place of each need: one more than there are needs with a higher score."""
    return np.searchsorted(np.sort(-scores), -scores, side="left").astype(np.int64) + 1


def made_up(*, needs: int = 500, voters: int = 20_000, seed: int = 5) -> Ballots:
    """Return ballots as a large survey has them, for measuring: one in four is a firm with a top
    ten, everybody supports a few needs, some needs draw far more voices than others.
    """
    chance = np.random.Generator(np.random.PCG64(seed))
    pull = 1.0 / np.arange(1, needs + 1) ** 0.7
    chances = pull / pull.sum()
    per_voter = np.where(np.arange(voters) % 4 == 0, TOP + 4, chance.integers(1, 9, voters))
    voter = np.repeat(np.arange(voters), per_voter)
    need = chance.choice(needs, size=len(voter), p=chances)
    points = chance.integers(1, TOP + 1, len(voter)) * 100
    return Ballots(needs, voters, voter, need, points)
