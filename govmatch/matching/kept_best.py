"""The best few for each of many, kept while the scores of all come by, one row after another."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Some numbers with what they are worth and what that is made of."""

    numbers: Ints
    scores: Floats
    text: Floats
    codes: Floats
    balances: Floats

    def first(self, most: int) -> "Row":
        """Return the best so many, in no order; of equal ones those with the lowest numbers."""
        if len(self.numbers) <= most:
            return self
        return self.chosen(np.lexsort((self.numbers, -self.scores))[:most])

    def chosen(self, places: NDArray[np.integer] | NDArray[np.bool_]) -> "Row":
        """Return those at these places."""
        return Row(*(getattr(self, one.name)[places] for one in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class KeptBest:
    """For each of many things the best few numbers so far; -1 where there are fewer.

    Of equal scores the one that came first stays. Twenty bytes for each that may be kept.
    """

    kept: Row
    """Arrays of two dimensions: things, places."""
    bars: Floats
    """What a score must be above to be kept."""
    weakest: NDArray[np.intp]
    """The place of the score that goes next."""

    @classmethod
    def empty(cls, size: int, most: int) -> "KeptBest":
        """Return room for so many things, nothing kept yet."""
        shape = (size, most)
        parts = (np.zeros(shape, np.float32) for _ in range(3))
        kept = Row(np.full(shape, -1, np.int32), np.full(shape, -np.inf, np.float32), *parts)
        lowest = -np.inf if most else np.inf
        return cls(kept, np.full(size, lowest, np.float32), np.zeros(size, np.intp))

    def take(self, number: int, row: Row) -> None:
        """Keep `number` for those things of a row for which it is among the best."""
        better = row.scores > self.bars[row.numbers]
        things = row.numbers[better]
        if not len(things):
            return
        places = self.weakest[things]
        self.kept.numbers[things, places] = number
        for name in ("scores", "text", "codes", "balances"):
            getattr(self.kept, name)[things, places] = getattr(row, name)[better]
        scores = self.kept.scores[things]
        self.weakest[things] = scores.argmin(axis=1)
        self.bars[things] = scores.min(axis=1)

    def row(self, thing: int) -> Row:
        """Return what is kept for one thing."""
        here = Row(*(getattr(self.kept, one.name)[thing] for one in fields(Row)))
        return here.chosen(here.numbers >= 0)

    @classmethod
    def joined(cls, parts: Sequence["KeptBest"]) -> "KeptBest":
        """Return the best of what was kept apart, for the same things."""
        size, most = parts[0].kept.numbers.shape
        wide = {
            one.name: np.concatenate([getattr(part.kept, one.name) for part in parts], axis=1)
            for one in fields(Row)
        }
        if len(parts) == 1 or not most:
            return parts[0]
        best = np.argpartition(-wide["scores"], most - 1, axis=1)[:, :most]
        kept = Row(**{name: np.take_along_axis(one, best, axis=1) for name, one in wide.items()})
        return cls(kept, kept.scores.min(axis=1), np.zeros(size, np.intp))
