"""Which documents hold a term of a query, in whatever form; how well they do is not asked here.

A word is found as it is written, by its roots in texts of each language, by the parts of compounds
(they are in the index as roots), and, when hardly anything has it, by the parts that it is made of.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from govmatch.kit.records import dataclass
from govmatch.search.analysis import (
    LANGUAGES,
    is_stop_somewhere,
    plain,
    restored,
    root,
    split,
    words,
    written_out,
)
from govmatch.search.arrays import NOTHING, Docs, Flags, Found, docs_of, sum_of
from govmatch.search.audience import Allowed
from govmatch.search.compact import CompactDocs, CompactFound
from govmatch.search.form import HEADINGS, ROOTS, TITLE, WORDS
from govmatch.search.knowledge import Knowledge
from govmatch.search.phrase import occurrences
from govmatch.search.query import Term
from govmatch.search.readable import of_language
from govmatch.search.snapshot import View

RARE = 10
"""A word that fewer documents hold is also looked for by the parts it is made of."""
MOST_EXPANSIONS = 50
"""Words that the beginning of a word may stand for."""

_LOOKED_AT = 2_000
"""Words of a segment that are read for one beginning."""
_EXPANSIONS_OF_A_QUERY = 300
_LOOKS_OF_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class Selected:
    """Documents that hold a term, and by which terms of the index; `exact` as it was written.

    `counted` has how often, of what is no single word: words in a row, the beginning of a word.
    """

    docs: CompactDocs
    exact: CompactDocs
    counted: CompactFound
    terms: frozenset[str]
    too_broad: tuple[str, ...]
    expansions: int
    looks: int

    @property
    def nbytes(self) -> int:
        return self.docs.nbytes + self.exact.nbytes + self.counted.nbytes


class Selection:
    """Looks up the terms of one query among the allowed documents."""

    def __init__(self, view: View, allowed: Allowed) -> None:
        """Begin a query; `terms` then gathers what was looked for, `too_broad` what was cut."""
        self._view = view
        self._allowed = allowed
        self._expansions_left = _EXPANSIONS_OF_A_QUERY
        self._looks_left = _LOOKS_OF_A_QUERY
        self.terms: set[str] = set()
        self.too_broad: list[str] = []

    def of(self, term: Term, *, widen: bool) -> Selected:
        """Return the documents that hold a term; `widen` looks for parts of a compound too."""
        kept = self._view.snapshot.words
        key = ("selected", self._allowed.key, term, widen)
        known: Selected | None = kept.find(key) if self._allowed.key else None
        if known is None or known.expansions > self._expansions_left:
            known = self._look_up(term, widen=widen)
            if self._allowed.key and known.expansions < self._expansions_left:
                kept.put(key, known)
        self.terms |= known.terms
        self.too_broad += known.too_broad
        self._expansions_left -= known.expansions
        self._looks_left = max(0, self._looks_left - known.looks)
        return known

    def _look_up(self, term: Term, *, widen: bool) -> Selected:
        lookup = _Lookup(
            self._view,
            self._allowed.flags,
            self._view.snapshot.knowledge,
            min(MOST_EXPANSIONS, self._expansions_left),
            self._looks_left,
        )
        exact, found, counted = lookup.of(term, widen=widen)
        return Selected(
            docs=CompactDocs.of(found, self._view.size),
            exact=CompactDocs.of(exact, self._view.size),
            counted=CompactFound.of(counted, self._view.size),
            terms=frozenset(lookup.terms),
            too_broad=tuple(lookup.too_broad),
            expansions=lookup.expansions,
            looks=lookup.looks,
        )


class _Lookup:
    """The look-up of one term."""

    def __init__(
        self, view: View, flags: Flags, known: Knowledge, most: int, most_looks: int
    ) -> None:
        self._view = view
        self._flags = flags
        self._known = known
        self._most = most
        self._most_looks = most_looks
        self.terms: set[str] = set()
        self.too_broad: list[str] = []
        self.expansions = 0
        self.looks = 0

    def of(self, term: Term, *, widen: bool) -> tuple[Docs, Docs, Found]:
        """Return who holds the term as it is written, in any form, and how often if it is none."""
        parts = [part for group in term.groups for part in split(group)]
        if len(term.groups) > 1 or (term.quoted and len(parts) > 1):
            counted = self._in_a_row(parts, term)
            return counted.docs, counted.docs, counted
        field = TITLE if term.in_title else WORDS
        joined = "".join(parts)
        written = words(joined)[:1] if term.quoted else words(joined)
        if term.prefix:
            counted = self._beginning(field, [*written, *self._asked_for(words(joined))])
            return counted.docs, counted.docs, counted
        exact = self._with_any(field, written)
        found = exact
        if not term.quoted:
            found = found | self._with_roots(HEADINGS if term.in_title else ROOTS, joined)
            if len(parts) > 1:
                found[self._in_a_row(parts, term).docs] = True
            if widen and not (term.in_title or term.added) and int(found.sum()) < RARE:
                found = found | self._with_parts(joined)
        return docs_of(exact), docs_of(found), NOTHING

    def _with_any(self, field: str, terms: Iterable[str]) -> Flags:
        flags = np.zeros(self._view.size, np.bool_)
        for term in terms:
            self.terms.add(term)
            flags[self._view.postings(field, term).docs] = True
        return flags & self._flags

    def _with_roots(self, field: str, part: str) -> Flags:
        """Return the documents of each language that hold the word in some form of it."""
        word = plain(part)
        roots = [(language, one) for language in LANGUAGES for one in _roots(word, language)]
        splitters = self._known.splitters.items() if field == ROOTS else ()
        pieces = [(language, splitter.piece(word)) for language, splitter in splitters]
        return self._with_marked(field, (*roots, *(one for one in pieces if one[1])))

    def _with_marked(self, field: str, roots: Iterable[tuple[str, str]]) -> Flags:
        flags = np.zeros(self._view.size, np.bool_)
        for language, one in dict.fromkeys(roots):
            marked = of_language(one, language)
            self.terms.add(marked)
            docs = self._view.postings(field, one).docs
            flags[docs[self._view.in_language(language)[docs]]] = True
            if field == ROOTS:  # the labels of a text may be in another language
                flags[self._view.postings(field, marked).docs] = True
        return flags & self._flags

    def _with_parts(self, joined: str) -> Flags:
        """Return the documents that hold what a compound is made of."""
        return self._with_marked(
            ROOTS,
            (
                (language, piece)
                for language, splitter in sorted(self._known.splitters.items())
                for piece in splitter.split(plain(joined))
                if not is_stop_somewhere(piece)
            ),
        )

    def _in_a_row(self, wanted: Sequence[str], term: Term) -> Found:
        """Return how often the words stand next to each other."""
        field = TITLE if term.in_title else WORDS
        forms = 1 if term.quoted else 2
        rows = [() if is_stop_somewhere(word) else words(word)[:forms] for word in wanted]
        if term.prefix:
            rows[-1] = tuple(self._asked_for(words(wanted[-1])))
        self.terms.update(form for row in rows for form in row)
        return occurrences(self._view, field, rows, self._flags)

    def _beginning(self, field: str, chosen: Sequence[str]) -> Found:
        self.terms.update(chosen)
        held = [self._view.postings(field, one) for one in dict.fromkeys(chosen)]
        return sum_of(held, self._view.size).within(self._flags)

    def _asked_for(self, starts: Iterable[str]) -> list[str]:
        """Return the words that a start with a star stands for, the most common ones."""
        chosen: list[str] = []
        for start in starts:
            candidates = _most_common(self._view.beginning_with(start, at_most=_LOOKED_AT))
            found = self._held_ones(candidates)
            if len(found) >= MOST_EXPANSIONS or self.expansions >= self._most:
                self.too_broad.append(start)
            chosen += found
        return chosen

    def _held_ones(self, candidates: Mapping[str, Collection[int]]) -> list[str]:
        """Return the first words that an allowed document holds, as many as may be."""
        chosen: list[str] = []
        if not self._flags.any():
            return chosen
        for word, segments in candidates.items():
            if self.looks >= self._most_looks or self.expansions >= self._most:
                break
            self.looks += 1
            if np.any(self._flags[self._view.postings(WORDS, word, only=segments).docs]):
                chosen.append(word)
                self.expansions += 1
        return chosen


def _roots(word: str, language: str) -> Iterable[str]:
    """Return the roots of a plain word in a language, however its letters are written."""
    forms = (word, restored(word, language), written_out(word))
    return dict.fromkeys(root(form, language) for form in forms if form)


def _most_common(found: Sequence[Sequence[tuple[str, int]]]) -> Mapping[str, Collection[int]]:
    """Return the words of all segments, the most common first, and which may hold each."""
    total: dict[str, int] = {}
    cut = [number for number, row in enumerate(found) if len(row) >= _LOOKED_AT]
    holding: dict[str, set[int]] = {}
    for number, row in enumerate(found):
        for term, documents in row:
            total[term] = total.get(term, 0) + documents
            holding.setdefault(term, set(cut)).add(number)
    return {term: holding[term] for term in sorted(total, key=lambda term: (-total[term], term))}
