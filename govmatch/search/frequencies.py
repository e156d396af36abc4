"""How often a term of a query stands in each document, in whatever form.

tf = count in the text / length norm of the text + TITLE x the same for the title; of several
forms of a word the one that fits best counts.
"""

from collections.abc import Sequence
from functools import cached_property

from govmatch.search import masks
from govmatch.search.analysis import is_stop_somewhere, split, stems, words
from govmatch.search.audience import Allowed
from govmatch.search.documents import LANGUAGE
from govmatch.search.facets import having
from govmatch.search.phrase import occurrences
from govmatch.search.query import Term, Value
from govmatch.search.snapshot import Part, Snapshot
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

Found = list[dict[int, float]]
"""For each part of a snapshot: documents, and how much there is in each."""

_COMPOUNDING = (Value(LANGUAGE, "de"), Value(LANGUAGE, "da"))


class Frequencies:
    """Looks up the words of one query among the allowed documents."""

    def __init__(
        self, snapshot: Snapshot, parts: Sequence[Part], allowed: Allowed, *, lang: str
    ) -> None:
        """Begin a query; `terms` then gathers what was looked for, `too_broad` what was cut."""
        self._parts = parts
        self._allowed = allowed
        self._lang = lang
        self._norms = {field: snapshot.norms(parts, field) for field in ("body", "title")}
        self._flags = self._flags_of(allowed)
        self._expansions_left = _EXPANSIONS_OF_A_QUERY
        self._looks_left = _LOOKS_OF_A_QUERY
        self.population = sum(mask.bit_count() for mask in allowed)
        self.terms: set[str] = set()
        self.too_broad: list[str] = []

    def _flags_of(self, allowed: Allowed) -> list[bytes]:
        return [
            masks.flags(mask, part.segment.size)
            for mask, part in zip(allowed, self._parts, strict=True)
        ]

    @cached_property
    def _compounding_flags(self) -> list[bytes]:
        """The allowed documents in languages that write compounds as one word."""
        return self._flags_of(
            [
                mask & having(part, _COMPOUNDING)
                for mask, part in zip(self._allowed, self._parts, strict=True)
            ]
        )

    def of(self, term: Term, *, widen: bool) -> Found:
        """Return the frequencies of a term; `widen` looks inside compounds too."""
        parts = [part for group in term.groups for part in split(group)]
        if len(term.groups) > 1 or (term.quoted and len(parts) > 1):
            return self._phrase(parts, term)
        group = term.groups[0]
        found = self._forms(
            forms(group, quoted=term.quoted, lang=self._lang), in_title=term.in_title
        )
        if len(parts) > 1 and not term.prefix:
            _take_best(found, self._phrase(parts, term))
        if term.prefix:
            field = "title" if term.in_title else "body"
            for start in words("".join(parts)):
                _take_best(found, self._any_word(field, self._asked_for(start), self._flags))
        elif widen and not term.quoted and not term.in_title:
            for start in beginnings(group):
                chosen = self._compounds_with(start)
                _take_best(found, self._any_word("body", chosen, self._compounding_flags))
            if sum(map(len, found)) < RARE:
                _take_best(found, self._insides("".join(parts)))
        return found

    def _forms(self, wanted: Forms, *, in_title: bool) -> Found:
        self.terms.update(term for term, _ in (*wanted.written, *wanted.stemmed))
        found = []
        for number, flags in enumerate(self._flags):
            here = {} if in_title else self._best(number, "body", wanted, flags)
            for document, tf in self._best(number, "title", wanted, flags).items():
                here[document] = here.get(document, 0.0) + TITLE * tf
            found.append(here)
        return found

    def _best(self, number: int, field: str, wanted: Forms, flags: bytes) -> dict[int, float]:
        """Return for each flagged document the frequency of the term that fits best."""
        part = self._parts[number]
        norms, lengths = self._norms[field], part.segment.lengths[field]
        best: dict[int, float] = {}
        for name, terms in ((field, wanted.written), (f"{field}_stems", wanted.stemmed)):
            for term, weight in terms:
                postings = part.segment.postings(part.reading, name, term)
                here = {
                    d: weight * count * norms[lengths[d]]
                    for d, count in zip(postings.documents, postings.weights, strict=True)
                    if flags[d]
                }
                best = _best_of(best, here)
        return best

    def _phrase(self, wanted: Sequence[str], term: Term) -> Found:
        """Return how often the words stand next to each other."""
        field = "title" if term.in_title else "body"
        forms_ = 1 if term.quoted else 2
        rows = [() if is_stop_somewhere(word) else words(word)[:forms_] for word in wanted]
        if term.prefix:
            rows[-1] = tuple(t for start in words(wanted[-1]) for t in self._asked_for(start))
        self.terms.update(form for row in rows for form in row)
        found: Found = []
        for part, flags in zip(self._parts, self._flags, strict=True):
            norms, lengths = self._norms[field], part.segment.lengths[field]
            counts = occurrences(part, field, rows, flags)
            found.append({d: count * norms[lengths[d]] for d, count in counts.items()})
        return found

    def _any_word(self, field: str, chosen: Sequence[str], flags: Sequence[bytes]) -> Found:
        """Return the frequencies of words that only begin as was asked."""
        self.terms.update(chosen)
        beginning = Forms([(word, BEGINNING) for word in chosen], [])
        return [self._best(number, field, beginning, f) for number, f in enumerate(flags)]

    def _asked_for(self, start: str) -> list[str]:
        """Return the words that a start with a star stands for."""
        candidates = self._beginning_with(start, longer_than=0)
        chosen = self._held_ones(candidates, self._flags)
        if len(chosen) >= MOST_EXPANSIONS or not self._expansions_left:
            self.too_broad.append(start)
        return chosen

    def _compounds_with(self, start: str) -> list[str]:
        """Return German and Danish words that begin so and go on for some letters."""
        candidates = self._beginning_with(start, longer_than=len(start) + 2)
        return self._held_ones(candidates, self._compounding_flags)

    def _beginning_with(self, start: str, *, longer_than: int) -> list[str]:
        seen = [
            part.segment.beginning_with(part.reading, start, at_most=_LOOKED_AT)
            for part in self._parts
        ]
        return most_common(seen, longer_than)

    def _held_ones(self, candidates: Sequence[str], flags: Sequence[bytes]) -> list[str]:
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

    def _is_held(self, field: str, term: str, flags: Sequence[bytes]) -> bool:
        """Return whether a flagged document holds the term."""
        for part, here in zip(self._parts, flags, strict=True):
            if part.segment.holds(part.reading, field, term):
                postings = part.segment.postings(part.reading, field, term)
                if any(here[document] for document in postings.documents):
                    return True
        return False

    def _is_word(self, piece: str) -> bool:
        """Return whether a German or Danish document holds the word in some form."""
        if is_stop_somewhere(piece):
            return False
        known = [stem for language in ("de", "da") for stem in stems(piece, language)]
        flags = self._compounding_flags
        return self._is_held("body", piece, flags) or any(
            self._is_held("body_stems", stem, flags) for stem in known
        )

    def _insides(self, group: str) -> Found:
        """Return the frequencies of the words that a compound is made of."""
        total: Found = [{} for _ in self._parts]
        for word in words(group)[:1]:
            for piece in self._pieces(word):
                inside = forms(piece, quoted=False, lang=self._lang, weight=INSIDE)
                more = self._forms(inside, in_title=False)
                for sums, here in zip(total, more, strict=True):
                    for document, tf in here.items():
                        sums[document] = sums.get(document, 0.0) + tf
        return total

    def _pieces(self, word: str) -> Sequence[str]:
        """Return the parts of a compound that are words here: both, else the longer one."""
        singles: list[str] = []
        for pair in compound_splits(word):
            known = [piece for piece in pair if self._is_word(piece)]
            if len(known) == 2:
                return known
            singles += known
        return sorted(singles, key=len)[-1:]


def _best_of(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    small, large = (one, other) if len(one) < len(other) else (other, one)
    for document, value in small.items():
        if value > large.get(document, 0.0):
            large[document] = value
    return large


def _take_best(found: Found, more: Found) -> None:
    for number, (one, other) in enumerate(zip(found, more, strict=True)):
        found[number] = _best_of(one, other)
