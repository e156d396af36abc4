"""What matching is told of a thing: texts, codes, what it has and what it asks of the other side.

Made by the package whose thing it is. Facts that must not count (sex, origin, belief, age of
people...) are kept out there: nothing that is not in a profile can enter a score.
"""

from datetime import date
from enum import StrEnum

from govmatch.kit.records import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a profile: in which language, from which of its fields, and how much they count."""

    text: str
    language: str
    field: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fact:
    """What a profile has: some of a set of values, or a span of numbers, perhaps until a day.

    A span without an end is open on that side. `until` is the last day on which the fact holds.
    """

    name: str
    values: frozenset[str] = frozenset()
    low: float | None = None
    high: float | None = None
    until: date | None = None


class Force(StrEnum):
    """What follows when the other side does not have what is asked."""

    GATE = "gate"
    """The pair is ruled out; it is only shown why."""
    EVIDENCE = "evidence"
    """It is missing and can be added; until then it counts against."""
    WISH = "wish"
    """It counts against."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a profile asks of the other: any of these values, or a number within this span."""

    name: str
    force: Force
    any_of: frozenset[str] = frozenset()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is known of one thing when it is matched.

    `codes` name their taxonomy, such as `cpv:48440000` or `theme:invoicing`.
    """

    kind: str
    id: str
    texts: tuple[Text, ...] = ()
    codes: tuple[str, ...] = ()
    has: tuple[Fact, ...] = ()
    asks: tuple[Ask, ...] = ()
