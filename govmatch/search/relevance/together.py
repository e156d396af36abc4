"""What stands together in a query and in a document, in the same order and not far apart.

score = sum over pairs of ln(1 + times in the query) x sqrt(idf x idf) x saturation(sum of 1 / d),
where d is how many words the second is after the first in the document, at most `window`. Stop
words take part; how rare they are is counted among the documents that are looked at.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log1p

import numpy as np
from numpy.typing import NDArray

from govmatch.search.arrays import Floats, distinct
from govmatch.search.relevance.postings import Numbers
from govmatch.search.relevance.terms import number
from govmatch.search.relevance.tuning import Saturation

MOST_PAIRS = 4_000
"""Pairs of one query that are looked for."""

_SHAPE = Saturation()
Places = NDArray[np.int64]


def score_together(
    sequence: Sequence[str], texts: Sequence[Numbers], worth: Mapping[str, float], *, window: int
) -> Floats:
    """Return for each text what the pairs of the query add to its score.

    `worth` is the idf of a root; a root without one gets it from the texts.
    """
    roots = sorted(set(sequence))
    pairs = _pairs(sequence, roots, window)
    if not pairs or not texts:
        return np.zeros(len(texts), np.float32)
    numbers = np.array([number(root) for root in roots], np.uint32)
    found, owners = _found(numbers, texts, window)
    idf = _idf(roots, worth, found, owners, len(texts))
    keys = np.array(sorted(pairs), np.int64)
    said = np.array([log1p(pairs[key]) for key in keys.tolist()])
    weights = said * np.sqrt(idf[keys // len(roots)] * idf[keys % len(roots)])
    closeness = _closeness(found, owners, keys, roots=len(roots), texts=len(texts), window=window)
    lengths = np.array([len(text) for text in texts], np.float64)
    norm = _SHAPE.k1 * (1 - _SHAPE.b + _SHAPE.b * lengths / max(1.0, lengths.mean()))
    saturated = closeness * (_SHAPE.k1 + 1) / (closeness + norm[:, None])
    added: Floats = (saturated @ weights).astype(np.float32)
    return added


def _pairs(sequence: Sequence[str], roots: Sequence[str], window: int) -> Counter[int]:
    """Return the pairs of different roots in their order; each as one number, and how often."""
    places = {root: place for place, root in enumerate(roots)}
    pairs: Counter[int] = Counter()
    for start, first in enumerate(sequence):
        for second in sequence[start + 1 : start + 1 + window]:
            if first != second:
                pairs[places[first] * len(roots) + places[second]] += 1
        if len(pairs) >= MOST_PAIRS:
            break
    return pairs


def _found(numbers: Numbers, texts: Sequence[Numbers], window: int) -> tuple[Places, Places]:
    """Return all texts in one row, as places of the roots or -1, and which text each is of."""
    apart = np.zeros(window, np.uint32)
    row = np.concatenate([piece for text in texts for piece in (text, apart)])
    owners = np.repeat(np.arange(len(texts)), [len(text) + window for text in texts])
    order = np.argsort(numbers)
    places = np.minimum(np.searchsorted(numbers, row, sorter=order), len(numbers) - 1)
    found = order[places]
    return np.where(numbers[found] == row, found, -1), owners


def _idf(
    roots: Sequence[str], worth: Mapping[str, float], found: Places, owners: Places, texts: int
) -> NDArray[np.float64]:
    here = found >= 0
    held = distinct(found[here] * texts + owners[here]) // texts
    holding = np.bincount(held, minlength=len(roots))
    among = np.log1p((texts - holding + 0.5) / (holding + 0.5))
    return np.array([worth.get(root, among[place]) for place, root in enumerate(roots)])


def _closeness(
    found: Places, owners: Places, keys: Places, *, roots: int, texts: int, window: int
) -> NDArray[np.float64]:
    """Return for each text and pair the sum of 1 / distance over all places where both stand."""
    closeness = np.zeros(texts * len(keys))
    for distance in range(1, window + 1):
        first, second = found[:-distance], found[distance:]
        both = np.flatnonzero((first >= 0) & (second >= 0))
        asked = first[both] * roots + second[both]
        places = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
        known = keys[places] == asked
        at = owners[both[known]] * len(keys) + places[known]
        closeness += np.bincount(at, minlength=len(closeness)) / distance
    return closeness.reshape(texts, len(keys))
