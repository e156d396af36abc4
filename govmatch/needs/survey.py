"""How a programme counts voices: points, weights by size and sector, and until when."""

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import datetime
from types import MappingProxyType

from govmatch.kit.records import dataclass
from govmatch.organisations.models import Size

TOP = 10
"""Needs that a firm puts into an order, and that the report and the steering group speak of."""
FULL = 100
"""The weight, in per cent, of who is neither raised nor lowered."""
MOST_WEIGHT = 300
MOST_POINTS = 10
SIZES = (*(size.value for size in Size), "")
"""The size classes, and last the firms that state none."""


@dataclass(frozen=True, slots=True)
class Counting:
    """What a voice is worth. Points are whole, weights in per cent from 0 to 300."""

    person_points: int = 1
    firm_points: int = 2
    sizes: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(SIZES, FULL))
    sectors: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def weight(self, size: str | None, themes: Collection[str]) -> tuple[int, int]:
        """Return the weights of a firm by its size and by its themes, of which the highest counts.

        A firm that names no theme with a weight of its own has 100 there.
        """
        by_sector = [self.sectors[theme] for theme in themes if theme in self.sectors]
        return self.sizes.get(size or "", FULL), max(by_sector, default=FULL)

    def as_data(self) -> dict[str, object]:
        """Return the values as JSON keeps them, in one order."""
        return {
            "person_points": self.person_points,
            "firm_points": self.firm_points,
            "sizes": {size: self.sizes.get(size, FULL) for size in SIZES},
            "sectors": dict(sorted(self.sectors.items())),
        }


@dataclass(frozen=True, slots=True)
class Rules:
    """What a programme has set for its survey."""

    counting: Counting
    closes: datetime | None = None
    chambers_vote: bool = True

    def is_open(self, now: datetime) -> bool:
        """True while needs may be proposed and voices given."""
        return self.closes is None or now < self.closes

    def as_data(self) -> dict[str, object]:
        """Return everything as JSON keeps it."""
        return {
            "counting": self.counting.as_data(),
            "closes": self.closes.isoformat() if self.closes else None,
            "chambers_vote": self.chambers_vote,
        }


USUAL = Rules(Counting())
"""What holds where a programme has set nothing: one point for a person, two for a firm, and all
firms alike."""


def points_of_place(place: int) -> int:
    """Return what a place in a firm's top ten is worth: 10 points for the first, 1 for the last."""
    return TOP + 1 - place
