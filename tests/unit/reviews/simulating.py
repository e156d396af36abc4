"""Points from reviewers whose habits are known, so that it can be said what is found of them."""

from dataclasses import dataclass

import numpy as np

from govmatch.reviews.numbers.sheets import Floats, Given
from govmatch.reviews.scoring import Weighed

CRITERIA = [
    Weighed("fit", 40, None),
    Weighed("team", 30, None),
    Weighed("plan", 20, None),
    Weighed("price", 10, None),
]


@dataclass(frozen=True)
class World:
    """What is true, and what reviewers gave."""

    quality: Floats
    shifts: Floats
    stretches: Floats
    given: list[Given]


def simulate(
    seed: int,
    *,
    applications: int = 200,
    reviewers: int = 40,
    each: int = 3,
    shift: float = 0.7,
    stretch: float = 0.25,
) -> World:
    """Return points from 0 to 5 in four criteria; each application goes to who has least so far.

    `shift` and `stretch` say how much reviewers differ: standard deviations of how many points
    milder somebody is, and of the logarithm of how much of the scale they use.
    """
    chance = np.random.default_rng(seed)
    quality = chance.normal(0, 0.7, applications)
    shifts = chance.normal(0, shift, reviewers)
    stretches = np.exp(chance.normal(0, stretch, reviewers))
    load = np.zeros(reviewers)
    given = []
    for number, own in enumerate(quality):
        for who in np.lexsort((chance.random(reviewers), load))[:each]:
            load[who] += 1
            middle = 2.8 + shifts[who] + stretches[who] * (own + chance.normal(0, 0.35))
            points = {
                one.id: int(np.clip(np.rint(middle + chance.normal(0, 0.7)), 0, 5))
                for one in CRITERIA
            }
            given.append(Given(number, int(who), points))
    return World(quality, shifts, stretches, given)


def tau(one: Floats, other: Floats) -> float:
    """Return Kendall's tau-b of two orders: 1 for the same, 0 for nothing in common."""
    ours = np.sign(np.subtract.outer(one, one))
    theirs = np.sign(np.subtract.outer(other, other))
    pairs = (np.abs(ours).sum() * np.abs(theirs).sum()) ** 0.5
    return float((ours * theirs).sum() / pairs)
