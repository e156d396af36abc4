"""Words that stand next to each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from govmatch.search.arrays import NOTHING, Flags, Found, distinct, flags_of
from govmatch.search.snapshot import View

_PLACES = 1 << 17
"""More than there are positions in a text, with room before the first."""
_ROOM = 1 << 10


def occurrences(view: View, field: str, rows: Sequence[Sequence[str]], flags: Flags) -> Found:
    """Return the flagged documents in which the words stand in a row, and how often.

    Each row holds the terms that may stand at its place; an empty one stands for any word.
    """
    places = [(offset, row) for offset, row in enumerate(rows) if row]
    candidates = flags
    for _, row in places:
        held = np.zeros(view.size, np.bool_)
        for term in row:
            held |= flags_of(view.postings(field, term).docs, view.size)
        candidates = candidates & held
    if not places or not candidates.any():
        return NOTHING
    if len(places) == 1:
        docs = np.flatnonzero(candidates).astype(np.int32)
        return Found(docs, np.ones(len(docs), np.float32))
    starts = _starts(view, field, places[0], candidates)
    for place in places[1:]:
        if not len(starts):
            return NOTHING
        here = flags_of((starts // _PLACES).astype(np.int32), view.size)
        starts = np.intersect1d(starts, _starts(view, field, place, here), assume_unique=True)
    times = np.bincount(starts // _PLACES)
    docs = np.flatnonzero(times).astype(np.int32)
    return Found(docs, times[docs].astype(np.float32))


def _starts(
    view: View, field: str, place: tuple[int, Sequence[str]], candidates: Flags
) -> NDArray[np.int64]:
    """Return where the whole would begin in each candidate, judged by one of its words."""
    offset, row = place
    found = []
    for term in row:
        docs, positions = view.places(field, term, candidates)
        found.append(docs.astype(np.int64) * _PLACES + positions + (_ROOM - offset))
    return distinct(np.concatenate(found))
