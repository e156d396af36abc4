"""From a query to scored documents: BM25 over words and titles, whatever form a word has.

score = idf x tf (K1 + 1) / (tf + K1), idf = ln(1 + (N - n + 0.5) / (n + 0.5)); tf comes from
`frequencies`, N and n are counted among the documents that the reader may find (Robertson and
Zaragoza 2009, with the title as a weighted field).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from govmatch.search import masks
from govmatch.search.analysis import is_stop, is_stop_somewhere, split
from govmatch.search.audience import Allowed
from govmatch.search.facets import having
from govmatch.search.frequencies import Found, Frequencies
from govmatch.search.query import Clause, Ignored, Query, Term, Value, Why
from govmatch.search.snapshot import Part, Snapshot

K1 = 1.2


@dataclass(frozen=True, slots=True)
class Matches:
    """What a query found, and with which terms; `loosened` when no document had all words."""

    found: Found
    terms: frozenset[str]
    ignored: tuple[Ignored, ...]
    loosened: bool = False


def evaluate(
    query: Query, snapshot: Snapshot, parts: Sequence[Part], allowed: Allowed, *, lang: str
) -> Matches:
    """Return the allowed documents that answer the query; all of them when it has no clauses."""
    allowed = _with_values(query, parts, allowed)
    worded = [clause for clause in query.clauses if _terms([clause])]
    search = _Search(parts, allowed, Frequencies(snapshot, parts, allowed, lang=lang), lang)
    asked = [clause for clause in worded if not clause.excluded]
    found, loosened = search.all_of(asked)
    for clause in worded:
        if clause.excluded:
            _remove(search.any_of(clause), found)
    ignored = list(query.ignored)
    if asked and not any(found) and all(_says_nothing(clause, lang) for clause in asked):
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


def _with_values(query: Query, parts: Sequence[Part], allowed: Allowed) -> Allowed:
    """Return the allowed documents that have the values which the query asks for."""
    narrowed = list(allowed)
    for clause in query.clauses:
        values = [part for part in clause.any_of if isinstance(part, Value)]
        if len(values) == len(clause.any_of):
            for number, part in enumerate(parts):
                mask = having(part, values)
                narrowed[number] &= ~mask if clause.excluded else mask
    return narrowed


def _remove(unwanted: Found, found: Found) -> None:
    for here, gone in zip(found, unwanted, strict=True):
        for document in here.keys() & gone.keys():
            del here[document]


@dataclass(frozen=True, slots=True)
class _Search:
    parts: Sequence[Part]
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
        required = [self.any_of(clause) for clause in firm]
        found = [_in_all(here) for here in zip(*required, strict=True)]
        loosened = len(required) > 1 and not any(found)
        if loosened:
            found = [_in_some(here) for here in zip(*required, strict=True)]
        for clause in saying:
            if clause not in firm:
                _raise(found, self.any_of(clause))
        return found, loosened and any(found)

    def _everything(self) -> Found:
        return [
            dict.fromkeys(masks.documents(mask, part.segment.size), 0.0)
            for mask, part in zip(self.allowed, self.parts, strict=True)
        ]

    def any_of(self, clause: Clause) -> Found:
        """Return the documents in which one of the clause's terms holds, with the sum."""
        total: Found = [{} for _ in self.parts]
        for choice in clause.any_of:
            if isinstance(choice, Term):
                found = self._scored(self.words.of(choice, widen=not clause.excluded))
            else:
                found = self._having(choice)
            for sums, here in zip(total, found, strict=True):
                for document, score in here.items():
                    sums[document] = sums.get(document, 0.0) + score
        return total

    def _having(self, value: Value) -> Found:
        return [
            dict.fromkeys(masks.documents(mask & having(part, [value]), part.segment.size), 0.0)
            for mask, part in zip(self.allowed, self.parts, strict=True)
        ]

    def _scored(self, frequencies: Found) -> Found:
        holding = sum(map(len, frequencies))
        population = self.words.population
        top = log(1 + (population - holding + 0.5) / (holding + 0.5)) * (K1 + 1)
        return [{d: top * tf / (tf + K1) for d, tf in here.items()} for here in frequencies]


def _in_all(clauses: Sequence[Mapping[int, float]]) -> dict[int, float]:
    first, *others = sorted(clauses, key=len)
    found = dict(first)
    for other in others:
        found = {d: score + other[d] for d, score in found.items() if d in other}
    return found


def _in_some(clauses: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """Return the documents of any clause, worth less the fewer clauses hold in them."""
    sums: dict[int, float] = {}
    holding: dict[int, int] = {}
    for clause in clauses:
        for document, score in clause.items():
            sums[document] = sums.get(document, 0.0) + score
            holding[document] = holding.get(document, 0) + 1
    return {d: score * holding[d] / len(clauses) for d, score in sums.items()}


def _raise(found: Found, more: Found) -> None:
    for here, bonus in zip(found, more, strict=True):
        for document in here.keys() & bonus.keys():
            here[document] += bonus[document]
