"""What an address of /search asks for: words, chosen filters, order and page; and back again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from govmatch.explore import search_fields
from govmatch.explore.search_fields import MOMENTS
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.paging import page_number
from govmatch.kit.records import dataclass
from govmatch.search.expansion import Expansions
from govmatch.search.fields import Field, Fields
from govmatch.search.query import Query, moment_range, parse
from govmatch.search.results import Results
from govmatch.search.site_index import SiteIndex
from govmatch.web.visit import Values, Visit

if TYPE_CHECKING:
    from govmatch.search.index import Index

SIZE = 20
MOST_PAGES = 50
MOST_WISHES = 20
LONGEST_VALUE = 80

KINDS: dict[str, Message] = {
    "challenge": msg("Challenges"),
    "question": msg("Questions"),
    "need": msg("Needs"),
    "firm": msg("Firms"),
    "application": msg("My applications"),
    "received": msg("Applications received"),
    "assigned": msg("Applications to review"),
    "pilot": msg("Pilots"),
    "event": msg("Events"),
    "page": msg("Pages"),
}
FACETS = ("theme", "authority", "country")
"""Facets that a reader narrows the list by, beside the kind and the state."""

SORTS = {"": "", "closing": "~closes", "newest": "-added"}
"""The orders by their name in the address, as the index calls them."""


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; `filters` holds chosen values by facet, the state among them."""

    text: str
    query: Query
    fields: Fields
    filters: Mapping[str, list[str]]
    sort: str = ""
    page: int = 1

    @property
    def kind(self) -> str:
        return next(iter(self.filters.get("kind", [])), "")

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all was asked for."""
        return not self.text.strip() and not self.filters

    def called(self, facet: str, value: str, lang: Lang) -> str:
        """Return what a value is called in the reader's language."""
        of = self.fields.find(facet)
        return self.fields.label(of, value, lang) if of else value

    def address(self, visit: Visit, path: str = "/search", **changes: object) -> str:
        """Return the address at which the same is asked; the page is not kept."""
        sort = self.sort or None
        return visit.url(path, **({"q": self.text, **self.filters, "sort": sort} | changes))

    def with_text(self, text: str, query: Query) -> "Asked":
        """Return the same with other words, from the first page on."""
        return replace(self, text=text, query=query, page=1)

    def but(self, facet: str, value: str | None = None) -> "Asked":
        """Return the same without a filter, or without one of its values."""
        rest = [one for one in self.filters[facet] if value is not None and one != value]
        filters = {name: rest if name == facet else kept for name, kept in self.filters.items()}
        return replace(self, filters={k: v for k, v in filters.items() if v}, page=1)

    def having(self, facet: str, value: str) -> "Asked":
        """Return the same with this value of a facet alone."""
        return replace(self, filters={**self.filters, facet: [value]}, page=1)


def read(visit: Visit) -> Asked:
    """Return what this request asks for; raises `QueryTooLong`."""
    return understood(
        visit.query, visit.db, content_dir=visit.settings.content_dir,
        now=visit.now, zone=visit.zone,
    )  # fmt: skip


def understood(
    query: Values, session: ReadSession, *, content_dir: Path, now: datetime, zone: str
) -> Asked:
    """Return what stands in an address; raises `QueryTooLong`."""
    text = query.one("q")
    known = search_fields.fields(session, content_dir)
    sort = query.one("sort")
    return Asked(
        text=text,
        query=parse(text, fields=known, now=now, zone=zone),
        fields=known,
        filters=_filters(query),
        sort=sort if sort in SORTS else "",
        page=min(page_number(query.one("page")), MOST_PAGES),
    )


def _filters(query: Values) -> dict[str, list[str]]:
    kind = query.one("kind")
    chosen = {"kind": [kind] if kind in KINDS else []}
    chosen["state"] = [one for one in dict.fromkeys(query.all("state")) if one in MOMENTS]
    for facet in FACETS:
        wanted = dict.fromkeys(query.all(facet))
        chosen[facet] = [one for one in wanted if 0 < len(one) <= LONGEST_VALUE][:MOST_WISHES]
    return {facet: values for facet, values in chosen.items() if values}


def find(
    visit: Visit,
    asked: Asked,
    *,
    audience: frozenset[str] | None = None,
    facets: tuple[str, ...] = (),
    size: int = SIZE,
) -> Results:
    """Return what is found for this reader, or for holders of these tokens alone."""
    return find_in(
        index_of(visit),
        asked,
        audience=visit.actor.audience if audience is None else audience,
        now=visit.now,
        lang=visit.lang,
        facets=facets,
        size=size,
    )


def find_in(
    index: "SiteIndex | Index",
    asked: Asked,
    *,
    audience: frozenset[str],
    now: datetime,
    lang: Lang,
    facets: tuple[str, ...] = (),
    size: int = SIZE,
    expansions: Expansions | None = None,
) -> Results:
    """Return what holders of these tokens find in an index."""
    query = asked.query
    if states := asked.filters.get("state"):
        of = _state(asked.fields)
        query = query.also(*(moment_range(of, MOMENTS[one], now) for one in states))
    return index.search(
        query,
        audience=audience,
        now=now,
        lang=lang,
        filters={name: values for name, values in asked.filters.items() if name != "state"},
        facets=facets,
        page=asked.page,
        size=size,
        sort=SORTS[asked.sort],
        snippets=size > 0,
        expansions=expansions,
    )


def count(visit: Visit, asked: Asked) -> int:
    """Return how many things this reader finds that have all that was asked for."""
    found = find(visit, asked, size=0)
    return 0 if found.loosened else found.total


def _state(fields: Fields) -> Field:
    found = fields.find("state")
    assert found is not None
    return found


def index_of(visit: Visit) -> SiteIndex:
    """Return the index of this site."""
    index = visit.site.tools["index"]
    assert isinstance(index, SiteIndex)
    return index
