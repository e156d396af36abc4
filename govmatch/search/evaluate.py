"""From a query to scored documents: BM25 over words and titles, whatever form a word has.

For each word: tf = count in the text / its length norm + TITLE x the same for the title, the best
of its forms; score = idf x tf (K1 + 1) / (tf + K1), idf = ln(1 + (N - n + 0.5) / (n + 0.5)), both
N and n counted among the documents that the reader may find (Robertson and Zaragoza 2009, with
titles as a weighted field).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from govmatch.search import masks
from govmatch.search.analysis import is_stop, is_stop_somewhere, split, words
from govmatch.search.documents import LANGUAGE
from govmatch.search.masks import Mask
from govmatch.search.phrase import occurrences
from govmatch.search.query import Clause, Ignored, Query, Term, Value, Why
from govmatch.search.snapshot import Part, Snapshot
from govmatch.search.variants import (
    BEGINNING,
    EXACT,
    INSIDE,
    MOST_EXPANSIONS,
    STEMMED,
    Forms,
    beginnings,
    compound_splits,
    forms,
    most_common,
)

K1 = 1.2
TITLE = 2.5
RARE = 10
"""A word that fewer documents hold is also looked for by the parts it is made of."""

_LOOKED_AT = 2_000
"""Words of a segment that are read for one beginning."""
_EXPANSIONS_OF_A_QUERY = 300

Found = list[dict[int, float]]
"""For each part of the snapshot: documents and how well they answer."""


@dataclass(slots=True)
class Matches:
    """What a query found, and with which terms; `loosened` when no document had all words."""

    found: Found
    terms: frozenset[str]
    ignored: tuple[Ignored, ...]
    loosened: bool = False


def evaluate(
    query: Query, snapshot: Snapshot, parts: Sequence[Part], allowed: Sequence[Mask], lang: str
) -> Matches:
    """Return the allowed documents that answer the query; all of them when it has no clauses."""
    allowed = _narrowed(query, parts, allowed)
    worded = [clause for clause in query.clauses if _has_words(clause)]
    search = _Search(snapshot, parts, allowed, lang)
    excluded = [search.clause(clause) for clause in worded if clause.excluded]
    asked = [clause for clause in worded if not clause.excluded]
    found, loosened = search.all_of(asked)
    for unwanted in excluded:
        for here, gone in zip(found, unwanted, strict=True):
            for document in here.keys() & gone.keys():
                del here[document]
    ignored = list(query.ignored)
    if asked and not any(found) and all(_is_empty(clause, lang) for clause in asked):
        ignored += [Ignored(" ".join(t.groups), Why.STOP_WORD) for t in _terms(asked)]
    if search.too_broad:
        ignored += [Ignored(f"{word}*", Why.PREFIX_TOO_BROAD) for word in search.too_broad]
    return Matches(found, frozenset(search.terms), tuple(ignored), loosened)


def _has_words(clause: Clause) -> bool:
    return any(isinstance(part, Term) for part in clause.any_of)


def _terms(clauses: Iterable[Clause]) -> list[Term]:
    return [part for clause in clauses for part in clause.any_of if isinstance(part, Term)]


def _is_empty(clause: Clause, lang: str) -> bool:
    """Return whether a clause is made of words that say nothing in the reader's language."""
    return all(
        isinstance(part, Term)
        and not part.prefix
        and all(is_stop(word, lang) for group in part.groups for word in split(group))
        for part in clause.any_of
    )


def _is_doubtful(clause: Clause) -> bool:
    """Return whether a clause is one word that says nothing in some language."""
    (part, *more) = clause.any_of
    return (
        not more
        and isinstance(part, Term)
        and not part.quoted
        and len(part.groups) == 1
        and is_stop_somewhere(part.groups[0])
    )


def _narrowed(query: Query, parts: Sequence[Part], allowed: Sequence[Mask]) -> list[Mask]:
    """Return the allowed documents that have the values which the query asks for."""
    narrowed = list(allowed)
    for clause in query.clauses:
        if not _has_words(clause):
            for number, part in enumerate(parts):
                having = 0
                for value in clause.any_of:
                    assert isinstance(value, Value)
                    having |= having_value(part, value)
                narrowed[number] &= ~having if clause.excluded else having
    return narrowed


def having_value(part: Part, value: Value) -> Mask:
    """Return the documents of a part with this value of a facet, small and capital being one."""
    wanted = value.text.casefold()
    mask = 0
    for text, members in part.segment.facets(part.reading).get(value.facet, {}).items():
        known = text.casefold()
        if known.startswith(wanted) if value.prefix else known == wanted:
            mask |= members.mask(part.segment.size)
    return mask


@dataclass
class _Search:
    snapshot: Snapshot
    parts: Sequence[Part]
    allowed: Sequence[Mask]
    lang: str
    terms: set[str] = field(default_factory=set)
    too_broad: list[str] = field(default_factory=list)
    expansions_left: int = _EXPANSIONS_OF_A_QUERY

    def __post_init__(self) -> None:
        self.flags = self._flags(self.allowed)
        self.population = sum(mask.bit_count() for mask in self.allowed)

    def _flags(self, allowed: Sequence[Mask]) -> list[bytes]:
        return [
            masks.flags(mask, part.segment.size)
            for mask, part in zip(allowed, self.parts, strict=True)
        ]

    def all_of(self, clauses: Sequence[Clause]) -> tuple[Found, bool]:
        """Return the documents in which every clause holds, else those in which most do."""
        saying = [clause for clause in clauses if not _is_empty(clause, self.lang)] or clauses
        firm = [clause for clause in saying if not _is_doubtful(clause)] or saying
        required = [self.clause(clause) for clause in firm]
        optional = [self.clause(clause) for clause in saying if clause not in firm]
        if not required:
            return self._everything(), False
        found = [_in_all(here) for here in zip(*required, strict=True)]
        loosened = len(required) > 1 and not any(found)
        if loosened:
            found = [_in_most(here) for here in zip(*required, strict=True)]
        for more in optional:
            for here, bonus in zip(found, more, strict=True):
                for document in here.keys() & bonus.keys():
                    here[document] += bonus[document]
        return found, loosened and any(found)

    def _everything(self) -> Found:
        return [
            dict.fromkeys(masks.documents(mask, part.segment.size), 0.0)
            for mask, part in zip(self.allowed, self.parts, strict=True)
        ]

    def clause(self, clause: Clause) -> Found:
        """Return the documents in which one of the clause's terms holds, with the sum."""
        total: Found = [{} for _ in self.parts]
        for choice in clause.any_of:
            if isinstance(choice, Term):
                found = self._weighed(self._term(choice, widen=not clause.excluded))
            else:
                found = self._having(choice)
            for sums, here in zip(total, found, strict=True):
                for document, score in here.items():
                    sums[document] = sums.get(document, 0.0) + score
        return total

    def _having(self, value: Value) -> Found:
        return [
            dict.fromkeys(masks.documents(mask & having_value(part, value), part.segment.size), 0.0)
            for mask, part in zip(self.allowed, self.parts, strict=True)
        ]

    def _weighed(self, found: Found) -> Found:
        """Return BM25 scores for frequencies."""
        holding = sum(map(len, found))
        idf = log(1 + (self.population - holding + 0.5) / (holding + 0.5))
        top = idf * (K1 + 1)
        return [{d: top * tf / (tf + K1) for d, tf in here.items()} for here in found]

    def _term(self, term: Term, *, widen: bool) -> Found:
        """Return frequencies of a term; `widen` looks inside compounds too."""
        if len(term.groups) > 1 or (term.quoted and len(split(term.groups[0])) > 1):
            return self._phrase([part for group in term.groups for part in split(group)], term)
        group = term.groups[0]
        found = self._forms(forms(group, quoted=term.quoted), in_title=term.in_title)
        if len(split(group)) > 1:
            _take_best(found, self._phrase(split(group), term))
        if term.prefix:
            self._add_beginnings(found, words("".join(split(group))), asked=True)
        elif widen and not term.quoted and not term.in_title:
            self._add_beginnings(found, beginnings(group), asked=False)
            if sum(map(len, found)) < RARE:
                self._add_insides(found, group)
        return found

    def _forms(self, wanted: Forms, *, in_title: bool, weight: float = 1.0) -> Found:
        self.terms.update(wanted.exact, wanted.stemmed)
        exact = [(term, EXACT * weight) for term in wanted.exact]
        stemmed = [(term, STEMMED * weight) for term in wanted.stemmed]
        found = []
        for number in range(len(self.parts)):
            titles = self._best(number, "title", exact, stemmed)
            here = {} if in_title else self._best(number, "body", exact, stemmed)
            for document, tf in titles.items():
                here[document] = here.get(document, 0.0) + TITLE * tf
            found.append(here)
        return found

    def _best(
        self,
        number: int,
        field_: str,
        exact: Sequence[tuple[str, float]],
        stemmed: Sequence[tuple[str, float]],
        flags: bytes | None = None,
    ) -> dict[int, float]:
        """Return for each allowed document the frequency of the term that fits best."""
        part = self.parts[number]
        body = field_ == "body"
        lengths = part.segment.body_lengths if body else part.segment.title_lengths
        norms = self.snapshot.body_norms if body else self.snapshot.title_norms
        flags = flags or self.flags[number]
        best: dict[int, float] = {}
        for name, terms in ((field_, exact), (f"{field_}_stems", stemmed)):
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
        rows = [() if is_stop_somewhere(word) else words(word) for word in wanted]
        self.terms.update(form for row in rows for form in row)
        field_ = "title" if term.in_title else "body"
        found: Found = []
        for number, part in enumerate(self.parts):
            lengths = part.segment.title_lengths if term.in_title else part.segment.body_lengths
            norms = self.snapshot.title_norms if term.in_title else self.snapshot.body_norms
            counts = occurrences(part, field_, rows, self.flags[number])
            found.append({d: n * norms[lengths[d]] for d, n in counts.items()})
        return found

    def _add_beginnings(self, found: Found, starts: Sequence[str], *, asked: bool) -> None:
        """Add documents with words that begin so, in any language only when it was asked."""
        flags = self.flags if asked else self._flags(self._in_compound_languages())
        for start in starts:
            seen = [
                part.segment.beginning_with(part.reading, start, at_most=_LOOKED_AT)
                for part in self.parts
            ]
            candidates = most_common(seen, len(start) + (0 if asked else 2))
            chosen = self._visible_ones(candidates, flags)
            if asked and len(chosen) < len(candidates) and len(chosen) >= MOST_EXPANSIONS:
                self.too_broad.append(start)
            self.terms.update(chosen)
            weighted = [(term, BEGINNING) for term in chosen]
            more = [self._best(n, "body", weighted, (), flags[n]) for n in range(len(self.parts))]
            _take_best(found, more)

    def _in_compound_languages(self) -> list[Mask]:
        return [
            mask & (having_value(part, Value(LANGUAGE, "de")) | having_value(part, _DANISH))
            for mask, part in zip(self.allowed, self.parts, strict=True)
        ]

    def _visible_ones(self, candidates: Sequence[str], flags: Sequence[bytes]) -> list[str]:
        """Return the first terms that an allowed document holds, as many as may be."""
        chosen: list[str] = []
        most = min(MOST_EXPANSIONS, self.expansions_left)
        for term in candidates[: 3 * most]:
            if len(chosen) == most:
                break
            if any(self._is_held(number, term, flags[number]) for number in range(len(flags))):
                chosen.append(term)
        self.expansions_left -= len(chosen)
        return chosen

    def _is_held(self, number: int, word: str, flags: bytes) -> bool:
        part = self.parts[number]
        if not part.reading.holds("body", word):
            return False
        return any(flags[d] for d in part.segment.postings(part.reading, "body", word).documents)

    def _add_insides(self, found: Found, group: str) -> None:
        """Add documents with the words that a compound is made of."""
        whole = words("".join(split(group)))[:1]
        if not whole or is_stop_somewhere(whole[0]):
            return
        total: Found = [{} for _ in self.parts]
        for piece in self._pieces(whole[0]):
            more = self._forms(forms(piece, quoted=False), in_title=False, weight=INSIDE)
            for sums, here in zip(total, more, strict=True):
                for document, tf in here.items():
                    sums[document] = sums.get(document, 0.0) + tf
        _take_best(found, total)

    def _pieces(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound that are words here: both, else the longer one."""
        singles: list[str] = []
        for first, rest in compound_splits(word):
            known = [piece for piece in (first, rest) if self._is_word(piece)]
            if len(known) == 2:
                return tuple(known)
            singles += known
        return tuple(sorted(singles, key=len)[-1:])

    def _is_word(self, piece: str) -> bool:
        return not is_stop_somewhere(piece) and any(
            self._is_held(number, piece, flags) for number, flags in enumerate(self.flags)
        )


_DANISH = Value(LANGUAGE, "da")


def _best_of(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    if not one or not other:
        return one or other
    small, large = (one, other) if len(one) < len(other) else (other, one)
    for document, value in small.items():
        if value > large.get(document, 0.0):
            large[document] = value
    return large


def _take_best(found: Found, more: Found) -> None:
    for number, (one, other) in enumerate(zip(found, more, strict=True)):
        found[number] = _best_of(one, other)


def _in_all(clauses: Sequence[Mapping[int, float]]) -> dict[int, float]:
    first, *others = sorted(clauses, key=len)
    found = dict(first)
    for other in others:
        found = {d: score + other[d] for d, score in found.items() if d in other}
    return found


def _in_most(clauses: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """Return the documents of any clause, worth less the fewer clauses hold in them."""
    sums: dict[int, float] = {}
    holding: dict[int, int] = {}
    for clause in clauses:
        for document, score in clause.items():
            sums[document] = sums.get(document, 0.0) + score
            holding[document] = holding.get(document, 0) + 1
    return {d: score * holding[d] / len(clauses) for d, score in sums.items()}
