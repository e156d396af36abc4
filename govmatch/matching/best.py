"""The best of many, when a part of the score is worth working out for few only."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from govmatch.search.arrays import Flags

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]
Judge = Callable[[Numbers], tuple[Floats, Flags]]
"""Returns for some numbers a balance from -1 to 1, and which of them are out of the question."""

_FIRST = 4
"""Times as many as are wanted are judged at first."""
_MORE = 8
"""Times as many when too few of those judged are left."""
_STRIDE = 16
"""One in so many is looked at to guess where the best begin."""
_LEAST: np.float32 = np.nextafter(np.float32(0), np.float32(1))


def best(base: Floats, judge: Judge, *, most: int, worth: float) -> tuple[Numbers, Floats]:
    """Return the numbers with the highest totals, and their balances; ties at the end all.

    The total is the base plus `worth` times the balance. Left out is who has no base, and who is
    out of the question: when that is nearly everybody, everybody is judged before it is given up.
    """
    wanted = most * _FIRST
    bar = bar_of(base, wanted)
    while True:
        numbers = np.flatnonzero(base >= bar).astype(np.int32)
        balances, is_out = judge(numbers)
        totals = base[numbers] + np.float32(worth) * balances
        numbers, totals, balances = numbers[~is_out], totals[~is_out], balances[~is_out]
        last = _nth(totals, most) if len(totals) >= most else np.float32(-np.inf)
        # who was not judged has less than the bar, and less than this in total
        if bar <= _LEAST or last >= bar + np.float32(worth):
            kept = totals >= last
            return numbers[kept], balances[kept]
        wanted *= _MORE
        reached = last - np.float32(worth)
        bar = max(reached, _LEAST) if len(totals) >= most else bar_of(base, wanted)


def bar_of(scores: Floats, most: int) -> np.float32:
    """Return the score that so many reach at least, or the least above zero when fewer have any."""
    if len(scores) <= most:
        return _LEAST
    sample = scores[::_STRIDE]
    place = most * 2 // _STRIDE + 4
    guess = _nth(sample, place) if len(sample) > place else _LEAST
    reaching = scores[scores >= max(guess, _LEAST)]
    if len(reaching) < most:
        reaching = scores[scores > 0]
    return _nth(reaching, most) if len(reaching) > most else _LEAST


def _nth(scores: Floats, place: int) -> np.float32:
    """Return the score at a place from 1, the highest first."""
    # of the negative, since the other end is slow where most scores are zero
    ordered: Floats = np.partition(-scores, place - 1)
    return np.float32(-ordered[place - 1])
