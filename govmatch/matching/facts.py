"""What one side asks and the other has: met, not met, missing, or a gate."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from govmatch.kit.records import dataclass
from govmatch.matching.profile import Ask, Fact, Force, Profile


class Verdict(StrEnum):
    """How one thing that was asked turned out."""

    FOR = "for"
    AGAINST = "against"
    MISSING = "missing"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was asked by whom, what the other has (None when nothing is known), and the verdict."""

    ask: Ask
    asker: str
    fact: Fact | None
    verdict: Verdict


WORTH: Mapping[Verdict, float] = {
    Verdict.FOR: 1.0,
    Verdict.MISSING: -0.5,
    Verdict.AGAINST: -1.0,
    Verdict.GATE: -1.0,
}
"""What each verdict adds to the balance."""


def compare(one: Profile, other: Profile, *, on: date) -> list[Finding]:
    """Return a finding for each thing that either of two profiles asks of the other.

    What is not known of the other side is missing and never a gate: it may only not be written yet.
    """
    return [*answers(one, other, on), *answers(other, one, on)]


def balance(findings: Sequence[Finding]) -> float:
    """Return from -1 (nothing of what was asked is there) to 1 (everything); 0 for no questions."""
    return sum(WORTH[one.verdict] for one in findings) / len(findings) if findings else 0.0


def is_ruled_out(findings: Sequence[Finding]) -> bool:
    """Return whether a gate is not met."""
    return any(one.verdict is Verdict.GATE for one in findings)


def answers(asker: Profile, other: Profile, on: date) -> Iterator[Finding]:
    """Yield how each thing that one profile asks of another turns out on a day."""
    for ask in asker.asks:
        named = [fact for fact in other.has if fact.name == ask.name]
        holding = [fact for fact in named if fact.until is None or fact.until >= on]
        meeting = [fact for fact in holding if _meets(fact, ask)]
        fact = next(iter(meeting or holding or named), None)
        yield Finding(ask, asker.id, fact, _verdict(ask, holding, meeting))


def _verdict(ask: Ask, holding: Sequence[Fact], meeting: Sequence[Fact]) -> Verdict:
    if meeting:
        return Verdict.FOR
    if not holding or ask.force is Force.EVIDENCE:
        return Verdict.MISSING
    return Verdict.GATE if ask.force is Force.GATE else Verdict.AGAINST


def _meets(fact: Fact, ask: Ask) -> bool:
    """Return whether a fact has one of the values and shares a number with the span."""
    if ask.any_of and not ask.any_of & fact.values:
        return False
    is_below = fact.high is not None and ask.low is not None and fact.high < ask.low
    is_above = fact.low is not None and ask.high is not None and fact.low > ask.high
    return not (is_below or is_above)
