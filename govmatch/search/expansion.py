"""Words that mean the same, put beside each other in a query: what the site's own glossary does.

A word or phrase of the query that belongs to a group is looked for in every spelling of the group.
This needs nothing of the index, so that what somebody adds on the site holds with the next search;
what ships with govmatch is in the index itself, see `bridge`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import sha256

from govmatch.kit.records import dataclass
from govmatch.search.analysis import LANGUAGES, groups, is_stop_somewhere, split, stems, words
from govmatch.search.query import Clause, Query, Term

MOST_OF_A_WORD = 12
"""Further spellings of one word or phrase; MOST_OF_A_QUERY those of a whole query."""
MOST_OF_A_QUERY = 36


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word or phrase of a language; an exact one, such as an abbreviation, has no other forms."""

    text: str
    language: str
    exact: bool = False


Group = Sequence[Spelling]
"""Spellings that mean the same."""

Keys = frozenset[str]
"""What a written word is known by: folded, and its stems."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A spelling of a group, by the keys of its words, and what else the group has."""

    parts: tuple[Keys, ...]
    others: tuple[Spelling, ...]


class Expansions:
    """Groups of spellings, asked by word. Never changed once made, so threads may share one."""

    def __init__(self, known: Iterable[Group] = ()) -> None:
        """Know these groups; without any, every query stays as it is.

        They are only taken apart once a query is to be expanded.
        """
        self.groups = tuple(tuple(group) for group in known)

    @cached_property
    def digest(self) -> str:
        """What tells these groups from any others."""
        return sha256(repr(self.groups).encode()).hexdigest()

    @cached_property
    def _starts(self) -> Mapping[str, list[_Known]]:
        """The spellings by the keys of the words that they begin with."""
        found: dict[str, list[_Known]] = {}
        for group in self.groups:
            for spelling in group:
                _take(found, spelling, group)
        return found

    def expand(self, query: Query) -> Query:
        """Return the query with each known word beside the others of its group.

        What is quoted, excluded, cut off by a star, or says nothing in some language is taken as
        it is written. The words of a phrase are known only when they follow each other.
        """
        if not self.groups:
            return query
        heard = [_heard(clause) for clause in query.clauses]
        more: list[dict[Term, None]] = [{} for _ in heard]
        for at, terms in enumerate(heard):
            for term, keys in terms:
                for known in self._beginning(keys):
                    for place in _places(known, at, heard, term):
                        more[place].update(dict.fromkeys(_terms(known.others, term)))
        return replace(query, clauses=tuple(_limited(query.clauses, more)))

    def _beginning(self, keys: Keys) -> list[_Known]:
        """Return the spellings that begin with a word, each once."""
        found = (known for key in keys for known in self._starts.get(key, ()))
        return list({id(known): known for known in found}.values())


def _take(starts: dict[str, list[_Known]], spelling: Spelling, group: Group) -> None:
    parts = tuple(_keys(part, spelling) for part in groups(spelling.text))
    if not parts or not all(parts):
        return
    seen = {_written(spelling.text)}
    others: list[Spelling] = []
    for other in _by_turns(group):
        if _written(other.text) not in seen:
            seen.add(_written(other.text))
            others.append(other)
    for key in parts[0] if others else ():
        starts.setdefault(key, []).append(_Known(parts, tuple(others)))


def _by_turns(group: Group) -> list[Spelling]:
    """Return the first spelling of each language, then the second, so that each has its share."""
    counted: dict[str, int] = {}
    turns: list[tuple[int, Spelling]] = []
    for spelling in group:
        counted[spelling.language] = counted.get(spelling.language, 0) + 1
        turns.append((counted[spelling.language], spelling))
    return [spelling for _, spelling in sorted(turns, key=lambda turn: turn[0])]


_Heard = Sequence[tuple[Term, Keys]]


def _heard(clause: Clause) -> _Heard:
    """Return the words of a clause that may be expanded."""
    if clause.excluded:
        return ()
    plain = (part for part in clause.any_of if isinstance(part, Term))
    return [
        (term, _asked(term.groups[0]))
        for term in plain
        if not (term.quoted or term.prefix) and len(term.groups) == 1
    ]


def _places(known: _Known, at: int, heard: Sequence[_Heard], first: Term) -> Iterator[int]:
    """Yield the clauses that a spelling which begins here stands in; none when it does not.

    A phrase stands in clauses that must all hold, and another spelling may stand for each of them.
    Words that say nothing are left as they are, since nobody has to have them.
    """
    length = len(known.parts)
    here = heard[at : at + length]
    if length > 1 and any(len(terms) != 1 for terms in here):
        return
    fits = len(here) == length and all(
        known.parts[n] & terms[0][1] and terms[0][0].in_title == first.in_title
        for n, terms in enumerate(here)
        if n
    )
    for n, terms in enumerate(here if fits else ()):
        word = terms[0][0].groups[0] if n else first.groups[0]
        if not is_stop_somewhere(word):
            yield at + n


def _terms(others: Iterable[Spelling], asked: Term) -> Iterator[Term]:
    for other in list(others)[:MOST_OF_A_WORD]:
        found = tuple(groups(other.text))
        is_exact = other.exact or len(found) > 1
        yield replace(asked, groups=found, quoted=is_exact, added=True)


def _limited(clauses: Sequence[Clause], more: Sequence[dict[Term, None]]) -> Iterator[Clause]:
    room = MOST_OF_A_QUERY
    for clause, terms in zip(clauses, more, strict=True):
        new = [term for term in terms if term not in clause.any_of]
        new = new[: min(MOST_OF_A_WORD, room)]
        room -= len(new)
        yield replace(clause, any_of=(*clause.any_of, *new)) if new else clause


def _written(text: str) -> str:
    return " ".join(_folded(part) for part in groups(text))


def _folded(group: str) -> str:
    return next(iter(words("".join(split(group)))), "")


def _keys(group: str, spelling: Spelling) -> Keys:
    joined = "".join(split(group))
    found = set(words(joined)[:1])
    return frozenset(found if spelling.exact else found.union(stems(joined, spelling.language)))


def _asked(group: str) -> Keys:
    """Return the keys of a word whose language nobody has said."""
    joined = "".join(split(group))
    every = (stem for language in LANGUAGES for stem in stems(joined, language))
    return frozenset((*words(joined), *every))
