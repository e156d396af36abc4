"""The directory's read model: every listed firm with its facets, as bitmaps, and words to search.

Made from the database once per process and change of a firm, and asked on each request. It holds
only what every visitor may know: a firm that is not listed is not in it, so nothing can count it.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from functools import lru_cache
from itertools import islice
from sys import intern
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Text, func, select, type_coerce

from govmatch.kit.bitmaps import Facets, rows_of
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm, FirmTerm
from govmatch.organisations.names import fold, spellings
from govmatch.organisations.queries.firms import firms_by_ids
from govmatch.search.query import Part, Query, Range, Term

FACETS = ("theme", "technology", "country", "size", "language")
SEARCHED = 600
"""Characters of a firm's own words that the directory searches; the site's search has all."""
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A listed firm: what orders it, and the folded words in which it is found by name."""

    id: int
    slug: str
    order: str
    words: str


@dataclass
class Directory:
    """All listed firms at one public event, by name."""

    rows: list[Row]
    facets: Facets = field(default_factory=Facets)

    def with_words(self, query: str) -> "Directory":
        """Return the directory of those firms that have every word of a query, or its beginning."""
        words = fold(query).split()[:MOST_WORDS]
        if not words:
            return self
        numbers: Iterable[int] = range(len(self.rows))
        for word in words:
            begins = f" {word}"
            numbers = [number for number in numbers if begins in self.rows[number].words]
        return Directory(self.rows, replace(self.facets, every=_bitmap(numbers, len(self.rows))))

    def with_query(self, query: Query) -> "Directory":
        """Return the directory of those firms for which every clause of a query holds."""
        every = self.facets.every
        for clause in query.clauses:
            holding = 0
            for part in clause.any_of:
                holding |= self._having(part)
            every &= ~holding if clause.excluded else holding
        return Directory(self.rows, replace(self.facets, every=every))

    def _having(self, part: Part) -> int:
        """Return the firms with words that begin so next to each other, or with a value."""
        if isinstance(part, Term):
            begins = f" {fold(' '.join(part.groups))}"
            rows = enumerate(self.rows)
            looked_at = ((n, f" {row.order}" if part.in_title else row.words) for n, row in rows)
            return _bitmap((n for n, words in looked_at if begins in words), len(self.rows))
        if isinstance(part, Range):
            return 0
        holding, wanted = 0, part.text.casefold()
        for value, bitmap in self.facets.values.get(part.facet, {}).items():
            known = value.casefold()
            if known == wanted or (part.prefix and known.startswith(wanted)):
                holding |= bitmap
        return holding

    def found(self, wanted: Mapping[str, Collection[str]]) -> int:
        """Return how many firms fit."""
        return self.facets.narrowed(wanted).bit_count()

    def ids(self, wanted: Mapping[str, Collection[str]], *, offset: int, size: int) -> list[int]:
        """Return the ids of one page of those that fit."""
        numbers = rows_of(self.facets.narrowed(wanted))
        return [self.rows[number].id for number in islice(numbers, offset, offset + size)]

    def counts(self, wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, int]]:
        return {facet: self.facets.counts(facet, wanted) for facet in FACETS}


def _bitmap(numbers: Iterable[int], size: int) -> int:
    """Return the bitmap of some rows; built in place, where each `|` would copy all of it."""
    flags = bytearray(size // 8 + 1)
    for number in numbers:
        flags[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(flags, "little")


@dataclass(frozen=True, slots=True)
class _Kept:
    public_id: int
    revisions: int
    directory: Directory


_IN_PARTS = {"yield_per": 500}
"""Rows are read some at a time: all at once they would take more memory than what is made of them.
"""

_kept: WeakKeyDictionary[Any, _Kept] = WeakKeyDictionary()
"""By database, so that two sites in one process keep apart."""


def directory(session: ReadSession, *, public_id: int) -> Directory:
    """Return the directory as of this public event.

    After a public event one statement tells whether a firm changed, and two more read them all if
    so; until the next one there is none. A revision grows with each change and no firm is ever
    deleted, so their sum is another after every change, in whatever order changes are committed.
    """
    place = session.get_bind().engine
    kept = _kept.get(place)
    if kept is not None and kept.public_id == public_id:
        return kept.directory
    revisions = session.execute(select(func.coalesce(func.sum(Firm.revision), 0))).scalar_one()
    if kept is not None and kept.revisions == revisions:
        known = kept.directory
    else:
        # The old one goes first: two at a time would take twice the memory, for good.
        del kept
        _kept.pop(place, None)
        known = _load(session)
    _kept[place] = _Kept(public_id, revisions, known)
    return known


def named_firms(
    session: ReadSession, words: str, *, public_id: int, most: int
) -> tuple[int, list[Firm]]:
    """Return how many listed firms fit the words, and the first of them; without words none."""
    if not words:
        return 0, []
    fitting = directory(session, public_id=public_id).with_words(words)
    ids = fitting.ids({}, offset=0, size=most)
    return fitting.found({}), firms_by_ids(session, ids)


def _load(session: ReadSession) -> Directory:
    found = session.execute(
        select(
            Firm.id,
            Firm.slug,
            Firm.name,
            Firm.city,
            Firm.region,
            Firm.summary,
            Firm.products,
            Firm.country,
            Firm.size,
            type_coerce(Firm.languages, Text).label("languages"),
        ).where(Firm.is_public, Firm.closed_at.is_(None)),
        execution_options=_IN_PARTS,
    )
    listed = sorted(map(_listed, found), key=lambda one: (one.row.order, one.row.id))
    made = Directory([one.row for one in listed], Facets(every=(1 << len(listed)) - 1))
    for number, one in enumerate(listed):
        for facet, value in one.facets:
            made.facets.add(number, facet, value)
    _add_terms(session, made)
    return made


class _Listed(NamedTuple):
    """A row, and what the facets count it under as (facet, value)."""

    row: Row
    facets: tuple[tuple[str, str], ...]


def _listed(firm: Any) -> _Listed:
    name = fold(firm.name)
    words = f" {spellings(f'{firm.name} {firm.city} {firm.region} {_own_words(firm)}')}"
    facets = [("country", intern(firm.country))]
    facets += [("size", intern(firm.size))] if firm.size else []
    facets += [("language", language) for language in _languages(firm.languages)]
    return _Listed(Row(firm.id, firm.slug, name, words), tuple(facets))


@lru_cache(maxsize=1024)
def _languages(kept: str) -> tuple[str, ...]:
    """Return languages as they are kept; thousands of firms share a few choices."""
    return tuple(json.loads(kept))


def _own_words(firm: Any) -> str:
    return f"{firm.summary} {firm.products}"[:SEARCHED]


def _add_terms(session: ReadSession, made: Directory) -> None:
    """Note the themes and technologies of the firms that are there."""
    numbers = {row.id: number for number, row in enumerate(made.rows)}
    terms = session.execute(
        select(FirmTerm.firm_id, FirmTerm.kind, FirmTerm.slug), execution_options=_IN_PARTS
    )
    for firm_id, kind, slug in terms:
        if firm_id in numbers:
            made.facets.add(numbers[firm_id], kind, slug)
