"""What was given to needs, and the lines that a score is the sum of."""

from collections.abc import Mapping, Sequence

from govmatch.kit.records import dataclass
from govmatch.needs.survey import FULL

PERSON, FIRM = "person", "firm"

Voter = tuple[str, int]
"""PERSON or FIRM, and the id."""


@dataclass(frozen=True, slots=True)
class FirmFacts:
    """What a firm's weight depends on."""

    size: str | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """All that was given to the needs of a programme; `needs` are ids, the oldest first."""

    needs: Sequence[int]
    supports: Sequence[tuple[Voter, int]]
    """(who, need)"""
    ranks: Sequence[tuple[int, int, int]]
    """(firm, need, place)"""
    firms: Mapping[int, FirmFacts]
    """Every firm that gave a voice and is not closed; others have no ballot."""


@dataclass(slots=True)
class Part:
    """A line of the sum: what voices of one kind and weight add to a need's score."""

    kind: str
    """PERSON or FIRM."""
    size: str = ""
    by_size: int = FULL
    by_sector: int = FULL
    voices: int = 0
    points: int = 0
    """What one of these voices is worth."""
    ranked: int = 0
    """Firms of this kind that have it in their top ten."""
    rank_points: int = 0
    """What their places are worth together."""
    score: int = 0
    """In hundredths of a point."""

    def as_data(self) -> dict[str, object]:
        """Return the line as JSON keeps it."""
        return {name: getattr(self, name) for name in self.__slots__}
