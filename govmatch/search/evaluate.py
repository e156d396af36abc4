"""From a query to scored documents: BM25 over words and titles, whatever form a word has.

score = idf x tf (K1 + 1) / (tf + K1), idf = ln(1 + (N - n + 0.5) / (n + 0.5)); tf comes from
`frequencies`, N and n are counted among the documents that the reader may find (Robertson and
Zaragoza 2009, with the title as a weighted field).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from govmatch.search.analysis import is_stop, is_stop_somewhere, split
from govmatch.search.arrays import Found, docs_of, in_all, in_some, raised, sum_of, without
from govmatch.search.audience import Allowed
from govmatch.search.facets import having
from govmatch.search.frequencies import Frequencies
from govmatch.search.query import Clause, Ignored, Query, Term, Value, Why
from govmatch.search.snapshot import View

K1 = 1.2
_A_TRACE = 1e-6
"""What a document is worth for having a value: it is found, and words decide the order."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What a query found, and with which terms; `loosened` when no document had all words."""

    found: Found
    terms: frozenset[str]
    ignored: tuple[Ignored, ...]
    loosened: bool = False


def evaluate(query: Query, view: View, allowed: Allowed, *, lang: str) -> Matches:
    """Return the allowed documents that answer the query; all of them when it has no clauses."""
    allowed = _with_values(query, view, allowed)
    worded = [clause for clause in query.clauses if _terms([clause])]
    search = _Search(view, allowed, Frequencies(view, allowed, lang=lang), lang)
    asked = [clause for clause in worded if not clause.excluded]
    found, loosened = search.all_of(asked)
    for clause in worded:
        if clause.excluded:
            found = without(found, search.any_of(clause), view.size)
    ignored = list(query.ignored)
    if asked and not len(found) and all(_says_nothing(clause, lang) for clause in asked):
        ignored += [Ignored(" ".join(t.groups), Why.STOP_WORD) for t in _terms(asked)]
    ignored += [Ignored(f"{word}*", Why.PREFIX_TOO_BROAD) for word in search.words.too_broad]
    return Matches(found, frozenset(search.words.terms), tuple(ignored), loosened)


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


def _with_values(query: Query, view: View, allowed: Allowed) -> Allowed:
    """Return the allowed documents that have the values which the query asks for."""
    for clause in query.clauses:
        values = [part for part in clause.any_of if isinstance(part, Value)]
        if len(values) == len(clause.any_of):
            flags = having(view, values)
            allowed = allowed.narrowed(~flags if clause.excluded else flags)
    return allowed


@dataclass(frozen=True, slots=True)
class _Search:
    view: View
    allowed: Allowed
    words: Frequencies
    lang: str

    def all_of(self, clauses: Sequence[Clause]) -> tuple[Found, bool]:
        """Return the documents in which every clause holds, else those in which most do.

        Words that say nothing in the reader's language are left out; those that say nothing in
        another language of the index only raise what holds them. A query of nothing else is
        taken at its word.
        """
        saying = [clause for clause in clauses if not _says_nothing(clause, self.lang)] or clauses
        firm = [clause for clause in saying if not _is_doubtful(clause)] or saying
        if not firm:
            return self._everything(), False
        size = self.view.size
        required = [self.any_of(clause) for clause in firm]
        found = in_all(required, size)
        loosened = len(required) > 1 and not len(found)
        if loosened:
            found = in_some(required, size)
        for clause in saying:
            if clause not in firm:
                found = raised(found, self.any_of(clause), size)
        return found, loosened and bool(len(found))

    def _everything(self) -> Found:
        docs = docs_of(self.allowed.flags)
        return Found(docs, np.zeros(len(docs), np.float32))

    def any_of(self, clause: Clause) -> Found:
        """Return the documents in which one of the clause's terms holds, with the sum."""
        return sum_of(
            [
                self._scored(self.words.of(choice, widen=not clause.excluded))
                if isinstance(choice, Term)
                else self._having(choice)
                for choice in clause.any_of
            ],
            self.view.size,
        )

    def _having(self, value: Value) -> Found:
        docs = docs_of(self.allowed.flags & having(self.view, [value]))
        return Found(docs, np.full(len(docs), _A_TRACE, np.float32))

    def _scored(self, frequencies: Found) -> Found:
        holding, population = len(frequencies), self.words.population
        top = log(1 + (population - holding + 0.5) / (holding + 0.5)) * (K1 + 1)
        tf = frequencies.scores
        return Found(frequencies.docs, np.float32(top) * tf / (tf + np.float32(K1)))
