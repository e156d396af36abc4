"""/search: everything that can be read, found by whoever may read it."""

from dataclasses import field

from govmatch.explore import asked as asking
from govmatch.explore.advice import LITTLE, Way, meant, to_loosen
from govmatch.explore.asked import FACETS, MOST_PAGES, SIZE, Asked
from govmatch.explore.narrowing import Narrowing, narrowing
from govmatch.explore.search_fields import KIND_NAMES
from govmatch.explore.still_visible import still_visible
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.paging import Paging
from govmatch.kit.records import dataclass
from govmatch.organisations.query_help import HelpLine, help_lines
from govmatch.search.query import QueryTooLong
from govmatch.search.results import Hit, Marked, Results
from govmatch.search.saying import WHY, typed_again
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

COUNTED = ("kind", "lang", "technology", *FACETS)
"""Facets whose values the page shows, be it as examples alone."""


@dataclass(frozen=True)
class ShownHit:
    kind: Message
    title: Marked
    url: str
    lang: str | None
    snippet: Marked
    snippet_lang: str | None
    by_bridge: bool


@dataclass(frozen=True)
class SearchPage:
    query: str
    heading: Message
    help: list[HelpLine]
    paging: Paging
    is_asked: bool = True
    hits: list[ShownHit] = field(default_factory=list)
    total: int = 0
    around: Narrowing | None = None
    typed: Marked = ()
    """The query as it was typed, with what was not looked for marked."""
    ignored: list[tuple[str, Message]] = field(default_factory=list)
    loosened: bool = False
    unavailable: bool = False
    too_long: bool = False
    meant: Way | None = None
    ways: list[Way] = field(default_factory=list)
    feed: str = ""
    follow: str = ""
    """Where one follows this search by mail; empty where nothing is asked for."""
    kept: str = ""
    """The address that a saved search leads to; empty for who cannot save one."""


def search(visit: Visit) -> Answer:
    """Show what was found; a query that is too long is told so (400)."""
    try:
        asked = asking.read(visit)
    except QueryTooLong:
        return page(visit, "explore/search.html", _too_long(visit), status=400)
    results = asking.find(visit, asked, facets=COUNTED, size=0 if asked.is_empty else SIZE)
    shown = _start(visit, asked, results) if asked.is_empty else _shown(visit, asked, results)
    return page(visit, "explore/search.html", shown, block="results")


def _start(visit: Visit, asked: Asked, results: Results) -> SearchPage:
    return SearchPage(
        query="",
        heading=msg("What are you looking for?"),
        help=help_lines(visit, asked.fields, results.facets),
        paging=Paging(1, SIZE, 0, lambda _n: visit.url("/search")),
        is_asked=False,
    )


def _shown(visit: Visit, asked: Asked, results: Results) -> SearchPage:
    ignored = (*asked.query.ignored, *(one for one in results.ignored if one.at < 0))
    around = narrowing(visit, asked, results)
    return SearchPage(
        query=asked.text,
        heading=msgn("{n} result", "{n} results", n=results.total),
        help=help_lines(visit, asked.fields, results.facets),
        paging=Paging(
            results.page,
            SIZE,
            min(results.total, SIZE * MOST_PAGES),
            lambda n: asked.address(visit, page=n if n > 1 else None),
        ),
        hits=[_hit(visit, one) for one in still_visible(visit, results.hits)],
        total=results.total,
        around=around,
        typed=typed_again(asked.text, ignored) if ignored else (),
        ignored=[(one.text, WHY[one.why]) for one in ignored],
        loosened=results.loosened,
        unavailable=results.unavailable,
        meant=_meant(visit, asked, results),
        ways=_ways(visit, asked, results),
        feed=asked.address(visit, "/search.atom", sort=None),
        follow=visit.url("/search/follow", address=asked.address(visit).partition("?")[2])
        if not asked.is_empty
        else "",
        kept=asked.address(visit).partition("?")[2] if _may_keep(visit) else "",
    )


def _hit(visit: Visit, hit: Hit) -> ShownHit:
    return ShownHit(
        kind=KIND_NAMES.get(hit.kind, msg("Page")),
        title=hit.title_marked,
        url=visit.url(hit.url),
        lang=hit.lang if hit.lang != visit.lang else None,
        snippet=hit.snippet,
        snippet_lang=hit.snippet_lang if hit.snippet_lang != visit.lang else None,
        by_bridge=hit.by_bridge,
    )


def _is_little(results: Results) -> bool:
    return not results.unavailable and (results.total < LITTLE or results.loosened)


def _meant(visit: Visit, asked: Asked, results: Results) -> Way | None:
    strict = 0 if results.loosened else results.total
    return meant(visit, asked, total=strict) if _is_little(results) else None


def _ways(visit: Visit, asked: Asked, results: Results) -> list[Way]:
    """Return what can be left out; only where nothing has all that was asked for."""
    if results.unavailable or (results.total and not results.loosened):
        return []
    return to_loosen(visit, asked, found_some=results.loosened)


def _may_keep(visit: Visit) -> bool:
    return visit.actor.is_signed_in and not visit.actor.needs_factor


def _too_long(visit: Visit) -> SearchPage:
    return SearchPage(
        query=visit.query.one("q")[:200],
        heading=msg("The search is too long"),
        help=[],
        paging=Paging(1, SIZE, 0, lambda _n: visit.url("/search")),
        too_long=True,
    )


routes = [get("/search", search, anyone, limit="search", waits=True)]
