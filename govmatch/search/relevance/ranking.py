"""From a question to a score for every document: one sum over terms, explained term by term.

score = sum over terms of
    words x said x rarity(n) x saturation(tf)            the word itself
    + near x said x rarity(n') x saturation(tf')          it and its neighbours, by nearness squared
    + title x said x idf(n'') x saturation(tf'')          in the title, stop words too
plus, for the best documents, `pairs` (see `together`).

said = ln(1 + times in the query), idf(n) = ln(1 + (N - n + 0.5) / (n + 0.5)), rarity = idf^1.5,
saturation(tf) = tf (k1 + 1) / (tf + k1 (1 - b + b length / mean length)): Robertson and Zaragoza
2009, with one power more for rare words.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from govmatch.search.arrays import Docs, Floats
from govmatch.search.kept import Kept
from govmatch.search.relevance.nearby import Nearby
from govmatch.search.relevance.postings import Impact, Postings
from govmatch.search.relevance.questions import Asked, Question
from govmatch.search.relevance.terms import ROOTS, TITLE
from govmatch.search.relevance.together import score_together
from govmatch.search.relevance.tuning import DEFAULT, Saturation, Tuning

_KEPT = 3_000_000
"""Documents of all impacts that are kept, 8 bytes for each."""


@dataclass(frozen=True, slots=True)
class _Norm:
    """k1 (1 - b + b length / mean length) for each document, and k1 + 1."""

    by_document: Floats
    top: float


class Ranking:
    """Ranks the documents of one index; the same question gets the same answer."""

    def __init__(
        self, index: Postings, *, nearby: Nearby | None = None, tuning: Tuning = DEFAULT
    ) -> None:
        """Begin with one generation of an index; without `nearby` no word has neighbours."""
        self._kept = Kept[Hashable, Impact](_KEPT, lambda impact: 1 + len(impact[0]))
        self._index = index
        self._nearby = nearby
        self._tuning = tuning
        self._roots = _norm(index.lengths(ROOTS), tuning.text)
        self._profile = _norm(index.lengths(ROOTS), tuning.profile_text)
        self._titles = _norm(index.lengths(TITLE), tuning.headings)

    def scores(self, question: Question) -> Floats:
        """Return the score of every document; 0 where no term of the question stands."""
        scores = np.zeros(self._index.size, np.float32)
        for documents, impact in self._impacts(question):
            scores[documents] += impact
        return self._with_pairs(question, scores)

    def best(self, question: Question, *, most: int) -> list[tuple[int, float]]:
        """Return the documents with the highest scores; of equal ones those with lower numbers."""
        scores = self.scores(question)
        return [(number, float(scores[number])) for number in _highest(scores, most).tolist()]

    def _impacts(self, question: Question) -> Iterable[Impact]:
        if question.is_profile:
            yield from self._of_profile(question)
            return
        for asked in question.terms:
            key = (asked.term, asked.spellings)
            yield _times(asked.weight, self._kept.get(("word", key), partial(self._word, asked)))
            yield _times(asked.weight, self._kept.get(("near", key), partial(self._near, asked)))
        for term, said in question.titles.items():
            yield _times(said, self._kept.get(("title", term), partial(self._title, term)))

    def _of_profile(self, question: Question) -> Iterable[Impact]:
        """Return the impacts of the most telling terms of a long text."""
        held = [(asked, self._index.postings(ROOTS, asked.term)[0]) for asked in question.terms]
        telling = sorted(
            ((self._telling(asked, len(ids)), asked) for asked, ids in held if len(ids)),
            key=lambda one: (-one[0], one[1].term),
        )
        for worth, asked in telling[: self._tuning.profile_terms]:
            of_term = partial(self._profile_word, asked)
            yield _times(worth, self._kept.get(("profile", asked.term), of_term))

    def _telling(self, asked: Asked, holding: int) -> float:
        return float(asked.weight * self._idf(holding) ** self._tuning.profile_rarity)

    def _profile_word(self, asked: Asked) -> Impact:
        ids, tf = self._index.postings(ROOTS, asked.term)
        return ids, _saturated(self._profile, ids, tf)

    def _word(self, asked: Asked) -> Impact:
        ids, tf = self._held(asked)
        worth = self._tuning.words * self._rarity(len(ids))
        return ids, worth * _saturated(self._roots, ids, tf)

    def _near(self, asked: Asked) -> Impact:
        """Return what the word and its neighbours add, together as if they were one word."""
        rows = [self._held(asked)]
        shares = [1.0]
        if self._nearby is not None:
            places, nearness = self._nearby.of(
                asked.term, likeness=self._tuning.likeness, most=self._tuning.neighbours
            )
            for place, near in zip(places.tolist(), nearness.tolist(), strict=True):
                term = self._nearby.vocabulary[place]
                if term not in asked.spellings:
                    rows.append(self._index.postings(ROOTS, term))
                    shares.append(near**2)
        ids, tf, holding = _sum(rows, shares, self._index.size)
        worth = self._tuning.near * self._rarity(holding)
        return ids, worth * _saturated(self._roots, ids, tf)

    def _title(self, term: str) -> Impact:
        ids, tf = self._index.postings(TITLE, term)
        worth = self._tuning.title * self._idf(len(ids))
        return ids, worth * _saturated(self._titles, ids, tf)

    def _held(self, asked: Asked) -> Impact:
        rows = [self._index.postings(ROOTS, term) for term in (asked.term, *asked.spellings)]
        if not any(len(ids) for ids, _ in rows[1:]):
            return rows[0]
        ids, tf, _ = _sum(rows, [1.0] * len(rows), self._index.size)
        return ids, tf

    def _with_pairs(self, question: Question, scores: Floats) -> Floats:
        if not self._tuning.pairs:
            return scores
        first = _highest(scores, self._tuning.second)
        texts = [self._index.sequence(number) for number in first.tolist()]
        worth = {
            term: self._idf(len(self._index.postings(ROOTS, term)[0]))
            for term in set(question.sequence) - question.stops
        }
        added = score_together(question.sequence, texts, worth, window=self._tuning.window)
        scores[first] += self._tuning.pairs * added
        return scores

    def _rarity(self, holding: float) -> float:
        return float(self._idf(holding) ** self._tuning.rarity)

    def _idf(self, holding: float) -> float:
        return float(np.log1p(max(0.0, self._index.size - holding + 0.5) / (holding + 0.5)))


def _norm(lengths: Floats, shape: Saturation) -> _Norm:
    mean = float(lengths.mean()) if len(lengths) else 0.0
    relative = lengths / mean if mean else lengths
    return _Norm((shape.k1 * (1 - shape.b + shape.b * relative)).astype(np.float32), shape.k1 + 1)


def _times(said: float, impact: Impact) -> Impact:
    documents, worth = impact
    return documents, np.float32(said) * worth


def _saturated(norm: _Norm, ids: Docs, tf: Floats) -> Floats:
    return tf * np.float32(norm.top) / (tf + norm.by_document[ids])


def _sum(
    rows: Sequence[tuple[Docs, Floats]], shares: Sequence[float], size: int
) -> tuple[Docs, Floats, float]:
    """Return the weighted sum of several terms, and how many documents hold one of them.

    A document that holds only what is near counts as a part of one.
    """
    tf = np.zeros(size, np.float32)
    holding = np.zeros(size, np.float32)
    for (ids, weights), share in zip(rows, shares, strict=True):
        tf[ids] += np.float32(share) * weights
        holding[ids] += np.float32(share)
    ids = np.flatnonzero(tf).astype(np.int32)
    return ids, tf[ids], float(np.minimum(holding[ids], 1.0).sum())


def _highest(scores: Floats, most: int) -> Docs:
    """Return the numbers of the highest scores that are over 0, the highest first."""
    most = min(most, len(scores))
    if not most:
        return np.empty(0, np.int32)
    lowest = np.partition(scores, len(scores) - most)[len(scores) - most]
    chosen = np.flatnonzero((scores >= lowest) & (scores > 0))
    order = np.lexsort((chosen, -scores[chosen]))[:most]
    return chosen[order].astype(np.int32)
