"""The directory's read model: every listed firm with its facets, as bitmaps, and words to search.

Made from the database once per public event and process, and asked on each request. It holds only
what every visitor may know: a firm that is not listed is not in it, so nothing can count it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select

from govmatch.kit.bitmaps import Facets, rows_of
from govmatch.kit.db import ReadSession
from govmatch.organisations.models import Firm, FirmTerm
from govmatch.organisations.names import fold, spellings

FACETS = ("theme", "technology", "country", "size", "language")
SEARCHED = 1_200
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
        found = 0
        for number, row in enumerate(self.rows):
            if all(f" {word}" in row.words for word in words):
                found |= 1 << number
        return Directory(self.rows, replace(self.facets, every=found))

    def found(self, wanted: Mapping[str, Collection[str]]) -> int:
        """Return how many firms fit."""
        return self.facets.narrowed(wanted).bit_count()

    def ids(self, wanted: Mapping[str, Collection[str]], *, offset: int, size: int) -> list[int]:
        """Return the ids of one page of those that fit."""
        numbers = list(rows_of(self.facets.narrowed(wanted)))[offset : offset + size]
        return [self.rows[number].id for number in numbers]

    def counts(self, wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, int]]:
        return {facet: self.facets.counts(facet, wanted) for facet in FACETS}


_kept: WeakKeyDictionary[Any, tuple[int, Directory]] = WeakKeyDictionary()
"""By database, so that two sites in one process keep apart."""


def directory(session: ReadSession, *, public_id: int) -> Directory:
    """Return the directory as of this public event; two statements after one, else none."""
    place = session.get_bind().engine
    kept = _kept.get(place)
    if kept is None or kept[0] != public_id:
        kept = (public_id, _load(session))
        _kept[place] = kept
    return kept[1]


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
            Firm.languages,
        ).where(Firm.is_public, Firm.closed_at.is_(None))
    ).all()
    ordered = sorted(found, key=lambda one: (fold(one.name), one.id))
    rows = [
        Row(
            one.id,
            one.slug,
            fold(one.name),
            f" {spellings(f'{one.name} {one.city} {one.region} {_own_words(one)}')}",
        )
        for one in ordered
    ]
    made = Directory(rows, Facets(every=(1 << len(rows)) - 1))
    for number, one in enumerate(ordered):
        made.facets.add(number, "country", one.country)
        if one.size:
            made.facets.add(number, "size", one.size)
        for language in one.languages:
            made.facets.add(number, "language", language)
    _add_terms(session, made)
    return made


def _own_words(firm: Any) -> str:
    return f"{firm.summary} {firm.products}"[:SEARCHED]


def _add_terms(session: ReadSession, made: Directory) -> None:
    """Note the themes and technologies of the firms that are there."""
    numbers = {row.id: number for number, row in enumerate(made.rows)}
    terms = session.execute(
        select(FirmTerm.firm_id, FirmTerm.kind, FirmTerm.slug)
        .join(Firm, Firm.id == FirmTerm.firm_id)
        .where(Firm.is_public, Firm.closed_at.is_(None))
    )
    for firm_id, kind, slug in terms:
        if firm_id in numbers:
            made.facets.add(numbers[firm_id], kind, slug)
