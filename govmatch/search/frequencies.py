"""How often a term of a query stands in each document, in whatever form.

tf = count in the text / length norm of the text + TITLE x the same for the title; of several
forms of a word the one that fits best counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from govmatch.search.analysis import is_stop_somewhere, split, stems, words
from govmatch.search.arrays import NOTHING, Flags, Found, best_of, sum_of
from govmatch.search.audience import Allowed
from govmatch.search.documents import LANGUAGE
from govmatch.search.facets import having
from govmatch.search.phrase import occurrences
from govmatch.search.query import Term, Value
from govmatch.search.snapshot import View
from govmatch.search.variants import (
    BEGINNING,
    INSIDE,
    MOST_EXPANSIONS,
    Forms,
    beginnings,
    compound_splits,
    forms,
    most_common,
)

TITLE = 2.5
RARE = 10
"""A word that fewer documents hold is also looked for by the parts it is made of."""

_LOOKED_AT = 2_000
"""Words of a segment that are read for one beginning."""
_EXPANSIONS_OF_A_QUERY = 300
_LOOKS_OF_A_QUERY = 1_500

_COMPOUNDING = (Value(LANGUAGE, "de"), Value(LANGUAGE, "da"))


@dataclass(frozen=True, slots=True)
class _Known:
    """What a word found before, and what it took: the next one need not look again."""

    found: Found
    terms: frozenset[str]
    too_broad: tuple[str, ...]
    expansions: int
    looks: int

    def __len__(self) -> int:
        """Return how much room it takes."""
        return len(self.found)


class Frequencies:
    """Looks up the words of one query among the allowed documents."""

    def __init__(self, view: View, allowed: Allowed, *, lang: str) -> None:
        """Begin a query; `terms` then gathers what was looked for, `too_broad` what was cut."""
        self._view = view
        self._allowed = allowed
        self._lang = lang
        self._expansions_left = _EXPANSIONS_OF_A_QUERY
        self._looks_left = _LOOKS_OF_A_QUERY
        self.population = allowed.population
        self.terms: set[str] = set()
        self.too_broad: list[str] = []

    @cached_property
    def _compounding(self) -> Flags:
        """The allowed documents in languages that write compounds as one word."""
        return self._allowed.flags & having(self._view, _COMPOUNDING)

    def of(self, term: Term, *, widen: bool) -> Found:
        """Return the frequencies of a term; `widen` looks inside compounds too."""
        if not self._allowed.key:
            return self._look_up(term, widen=widen)
        kept = self._view.snapshot.words
        key = (self._allowed.key, self._lang, term, widen)
        known: _Known | None = kept.find(key)
        if known and known.expansions <= self._expansions_left:
            self._take(known)
            return known.found
        terms, broad, self.terms, self.too_broad = self.terms, self.too_broad, set(), []
        expansions, looks = self._expansions_left, self._looks_left
        known = _Known(
            self._look_up(term, widen=widen),
            frozenset(self.terms),
            tuple(self.too_broad),
            expansions - self._expansions_left,
            looks - self._looks_left,
        )
        self.terms, self.too_broad = terms | self.terms, broad + self.too_broad
        if self._expansions_left and self._looks_left:
            kept.put(key, known)
        return known.found

    def _take(self, known: _Known) -> None:
        self.terms |= known.terms
        self.too_broad += known.too_broad
        self._expansions_left -= known.expansions
        self._looks_left = max(0, self._looks_left - known.looks)

    def _look_up(self, term: Term, *, widen: bool) -> Found:
        parts = [part for group in term.groups for part in split(group)]
        if len(term.groups) > 1 or (term.quoted and len(parts) > 1):
            return self._phrase(parts, term)
        group = term.groups[0]
        found = [
            self._forms(forms(group, quoted=term.quoted, lang=self._lang), in_title=term.in_title)
        ]
        if len(parts) > 1 and not term.prefix:
            found.append(self._phrase(parts, term))
        if term.prefix:
            field = "title" if term.in_title else "body"
            found += [
                self._any_word(field, self._asked_for(start), self._allowed.flags)
                for start in words("".join(parts))
            ]
        elif widen and not term.quoted and not term.in_title:
            found += self._widened(group, "".join(parts), found)
        return best_of(found, self._view.size)

    def _widened(self, group: str, joined: str, found: Sequence[Found]) -> list[Found]:
        """Return what compounds hold that begin with the word, and what a rare one is made of."""
        more = [
            self._any_word("body", self._compounds_with(start), self._compounding)
            for start in beginnings(group)
        ]
        if len(best_of([*found, *more], self._view.size)) < RARE:
            more.append(self._insides(joined))
        return more

    def _forms(self, wanted: Forms, *, in_title: bool) -> Found:
        self.terms.update(term for term, _ in (*wanted.written, *wanted.stemmed))
        flags = self._allowed.flags
        title = self._best("title", wanted, flags).times(TITLE)
        if in_title:
            return title
        return sum_of([self._best("body", wanted, flags), title], self._view.size)

    def _best(self, field: str, wanted: Forms, flags: Flags) -> Found:
        """Return for each flagged document the frequency of the term that fits best."""
        found = [
            self._view.postings(name, term).times(weight)
            for name, terms in ((field, wanted.written), (f"{field}_stems", wanted.stemmed))
            for term, weight in terms
        ]
        return self._normed(best_of(found, self._view.size).within(flags), field)

    def _normed(self, found: Found, field: str) -> Found:
        """Return what each count is worth in a text of its length."""
        if not len(found):
            return NOTHING
        norms = self._view.snapshot.norms(self._view, field)
        return Found(found.docs, found.scores * norms[self._view.lengths(field)[found.docs]])

    def _phrase(self, wanted: Sequence[str], term: Term) -> Found:
        """Return how often the words stand next to each other."""
        field = "title" if term.in_title else "body"
        forms_ = 1 if term.quoted else 2
        rows = [() if is_stop_somewhere(word) else words(word)[:forms_] for word in wanted]
        if term.prefix:
            rows[-1] = tuple(t for start in words(wanted[-1]) for t in self._asked_for(start))
        self.terms.update(form for row in rows for form in row)
        return self._normed(occurrences(self._view, field, rows, self._allowed.flags), field)

    def _any_word(self, field: str, chosen: Sequence[str], flags: Flags) -> Found:
        """Return the frequencies of words that only begin as was asked."""
        self.terms.update(chosen)
        return self._best(field, Forms([(word, BEGINNING) for word in chosen], []), flags)

    def _asked_for(self, start: str) -> list[str]:
        """Return the words that a start with a star stands for."""
        candidates = self._beginning_with(start, longer_than=0)
        chosen = self._held_ones(candidates, self._allowed.flags)
        if len(chosen) >= MOST_EXPANSIONS or not self._expansions_left:
            self.too_broad.append(start)
        return chosen

    def _compounds_with(self, start: str) -> list[str]:
        """Return German and Danish words that begin so and go on for some letters."""
        candidates = self._beginning_with(start, longer_than=len(start) + 2)
        return self._held_ones(candidates, self._compounding) if candidates else []

    def _beginning_with(self, start: str, *, longer_than: int) -> list[str]:
        return most_common(self._view.beginning_with(start, at_most=_LOOKED_AT), longer_than)

    def _held_ones(self, candidates: Sequence[str], flags: Flags) -> list[str]:
        """Return the first words that a flagged document holds, as many as may be."""
        most = min(MOST_EXPANSIONS, self._expansions_left)
        chosen: list[str] = []
        for word in candidates[: self._looks_left]:
            self._looks_left -= 1
            if self._is_held("body", word, flags):
                chosen.append(word)
            if len(chosen) >= most:
                break
        self._expansions_left -= len(chosen)
        return chosen

    def _is_held(self, field: str, term: str, flags: Flags) -> bool:
        """Return whether a flagged document holds the term."""
        if not self._view.holds(field, term):
            return False
        return bool(np.any(flags[self._view.postings(field, term).docs]))

    def _is_word(self, piece: str) -> bool:
        """Return whether a German or Danish document holds the word in some form."""
        if is_stop_somewhere(piece):
            return False
        known = [stem for language in ("de", "da") for stem in stems(piece, language)]
        flags = self._compounding
        return self._is_held("body", piece, flags) or any(
            self._is_held("body_stems", stem, flags) for stem in known
        )

    def _insides(self, group: str) -> Found:
        """Return the frequencies of the words that a compound is made of."""
        return sum_of(
            [
                self._forms(
                    forms(piece, quoted=False, lang=self._lang, weight=INSIDE), in_title=False
                )
                for word in words(group)[:1]
                for piece in self._pieces(word)
            ],
            self._view.size,
        )

    def _pieces(self, word: str) -> Sequence[str]:
        """Return the parts of a compound that are words here: both, else the longer one."""
        singles: list[str] = []
        for pair in compound_splits(word):
            known = [piece for piece in pair if self._is_word(piece)]
            if len(known) == 2:
                return known
            singles += known
        return sorted(singles, key=len)[-1:]
