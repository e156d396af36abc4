"""What somebody may try who found nothing or little: what to leave out, and what was meant.

Every number is asked of the index with the reader's rights, and nothing is offered that would find
no more than what is there already.
"""

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice

from govmatch.explore.asked import Asked, count, index_of
from govmatch.kit.i18n import Lang
from govmatch.kit.records import dataclass
from govmatch.search.fields import Fields, same, written
from govmatch.search.query import Clause, Query, Term, Value, parse
from govmatch.web.visit import Visit

LITTLE = 3
"""With fewer results than this something else is offered."""
_MOST_WAYS = 8
_MOST_WORDS = 4
_MOST_VALUES = 500
_ALIKE = 0.7


@dataclass(frozen=True)
class Way:
    """A way to more: what is left out or asked instead, and how many are found then."""

    label: str
    url: str
    count: int
    is_alone: bool = False
    """Whether the piece is what stays, and not what goes."""


def to_loosen(visit: Visit, asked: Asked, *, found_some: bool) -> list[Way]:
    """Return what can be left out so that all the rest is found, most of it first.

    Where leaving out one piece does not help, and nothing was found that has some of the pieces,
    what each piece finds by itself.
    """
    for pieces, is_alone in ((_with_less, False), (_alone, True))[: 1 if found_some else 2]:
        ways = [
            Way(label, other.address(visit), found, is_alone)
            for label, other in islice(pieces(asked, visit.lang), _MOST_WAYS)
            if not other.is_empty and (found := count(visit, other))
        ]
        if ways:
            return sorted(ways, key=lambda way: -way.count)
    return []


def _with_less(asked: Asked, lang: Lang) -> Iterator[tuple[str, Asked]]:
    """Yield each filter and piece of the query that can go, and what is asked without it."""
    for facet, values in asked.filters.items():
        label = ", ".join(asked.called(facet, value, lang) for value in values)
        yield label, asked.but(facet)
    for clause in asked.query.clauses:
        rest = asked.query.without(clause)
        yield clause.text, asked.with_text(rest.text, rest)


def _alone(asked: Asked, _lang: Lang) -> Iterator[tuple[str, Asked]]:
    """Yield each piece of a query by itself, of those that ask for something."""
    bare = replace(asked, filters={}, page=1)
    for clause in asked.query.clauses:
        if not clause.excluded:
            yield clause.text, bare.with_text(clause.text, Query((clause,)))


def meant(visit: Visit, asked: Asked, *, total: int) -> Way | None:
    """Return the same search with slips mended, if it finds more than was found."""
    corrections = {
        id(clause): better
        for clause in asked.query.clauses[:_MOST_WORDS]
        if (better := _mended(visit, clause, asked.fields))
    }
    if not corrections:
        return None
    text = " ".join(corrections.get(id(one), one.text) for one in asked.query.clauses)
    other = asked.with_text(text, _parsed(visit, asked, text))
    found = count(visit, other)
    return Way(text, other.address(visit), found) if found > total else None


def _parsed(visit: Visit, asked: Asked, text: str) -> Query:
    return parse(text[:500], fields=asked.fields, now=visit.now, zone=visit.zone)


def _mended(visit: Visit, clause: Clause, fields: Fields) -> str:
    """Return the text of a clause with a word or value that there is, empty if none is near."""
    if clause.excluded or len(clause.any_of) > 1:
        return ""
    part = clause.any_of[0]
    if isinstance(part, Value):
        return _near_value(visit, clause.text, fields)
    if not isinstance(part, Term) or part.quoted or part.prefix or len(part.groups) > 1:
        return ""
    (word,) = part.groups
    near = index_of(visit).near_words(
        word, audience=visit.actor.audience, now=visit.now, lang=visit.lang, limit=1
    )
    return clause.text.replace(word, near[0]) if near else ""


def _near_value(visit: Visit, text: str, fields: Fields) -> str:
    """Return a field with the known value that is called almost so."""
    name, _, typed = text.partition(":")
    of = fields.find(name)
    known = fields.values.get(of.name, {}) if of else {}
    if of is None or len(known) > _MOST_VALUES or fields.value(of, typed.strip('"')) in known:
        return ""
    spelled = {
        same(label): label for value, labels in known.items() for label in (value, *labels.values())
    }
    near = get_close_matches(same(typed), spelled, n=1, cutoff=_ALIKE)
    if not near:
        return ""
    value = fields.value(of, spelled[near[0]])
    return written(name, fields.label(of, value, visit.lang))
