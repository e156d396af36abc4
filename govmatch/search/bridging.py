"""Documents that have other words for what is asked, mostly of another language; see `bridge`."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from govmatch.kit.records import dataclass
from govmatch.search.analysis import LANGUAGES, split
from govmatch.search.arrays import Flags, Floats
from govmatch.search.bridge.concepts import SPELLING, Bridge
from govmatch.search.query import Term
from govmatch.search.readable import Readable
from govmatch.search.relevance.terms import ROOTS
from govmatch.search.relevance.tuning import DEFAULT

_HALF, _ONE_OF_SEVERAL, _MORE = 0.5, 0.3, 1e-4


@dataclass(frozen=True, slots=True)
class Meaning:
    """The concepts of a word, and how much of them a text must have to speak of the same.

    More than half of what a compound is made of; one of the things that a word may mean.
    """

    concepts: Mapping[str, float]

    @property
    def need(self) -> float:
        total = sum(self.concepts.values())
        return total * (_HALF if total > 1 else _ONE_OF_SEVERAL) + _MORE


def meanings(
    terms: Sequence[Term], bridge: Bridge, languages: Sequence[str]
) -> Mapping[Term, Sequence[Meaning]]:
    """Return what each word may mean: by itself, and as a part of a phrase of several.

    `languages` are those in which the query may be written, the likeliest first. What is quoted,
    the beginning of a word, what is sought in titles alone and what was not typed but added is
    taken as it is written.
    """
    plain = [t for t in terms if not (t.quoted or t.prefix or t.in_title or t.added)]
    phrases = _phrases(
        " ".join(group for term in plain for group in term.groups), bridge, languages
    )
    found: dict[Term, list[Meaning]] = {}
    for term in plain:
        own = _concepts(" ".join(term.groups), bridge, languages)
        parts = {part for group in term.groups for part in split(group)}
        together = [meaning for words, meaning in phrases if parts <= words]
        if own or together:
            found[term] = [*([Meaning(own)] if own else ()), *together]
    return found


def _concepts(text: str, bridge: Bridge, languages: Sequence[str]) -> Mapping[str, float]:
    """Return the concepts of a text in the first language in which it has any."""
    for language in dict.fromkeys((*languages, *LANGUAGES)):
        found = {
            term: weight
            for term, weight in bridge.terms(text, language).items()
            if not term.startswith(SPELLING)
        }
        if found:
            return found
    return {}


def _phrases(
    text: str, bridge: Bridge, languages: Sequence[str]
) -> Sequence[tuple[frozenset[str], Meaning]]:
    found: dict[str, dict[str, float]] = {}
    for sighting in bridge.read(text, languages[0]):
        if " " in sighting.written:
            found.setdefault(sighting.written, {})[sighting.term] = sighting.weight
    return [(frozenset(words.split()), Meaning(concepts)) for words, concepts in found.items()]


def speaking_of(readable: Readable, known: Iterable[Meaning]) -> Flags:
    """Return the documents that speak of one of these."""
    flags = np.zeros(readable.size, np.bool_)
    for meaning in known:
        covered = np.zeros(readable.size, np.float32)
        for concept, weight in meaning.concepts.items():
            covered[readable.concept(concept).docs] += np.float32(weight)
        flags |= covered >= np.float32(meaning.need)
    return flags


def score(readable: Readable, known: Iterable[Meaning]) -> Floats:
    """Return how much each document speaks of these: as the ranking of words does, by concepts."""
    scores = np.zeros(readable.size, np.float32)
    norm = readable.norm(ROOTS, DEFAULT.text)
    for meaning in known:
        for concept, weight in meaning.concepts.items():
            held = readable.concept(concept)
            idf = np.log1p((readable.population - len(held) + 0.5) / (len(held) + 0.5))
            saturated = held.scores * norm.top / (held.scores + norm.by_document[held.docs])
            scores[held.docs] += np.float32(weight * idf) * saturated
    return scores
