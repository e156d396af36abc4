"""Profiles of one kind, laid out so that the best for another profile are found at once.

For each term there are two arrays: the profiles that have it, and how much of it each has. A
question adds up the arrays of its terms, so it costs what its terms are frequent and no more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from govmatch.matching.facts import compare, is_ruled_out
from govmatch.matching.profile import Profile
from govmatch.matching.rarity import Rarity, Vector
from govmatch.matching.reading import Terms
from govmatch.matching.score import WEIGHTS, Match, matched

Floats = NDArray[np.float32]

_LOOKED_AT = 5
"""Times as many profiles as are wanted, the best by text and codes, have their facts compared."""


class Postings:
    """For each term of some vectors who has it and how much."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        """Lay out the vectors; who has a term is told by the place in this sequence."""
        gathered: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, vector in enumerate(vectors):
            for term, weight in vector.items():
                gathered[term].append((number, weight))
        self._size = len(vectors)
        self._rows = {term: _columns(pairs) for term, pairs in gathered.items()}

    def scores(self, vector: Vector) -> Floats:
        """Return the cosine of a vector with each of those laid out."""
        found = np.zeros(self._size, np.float32)
        for term, weight in vector.items():
            if term in self._rows:
                numbers, weights = self._rows[term]
                found[numbers] += np.float32(weight) * weights
        return found


def _columns(pairs: Sequence[tuple[int, float]]) -> tuple[NDArray[np.int32], Floats]:
    numbers, weights = zip(*pairs, strict=True)
    return np.array(numbers, np.int32), np.array(weights, np.float32)


class Pool:
    """Profiles that can be proposed. Made anew when they change; never changed itself."""

    def __init__(self, profiles: Iterable[tuple[Profile, Terms]], *, rarity: Rarity) -> None:
        """Lay out profiles that were read; `rarity` is that of all profiles that are compared."""
        known = list(profiles)
        self._profiles = [profile for profile, _ in known]
        self._rarity = rarity
        self._text = Postings([rarity.text_vector(terms) for _, terms in known])
        self._codes = Postings([rarity.code_vector(terms) for _, terms in known])

    def rank(self, profile: Profile, terms: Terms, *, on: date, most: int = 50) -> list[Match]:
        """Return the profiles that fit best, best first; equal ones in the order of their ids.

        Left out are the profile itself, those that share nothing with it, and those that a gate on
        either side rules out on that day.
        """
        text = self._text.scores(self._rarity.text_vector(terms))
        codes = self._codes.scores(self._rarity.code_vector(terms))
        total = WEIGHTS.text * text + WEIGHTS.codes * codes
        found: list[Match] = []
        for number in _best(total, most * _LOOKED_AT):
            other = self._profiles[number]
            if (other.kind, other.id) == (profile.kind, profile.id):
                continue
            findings = compare(profile, other, on=on)
            if not is_ruled_out(findings):
                values = {"text": float(text[number]), "codes": float(codes[number])}
                found.append(matched(other.kind, other.id, findings=findings, **values))
        return sorted(found, key=lambda match: (-match.score, match.id))[:most]


def _best(scores: Floats, most: int) -> Iterable[int]:
    """Return the places of the highest scores above zero, in no order; ties at the end all."""
    if len(scores) > most:
        # of the negative, since the other end is slow where most scores are zero
        bar = max(-np.partition(-scores, most)[most], np.nextafter(np.float32(0), np.float32(1)))
        return [int(number) for number in np.flatnonzero(scores >= bar)]
    return [int(number) for number in np.flatnonzero(scores > 0)]
