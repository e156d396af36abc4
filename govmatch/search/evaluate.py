"""From a query to scored documents: which ones the grammar lets in, and in which order they stand.

Who is in is decided by clauses that must all hold (`selection`); the order is that of `relevance`,
with rarity, lengths and neighbours measured among what the reader may find. Below all of these
stand documents that have other words for the same (`bridging`). Only when there are none of either,
documents with some of the words are shown, or with words that are spelt like them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from govmatch.kit.records import dataclass
from govmatch.search import bridging
from govmatch.search.analysis import is_stop, is_stop_somewhere, split
from govmatch.search.arrays import NOTHING, Flags, Floats, Found, docs_of
from govmatch.search.audience import Allowed
from govmatch.search.bridging import Meaning
from govmatch.search.compact import CompactDocs, CompactFound
from govmatch.search.form import WORDS
from govmatch.search.knowledge import Knowledge
from govmatch.search.query import Clause, Ignored, Query, Term, Why
from govmatch.search.questioning import question_of, ranking_for, written_in
from govmatch.search.ranges import fitting
from govmatch.search.readable import Readable
from govmatch.search.selection import Selected, Selection
from govmatch.search.snapshot import View
from govmatch.search.spelling import slips

_LEAST_SHARE = 0.1
"""Of the best score; what is worth less is not shown when words are missing."""
_SPELT = 8
"""Words of a query that nobody has and for which such as are spelt alike are looked for."""
_AS_WRITTEN, _AS_READ = np.float32(1.02), np.float32(1.005)
"""Decide between documents of about one score: first those with the very word, then those in the
reader's language."""
_BELOW = np.float32(0.999)


@dataclass(frozen=True, slots=True)
class Matches:
    """What a query found, and with which terms; `loosened` when no document had all words.

    `bridged` flags the documents that have none of the words but others for the same; `concepts`
    are what was asked for, by whatever word.
    """

    found: Found
    terms: frozenset[str]
    ignored: tuple[Ignored, ...]
    loosened: bool = False
    bridged: Flags | None = None
    concepts: frozenset[str] = frozenset()

    def is_bridged(self, document: int) -> bool:
        """Return whether a document has none of the words."""
        return self.bridged is not None and bool(self.bridged[document])


def evaluate(query: Query, view: View, allowed: Allowed, *, lang: str) -> Matches:
    """Return the allowed documents that answer the query; all of them when it has no clauses."""
    kept = view.snapshot.words
    key = ("matches", allowed.key, query.clauses, lang)
    known: _CompactMatches | None = kept.find(key) if allowed.key else None
    matches = known.matches() if known else _Evaluation(query, view, allowed, lang).matches()
    if known is None and allowed.key:
        kept.put(key, _CompactMatches.of(matches, view.size))
    return replace(matches, ignored=(*query.ignored, *matches.ignored))


@dataclass(frozen=True, slots=True)
class _CompactMatches:
    """Matches as they are kept; `rest` has no documents."""

    found: CompactFound
    bridged: CompactDocs | None
    rest: Matches

    @classmethod
    def of(cls, matches: Matches, size: int) -> "_CompactMatches":
        bridged = None if matches.bridged is None else docs_of(matches.bridged)
        return cls(
            CompactFound.of(matches.found, size),
            None if bridged is None else CompactDocs.of(bridged, size),
            replace(matches, found=NOTHING, bridged=None),
        )

    @property
    def nbytes(self) -> int:
        return self.found.nbytes + (self.bridged.nbytes if self.bridged else 0)

    def matches(self) -> Matches:
        bridged = None if self.bridged is None else self.bridged.flags()
        return replace(self.rest, found=self.found.found(), bridged=bridged)


def _terms(clauses: Iterable[Clause]) -> list[Term]:
    return [part for clause in clauses for part in clause.any_of if isinstance(part, Term)]


def _says_nothing(clause: Clause, lang: str) -> bool:
    """Return whether a clause is made of words that say nothing in the reader's language."""
    return all(
        isinstance(part, Term)
        and not part.prefix
        and all(is_stop(word, lang) for group in part.groups for word in split(group))
        for part in clause.any_of
    )


def _is_doubtful(clause: Clause) -> bool:
    """Return whether a clause is one plain word that says nothing in some language."""
    part, *more = clause.any_of
    return (
        not more
        and isinstance(part, Term)
        and not (part.quoted or part.prefix)
        and len(part.groups) == 1
        and is_stop_somewhere(part.groups[0])
    )


class _Evaluation:
    """The answering of one query."""

    def __init__(self, query: Query, view: View, allowed: Allowed, lang: str) -> None:
        self._view = view
        self._allowed = allowed
        self._lang = lang
        self._selection = Selection(view, allowed)
        self._readable = Readable(view, allowed)
        self._slips: set[str] = set()
        self._spellings_left = _SPELT
        worded = [clause for clause in query.clauses if _terms([clause])]
        self._asked = [clause for clause in worded if not clause.excluded]
        self._excluded = [clause for clause in worded if clause.excluded]
        self._open = self._with_values(query)
        for clause in self._excluded:
            self._open &= ~self._holding(clause)

    def _with_values(self, query: Query) -> Flags:
        """Return the allowed documents that have the values which the query asks for."""
        flags = self._allowed.flags.copy()
        for clause in query.clauses:
            values = [part for part in clause.any_of if not isinstance(part, Term)]
            if len(values) == len(clause.any_of):
                there = fitting(self._view, values)
                flags &= ~there if clause.excluded else there
        return flags

    def matches(self) -> Matches:
        """Return what is found.

        Words that say nothing in the reader's language are left out; those that say nothing in
        another language of the index only raise what holds them. A query of nothing else is
        taken at its word.
        """
        if not self._asked:
            docs = docs_of(self._open)
            return self._with(Found(docs, np.zeros(len(docs), np.float32)))
        saying = [c for c in self._asked if not _says_nothing(c, self._lang)] or self._asked
        firm = [c for c in saying if not _is_doubtful(c)] or saying
        direct, either = self._open.copy(), self._open.copy()
        for clause in firm:
            holding = self._holding(clause)
            direct &= holding
            either &= holding | self._speaking(clause)
        if either.any():
            return self._found(direct, either & ~direct)
        return self._loosened(firm)

    def _found(self, direct: Flags, bridged: Flags) -> Matches:
        """Return the documents that have the words, and below them those with others for them."""
        scores = self._scores(direct)
        docs = docs_of(direct)
        if not bridged.any():
            return self._with(Found(docs, scores[docs]))
        below = bridging.score(self._readable, self._meant) * bridged
        top = float(scores[docs].min()) if len(docs) else 0.0
        if top:
            below *= np.float32(top) * _BELOW / below.max()
        docs = docs_of(direct | bridged)
        return self._with(Found(docs, (scores + below)[docs]), bridged=bridged)

    def _loosened(self, firm: Sequence[Clause]) -> Matches:
        """Return the documents with some of the words, or with words that are spelt like them."""
        if all(_says_nothing(clause, self._lang) for clause in self._asked):
            nothing = (Ignored(" ".join(t.groups), Why.STOP_WORD) for t in _terms(self._asked))
            return self._with(NOTHING, ignored=nothing)
        some = self._open & np.logical_or.reduce([self._about(one) for one in firm])
        scores = self._scores(some)
        docs = docs_of(some & (scores >= scores.max(initial=0.0) * np.float32(_LEAST_SHARE)))
        if len(docs):
            return self._with(Found(docs, scores[docs]), loosened=True)
        speaking = self._open & np.logical_or.reduce([self._speaking(one) for one in firm])
        if speaking.any():
            docs = docs_of(speaking)
            below = bridging.score(self._readable, self._meant)
            return self._with(Found(docs, below[docs]), loosened=True, bridged=speaking)
        return self._with(NOTHING)

    def _with(
        self,
        found: Found,
        *,
        loosened: bool = False,
        bridged: Flags | None = None,
        ignored: Iterable[Ignored] = (),
    ) -> Matches:
        cut = dict.fromkeys(self._selection.too_broad)
        broad = (Ignored(f"{word}*", Why.PREFIX_TOO_BROAD) for word in cut)
        return Matches(
            found,
            frozenset(self._selection.terms | self._slips),
            (*ignored, *broad),
            loosened,
            bridged,
            frozenset() if bridged is None else self._concepts(),
        )

    def _concepts(self) -> frozenset[str]:
        return frozenset(concept for meaning in self._meant for concept in meaning.concepts)

    def _selected(self, term: Term, *, widen: bool = True) -> Selected:
        return self._selection.of(term, widen=widen)

    def _holding(self, clause: Clause) -> Flags:
        """Return the documents in which one of the clause's parts holds."""
        flags = np.zeros(self._view.size, np.bool_)
        for part in clause.any_of:
            if isinstance(part, Term):
                flags |= self._selected(part, widen=not clause.excluded).docs.flags()
            else:
                flags |= fitting(self._view, [part])
        return flags

    def _about(self, clause: Clause) -> Flags:
        """Return the documents in which a clause holds; for want of any, with words spelt alike."""
        flags = self._holding(clause) & self._allowed.flags
        if not flags.any():
            for term in _terms([clause]):
                for word in self._spelt_like(term):
                    self._slips.add(word)
                    flags[self._view.postings(WORDS, word).docs] = True
        return flags

    def _spelt_like(self, term: Term) -> Sequence[str]:
        """Return words spelt like a plain one that nobody has, for the first such of the query."""
        if term.quoted or term.prefix or len(term.groups) > 1 or not self._spellings_left:
            return ()
        self._spellings_left -= 1
        return slips(self._view, self._allowed.flags, term.groups[0])

    def _speaking(self, clause: Clause) -> Flags:
        """Return the documents that have other words for one of the clause's terms."""
        known = (meaning for term in _terms([clause]) for meaning in self._meanings.get(term, ()))
        return bridging.speaking_of(self._readable, known)

    @property
    def _known(self) -> Knowledge:
        return self._view.snapshot.knowledge

    @cached_property
    def _languages(self) -> Sequence[str]:
        return written_in(self._text, self._readable, self._lang), self._lang

    @cached_property
    def _text(self) -> str:
        """The words of the query in their order, but those that are only begun."""
        words = (" ".join(term.groups) for term in _terms(self._asked) if not term.prefix)
        return " ".join(words)

    @cached_property
    def _meanings(self) -> dict[Term, Sequence[Meaning]]:
        return dict(bridging.meanings(_terms(self._asked), self._known.bridge, self._languages))

    @property
    def _meant(self) -> Iterator[Meaning]:
        return (meaning for several in self._meanings.values() for meaning in several)

    def _scores(self, within: Flags) -> Floats:
        """Return the relevance of the flagged documents, 0 of all others."""
        selected = [self._selected(term) for term in _terms(self._asked)]
        ranking = ranking_for(self._readable)
        counted = (one.counted.found() for one in selected if len(one.counted.scores))
        more = [ranking.worth(one.docs, one.scores) for one in counted]
        question = question_of(self._text, self._languages[0], self._known.splitters)
        scores = ranking.scores(question, within=within, more=more)
        for one in selected:
            scores[one.exact.docs()] *= _AS_WRITTEN
        scores[self._view.in_language(self._lang)] *= _AS_READ
        return scores
