"""How rare terms are, and with that the vector of each profile."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import Protocol

from govmatch.kit.records import dataclass
from govmatch.matching.reading import Terms

Vector = Mapping[str, float]
"""Terms with weights whose squares add up to 1; empty for a profile without terms."""


class Having(Protocol):
    """How many profiles have a term: a mapping, or `counts.Counts`."""

    def get(self, term: str, default: int, /) -> int:
        """Return the number, or the default for a term that nobody has."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many profiles there are, and how many of them have a term.

    Counted once over the profiles of all kinds that are compared, so that a score is the same from
    either side; a few profiles more or less change nothing to speak of, so it need not be counted
    anew with each of them.
    """

    profiles: int
    text: Having
    codes: Having

    @classmethod
    def of(cls, all_terms: Iterable[Terms]) -> "Rarity":
        """Count the terms of these profiles."""
        size, text, codes = 0, Counter[str](), Counter[str]()
        for terms in all_terms:
            size += 1
            text.update(terms.text.keys())
            codes.update(terms.codes.keys())
        return cls(size, text, codes)

    def text_vector(self, terms: Terms) -> Vector:
        """Return the texts of a profile as a vector."""
        return _vector(terms.text, self.text_weights(list(terms.text)))

    def code_vector(self, terms: Terms) -> Vector:
        """Return the codes of a profile as a vector."""
        return _vector(terms.codes, self.code_weights(list(terms.codes)))

    def text_weights(self, terms: Sequence[str]) -> list[float]:
        """Return what each of these terms of a text weighs."""
        return self._weights(self.text, terms)

    def code_weights(self, codes: Sequence[str]) -> list[float]:
        """Return what each of these codes weighs."""
        return self._weights(self.codes, codes)

    def _weights(self, having: Having, terms: Sequence[str]) -> list[float]:
        of_all = getattr(having, "of_all", None)  # those of `counts.Counts`, at once
        numbers = of_all(terms) if of_all else [having.get(term, 0) for term in terms]
        return [self._weight(number) for number in numbers]

    def _weight(self, having: int) -> float:
        """Return the weight of a term (the idf of BM25); above 0 even when all profiles have it."""
        return log(1 + (max(self.profiles - having, 0) + 0.5) / (having + 0.5))


def _vector(terms: Mapping[str, float], weights: Sequence[float]) -> Vector:
    pairs = zip(terms.items(), weights, strict=True)
    weighted = {term: count * weight for (term, count), weight in pairs}
    length = sqrt(sum(w * w for w in weighted.values()))
    return {term: w / length for term, w in weighted.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Return how alike two vectors are: 0 when they share nothing, 1 when they are the same."""
    few, many = sorted((one, other), key=len)
    return sum(weight * many[term] for term, weight in few.items() if term in many)
