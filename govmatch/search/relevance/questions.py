"""What is looked up for a query: each term with its weight, its spellings, its neighbours.

A short query is a question: its words and the words near them count, and the order they stand in.
A long one is a profile, such as the text of a challenge that firms are sought for: it says
everything several times, so its own words are enough, the most telling of them.
"""

from collections.abc import Mapping, Sequence
from math import log1p

from govmatch.kit.records import dataclass
from govmatch.search.relevance.terms import QueryTerms
from govmatch.search.relevance.tuning import Tuning


@dataclass(frozen=True, slots=True)
class Asked:
    """A term of a query: how it may be spelt, how much it is said, how many are near it at most."""

    term: str
    spellings: tuple[str, ...]
    weight: float
    neighbours: int


@dataclass(frozen=True, slots=True)
class Question:
    """A query as the ranking takes it; `titles` are sought in titles alone."""

    terms: Sequence[Asked]
    titles: Mapping[str, float]
    sequence: Sequence[str]
    stops: frozenset[str]
    is_profile: bool


def build(asked: QueryTerms, tuning: Tuning) -> Question:
    """Return what to look up for the terms of a query."""
    is_profile = len(asked.roots) >= tuning.profile
    near = 0 if is_profile else _neighbours(len(asked.roots), tuning)
    terms = [
        Asked(
            term, asked.spellings.get(term, ()), _said(weight, tuning, is_profile=is_profile), near
        )
        for term, weight in sorted(asked.roots.items())
    ]
    titles = {} if is_profile else {term: log1p(n) for term, n in sorted(asked.all_roots.items())}
    return Question(terms, titles, asked.sequence, asked.stops, is_profile)


def _said(weight: float, tuning: Tuning, *, is_profile: bool) -> float:
    return weight**tuning.profile_repeats if is_profile else log1p(weight)


def _neighbours(terms: int, tuning: Tuning) -> int:
    """Return how many words near each of so many are looked up: halved until they are few enough.

    Questions of about one length thus share what was worked out for a word.
    """
    each = tuning.neighbours
    while each > 1 and each * terms > tuning.all_neighbours:
        each //= 2
    return each
