"""How alike two things are, as `alike` finds it: for who shows it."""

from enum import StrEnum

from govmatch.kit.records import dataclass
from govmatch.matching.profile import Fact


class Kind(StrEnum):
    """How two things are alike."""

    SAME_TEXT = "same_text"
    """The same text in parts, word by word, in whatever order."""
    OTHER_WORDS = "other_words"
    """The same content in other words of the same language."""
    OTHER_LANGUAGE = "other_language"
    """The same content in another language."""
    TOPIC = "topic"
    """The same topic only."""


NEAR_DUPLICATES = frozenset({Kind.SAME_TEXT, Kind.OTHER_WORDS, Kind.OTHER_LANGUAGE})


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two things are, in the two languages in which they are most."""

    kind: Kind | None
    score: float
    """What `kind` follows from: told, with the cosine; and never less than `runs`."""
    languages: tuple[str, str]
    runs: float
    told: float
    meaning: float
    codes: tuple[str, ...] = ()
    """Codes that both have."""
    facts: tuple[Fact, ...] = ()
    """Facts that both have, the same in all."""

    @property
    def is_near_duplicate(self) -> bool:
        return self.kind in NEAR_DUPLICATES


@dataclass(frozen=True, slots=True)
class Similar:
    """Something that is like another."""

    kind: str
    id: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Beside:
    """Two things as they were compared: how alike, and their passages in rows.

    A row has a passage of each, or of one of them and nothing beside it.
    """

    likeness: Likeness
    rows: list[tuple[str, str]]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the passages that both have."""
        return [(here, there) for here, there in self.rows if here and there]

    def alone(self, side: int) -> list[str]:
        """Return what stands in the first (0) or second (1) alone."""
        return [row[side] for row in self.rows if not row[1 - side]]
