"""All that the points of a challenge say, kept in memory until a point changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock

import numpy as np

from govmatch.kit.records import dataclass
from govmatch.reviews.numbers.disagreement import Apart, Contested, contested, disagreement
from govmatch.reviews.numbers.normalising import Normalised, normalise
from govmatch.reviews.numbers.sensitivity import Firmness, firmness
from govmatch.reviews.numbers.sheets import Floats, Sheets
from govmatch.reviews.numbers.trust import Trust, trust

KEPT = 16
"""Challenges whose numbers are kept; each a few kilobytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """What the points say; by places in `sheets` where nothing else is said.

    `ranks` and `normalised_ranks` begin at 1; what is equal stands in the order it was given in.
    """

    sheets: Sheets
    means: Floats
    medians: Floats
    ranks: tuple[int, ...]
    normalised: Normalised
    normalised_ranks: tuple[int, ...]
    trust: Trust
    apart: tuple[Apart, ...]
    contested: tuple[Contested, ...]
    firmness: Firmness


def tell(sheets: Sheets, *, size: int, order: Sequence[int]) -> Numbers:
    """Return what at least one review says; `order` are the places of equal applications."""
    means, normalised = sheets.means(), normalise(sheets)
    return Numbers(
        sheets=sheets,
        means=means,
        medians=_medians(sheets, sheets.with_fixed(sheets.marks(), sheets.application)),
        ranks=_ranks(means, order),
        normalised=normalised,
        normalised_ranks=_ranks(normalised.means, order),
        trust=trust(sheets, normalised),
        apart=tuple(disagreement(sheets)),
        contested=tuple(contested(sheets)),
        firmness=firmness(sheets, size=size, order=order),
    )


def _medians(sheets: Sheets, marks: Floats) -> Floats:
    # Reviews lie application by application.
    starts = np.flatnonzero(np.diff(sheets.application)) + 1
    return np.array([np.median(part) for part in np.split(marks, starts)])


def _ranks(means: Floats, order: Sequence[int]) -> tuple[int, ...]:
    breaks = np.argsort(order)
    ranks = np.empty(len(means), np.int64)
    ranks[np.lexsort((breaks, -np.round(means, 9)))] = np.arange(1, len(means) + 1)
    return tuple(ranks.tolist())


class Memory:
    """Numbers by what they were made of; any number of threads may ask."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: OrderedDict[Hashable, Numbers | None] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Numbers | None]) -> Numbers | None:
        """Return what was made for this key, or make it now."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made
