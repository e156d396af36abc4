"""The score of two profiles, and what it is made of."""

from collections.abc import Sequence

from govmatch.kit.records import dataclass
from govmatch.matching.facts import Finding, balance


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a score is worth."""

    text: float
    codes: float
    facts: float


# Text and codes are chosen by halves (tests/bench/quality_bridge.py). Two texts that fit share
# a tenth to a quarter, two sets of codes a half to all, so the parts weigh about alike. There are
# no judged facts: they are kept so small that they decide between neighbours only.
WEIGHTS = Weights(text=1.0, codes=0.15, facts=0.02)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one score: text and codes from 0 to 1, facts from -1 to 1."""

    text: float
    codes: float
    facts: float = 0.0

    def total(self, weights: Weights = WEIGHTS) -> float:
        """Return the score: the same whichever of the two profiles was asked for."""
        return weights.text * self.text + weights.codes * self.codes + weights.facts * self.facts


@dataclass(frozen=True, slots=True)
class Match:
    """A profile that fits another: which, how well, and how what was asked turned out."""

    kind: str
    id: str
    parts: Parts
    findings: tuple[Finding, ...] = ()
    score: float = 0.0


def matched(
    kind: str, id_: str, *, text: float, codes: float, findings: Sequence[Finding] = ()
) -> Match:
    """Return a match with its score."""
    parts = Parts(text, codes, balance(findings))
    return Match(kind, id_, parts, tuple(findings), parts.total())
