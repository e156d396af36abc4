"""How well two things fit, in words: a score is no measure that anybody should read digits of."""

from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.matching.proposing import LEAST_NEAR


@dataclass(frozen=True, slots=True)
class Level:
    """One of four: `step` of 4, from which score on, and what it is called."""

    step: int
    least: float
    words: Message


# The firms and challenges of the demonstration were looked at one by one: from .30 on each of them
# is about the same thing, below .17 what they share are words that everybody uses.
LEVELS = (
    Level(4, 0.30, msg("Fits very well")),
    Level(3, 0.20, msg("Fits well")),
    Level(2, LEAST_NEAR, msg("Fits in part")),
    Level(1, float("-inf"), msg("Little in common")),
)
STEPS = len(LEVELS)
WORTH_A_LOOK = 2
"""From this step on a match is shown in the list itself, below it only folded."""
LEAST_WORTH = next(level.least for level in LEVELS if level.step == WORTH_A_LOOK)


def level_of(score: float) -> Level:
    """Return the level of a score."""
    return next(level for level in LEVELS if score >= level.least)
