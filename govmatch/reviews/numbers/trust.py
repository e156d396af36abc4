"""When normalised means should not be relied on: too few reviews, too few overlaps.

Two reviewers can be compared where they read the same application, or through others who did. If
the reviews fall into parts that share nobody, nothing tells whether one part has stricter reviewers
or weaker applications.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from govmatch.kit.records import dataclass

if TYPE_CHECKING:
    from govmatch.reviews.numbers.normalising import Normalised
    from govmatch.reviews.numbers.sheets import Sheets

FEW_BY_ONE = 4
"""Of a reviewer with fewer reviews than this, little is known."""
LEAST_KNOWN = 0.5
"""Of the differences between shifts so much has to be known."""
LEAST_APPLICATIONS = 5
NO_SHIFTS = 0.01
"""A variance of shifts below this (a tenth of a point) is no habit worth speaking of."""


class Doubt(StrEnum):
    """Why the normalised means should not be relied on."""

    FEW_APPLICATIONS = "few_applications"
    ONE_REVIEWER = "one_reviewer"
    ALONE = "alone"
    """Applications with a single review."""
    APART = "apart"
    """The reviews fall into parts that share no reviewer and no application."""
    FEW_BY_ONE = "few_by_one"
    """Reviewers with very few reviews."""
    LITTLE_KNOWN = "little_known"
    """Of the shifts little is known."""


GRAVE = frozenset({Doubt.FEW_APPLICATIONS, Doubt.ONE_REVIEWER, Doubt.APART, Doubt.LITTLE_KNOWN})
"""With one of these, nobody should rely on the normalised means at all."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What speaks against the normalised means, with a number each: how many, or how much of 1.

    `parts` are the reviewers of each part of the reviews, by place, largest part first.
    """

    doubts: tuple[tuple[Doubt, float], ...]
    parts: tuple[tuple[int, ...], ...]
    has_shifts: bool
    """False where reviewers do not differ so much that it would be worth speaking of."""

    @property
    def is_grave(self) -> bool:
        return any(doubt in GRAVE for doubt, _ in self.doubts)


def trust(sheets: "Sheets", normalised: "Normalised") -> Trust:
    """Return what speaks against the normalised means."""
    parts = parts_of(sheets)
    has_shifts = normalised.spread.shift >= NO_SHIFTS
    alone = int((sheets.reviews_of_each < 2).sum())
    few = int((sheets.reviews_by_each < FEW_BY_ONE).sum())
    size, people = len(sheets.applications), len(sheets.reviewers)
    found: list[tuple[Doubt, float, bool]] = [
        (Doubt.FEW_APPLICATIONS, size, size < LEAST_APPLICATIONS),
        (Doubt.ONE_REVIEWER, people, people < 2),
        (Doubt.APART, len(parts), len(parts) > 1),
        (
            Doubt.LITTLE_KNOWN,
            normalised.reliability,
            has_shifts and normalised.reliability < LEAST_KNOWN,
        ),
        (Doubt.ALONE, alone, alone > 0),
        (Doubt.FEW_BY_ONE, few, few > 0),
    ]
    doubts = tuple((doubt, number) for doubt, number, holds in found if holds)
    return Trust(doubts, parts, has_shifts)


def parts_of(sheets: "Sheets") -> tuple[tuple[int, ...], ...]:
    """Return the reviewers that are linked by applications, part by part, largest first."""
    heads = list(range(len(sheets.reviewers)))
    first: dict[int, int] = {}
    for application, reviewer in zip(
        sheets.application.tolist(), sheets.reviewer.tolist(), strict=True
    ):
        heads[_head(heads, reviewer)] = _head(heads, first.setdefault(application, reviewer))
    parts: dict[int, list[int]] = {}
    for reviewer in range(len(heads)):
        parts.setdefault(_head(heads, reviewer), []).append(reviewer)
    return tuple(tuple(one) for one in sorted(parts.values(), key=lambda one: (-len(one), one)))


def _head(heads: Sequence[int], place: int) -> int:
    while heads[place] != place:
        place = heads[place]
    return place
