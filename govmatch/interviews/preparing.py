"""What reviews suggest to ask: where they part, were not sure, or gave no points. Pure.

The words of a suggested question are the firm's to read one day, so they tell nothing of points,
of how many reviewed, or that anybody disagreed: they ask about a criterion, and no more.
"""

from collections.abc import Mapping, Sequence

from govmatch.interviews.models import Because
from govmatch.kit.i18n import Lang, Message, msg, say
from govmatch.kit.records import dataclass
from govmatch.reviews.models import Confidence
from govmatch.reviews.scoring import spread

WIDE = 2
"""Points between the lowest and the highest from which on a criterion is to be asked about."""

_ABOUT = msg("Please tell us more about “{criterion}”: what may we have missed?")
_WHOLE = msg("Please tell us in your own words what you would do in the pilot, and how.")


@dataclass(frozen=True)
class Given:
    """One submitted review: points by criterion, those left out with a reason, how sure it is."""

    points: Mapping[str, int | None]
    left: frozenset[str]
    confidence: str


@dataclass(frozen=True)
class Suggestion:
    """A question for one criterion; without one it is about the whole."""

    criterion: str
    because: tuple[Because, ...]


def suggestions(given: Sequence[Given], criteria: Sequence[str]) -> list[Suggestion]:
    """Return what to ask, in the order of the criteria; last what is about the whole."""
    found = []
    for criterion in criteria:
        because = []
        both = spread([one.points for one in given], criterion)
        if both is not None and both[1] - both[0] >= WIDE:
            because.append(Because.DISAGREEMENT)
        if any(criterion in one.left for one in given):
            because.append(Because.ABSTENTION)
        if because:
            found.append(Suggestion(criterion, tuple(because)))
    if any(one.confidence == Confidence.LOW for one in given):
        found.append(Suggestion("", (Because.CONFIDENCE,)))
    return found


def words_of(label: str, lang: Lang) -> str:
    """Return a suggested question in the language of the application; without a label, on all."""
    return say(Message(_ABOUT.text, {"criterion": label}) if label else _WHOLE, lang)
