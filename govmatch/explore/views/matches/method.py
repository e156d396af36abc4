"""/matches/method: how matching works, with the weights that the code has at this moment."""

from collections.abc import Mapping

from govmatch.challenges.labels import FIELDS as CHALLENGE_FIELDS
from govmatch.challenges.match_profile import TEXTS as CHALLENGE_TEXTS
from govmatch.explore.matching.levels import LEVELS, Level
from govmatch.explore.matching.naming import SECTIONS
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.matching.proposing import MOST
from govmatch.matching.score import WEIGHTS, Weights
from govmatch.organisations.match_profile import TEXTS as FIRM_TEXTS
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class MethodPage:
    weights: Weights
    challenge_texts: list[tuple[Message, float]]
    firm_texts: list[tuple[Message, float]]
    levels: list[tuple[Level, float | None]]
    """Each with the score from which on it holds; None for the lowest."""
    most: int


def method(visit: Visit) -> Answer:
    """Explain matching to everybody."""
    values = MethodPage(
        weights=WEIGHTS,
        challenge_texts=_weighted(CHALLENGE_TEXTS, CHALLENGE_FIELDS),
        firm_texts=_weighted(FIRM_TEXTS, SECTIONS),
        levels=[(level, level.least if level.least > 0 else None) for level in LEVELS],
        most=MOST,
    )
    return page(visit, "explore/match_method.html", values)


def _weighted(
    weights: Mapping[str, float], names: Mapping[str, Message]
) -> list[tuple[Message, float]]:
    return [(names[field], weight) for field, weight in weights.items()]


routes = [get("/matches/method", method, anyone, cached=True)]
