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

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import Protocol

import numpy as np

from govmatch.search.arrays import Docs, Flags, Floats, Found
from govmatch.search.compact import CompactFound
from govmatch.search.kept import Kept, in_bytes
from govmatch.search.relevance.postings import Impact, Norm, Postings
from govmatch.search.relevance.questions import Asked, Question
from govmatch.search.relevance.terms import ROOTS, TITLE
from govmatch.search.relevance.together import score_together
from govmatch.search.relevance.tuning import DEFAULT, Saturation, Tuning

_KEPT = 24_000_000
"""Bytes of all impacts that are kept."""


class Neighbourhood(Protocol):
    """Knows which terms are made of the letters of a word."""

    def terms(self, word: str, *, likeness: float, most: int) -> Sequence[tuple[str, float]]:
        """Return at most so many terms that are at least so near, the nearest first."""


class Ranking:
    """Ranks the documents of one index; the same question gets the same answer."""

    def __init__(
        self,
        index: Postings,
        *,
        nearby: Neighbourhood | None = None,
        tuning: Tuning = DEFAULT,
        kept: Kept[Hashable, CompactFound] | None = None,
        key: Hashable = None,
    ) -> None:
        """Begin with one generation of an index; without `nearby` no word has neighbours.

        What is worked out is kept in `kept` under `key`, which tells who may find what.
        """
        self._kept = kept or Kept[Hashable, CompactFound](_KEPT, in_bytes)
        self._key = key
        self._index = index
        self._nearby = nearby
        self._tuning = tuning
        self._norms: dict[tuple[str, Saturation], Norm] = {}

    def _norm(self, channel: str, shape: Saturation) -> Norm:
        if (channel, shape) not in self._norms:
            self._norms[channel, shape] = self._index.norm(channel, shape)
        return self._norms[channel, shape]

    def _keep(self, what: str, term: Hashable, work_out: Callable[[], Impact]) -> Impact:
        key = (self._key, what, term)
        known = self._kept.find(key)
        if known is None:
            ids, worth = work_out()
            self._kept.put(key, CompactFound.of(Found(ids, worth), self._index.size))
            return ids, worth
        return known.docs.docs(), known.scores

    def scores(
        self, question: Question, *, within: Flags | None = None, more: Iterable[Impact] = ()
    ) -> Floats:
        """Return the score of every document; 0 where no term of the question stands.

        Documents that are not flagged in `within` score 0; `more` is added to the others.
        """
        scores = np.zeros(self._index.size, np.float32)
        for documents, impact in (*self._impacts(question), *more):
            scores[documents] += impact
        if within is not None:
            scores *= within
        return self._with_pairs(question, scores)

    def worth(self, documents: Docs, tf: Floats) -> Impact:
        """Return what holding something is worth that is no term, such as words in a row."""
        tuning = self._tuning
        worth = (tuning.words + tuning.near) * self._rarity(len(documents))
        return documents, worth * _saturated(self._norm(ROOTS, tuning.text), documents, tf)

    def best(self, question: Question, *, most: int) -> list[tuple[int, float]]:
        """Return the documents with the highest scores; of equal ones those with lower numbers."""
        scores = self.scores(question)
        return [(number, float(scores[number])) for number in _highest(scores, most).tolist()]

    def _impacts(self, question: Question) -> Iterable[Impact]:
        if question.is_profile:
            yield from self._of_profile(question)
            return
        for asked in question.terms:
            key = (asked.term, asked.spellings, asked.neighbours)
            yield _times(asked.weight, self._keep("word", key, partial(self._word, asked)))
        for term, said in question.titles.items():
            yield _times(said, self._keep("title", term, partial(self._title, term)))

    def _of_profile(self, question: Question) -> Iterable[Impact]:
        """Return the impacts of the most telling terms of a long text."""
        held = [(asked, self._index.postings(ROOTS, asked.term)[0]) for asked in question.terms]
        telling = sorted(
            ((self._telling(asked, len(ids)), asked) for asked, ids in held if len(ids)),
            key=lambda one: (-one[0], one[1].term),
        )
        for worth, asked in telling[: self._tuning.profile_terms]:
            of_term = partial(self._profile_word, asked)
            yield _times(worth, self._keep("profile", asked.term, of_term))

    def _telling(self, asked: Asked, holding: int) -> float:
        return float(asked.weight * self._idf(holding) ** self._tuning.profile_rarity)

    def _profile_word(self, asked: Asked) -> Impact:
        ids, tf = self._index.postings(ROOTS, asked.term)
        return ids, _saturated(self._norm(ROOTS, self._tuning.profile_text), ids, tf)

    def _word(self, asked: Asked) -> Impact:
        """Return what a word adds, and what it and its neighbours add as if they were one word."""
        held, tf = self._held(asked)
        norm = self._norm(ROOTS, self._tuning.text)
        worth = self._tuning.words * self._rarity(len(held)) * _saturated(norm, held, tf)
        ids, tf, holding = self._with_neighbours(asked, (held, tf))
        both = self._tuning.near * self._rarity(holding) * _saturated(norm, ids, tf)
        both[np.searchsorted(ids, held)] += worth
        return ids, both

    def _with_neighbours(self, asked: Asked, held: Impact) -> tuple[Docs, Floats, float]:
        rows, shares = [held], [1.0]
        if self._nearby is not None:
            near = self._nearby.terms(
                asked.term, likeness=self._tuning.likeness, most=asked.neighbours
            )
            for term, nearness in near:
                if term not in asked.spellings:
                    rows.append(self._index.postings(ROOTS, term))
                    shares.append(nearness**2)
        return _sum(rows, shares, self._index.size)

    def _title(self, term: str) -> Impact:
        ids, tf = self._index.postings(TITLE, term)
        worth = self._tuning.title * self._idf(len(ids))
        return ids, worth * _saturated(self._norm(TITLE, self._tuning.headings), ids, tf)

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
        return float(np.log1p(max(0.0, self._index.population - holding + 0.5) / (holding + 0.5)))


def _times(said: float, impact: Impact) -> Impact:
    documents, worth = impact
    return documents, np.float32(said) * worth


def _saturated(norm: Norm, ids: Docs, tf: Floats) -> Floats:
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
    # The smallest of the negatives: most scores are 0, and their highest take ten times as long.
    lowest = -np.partition(-scores, most - 1)[most - 1]
    chosen = np.flatnonzero((scores >= lowest) & (scores > 0))
    order = np.lexsort((chosen, -scores[chosen]))[:most]
    return chosen[order].astype(np.int32)
