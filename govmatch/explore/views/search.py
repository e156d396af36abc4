"""/search and /suggest: everything that can be read, found by whoever may read it."""

import json
from dataclasses import dataclass

from govmatch.explore.still_visible import still_visible
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.paging import Paging, page_number
from govmatch.search.index import Index
from govmatch.search.query import Ignored, QueryTooLong, Why
from govmatch.search.results import Marked, Results
from govmatch.web.answers import Answer, text
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

SIZE = 20
MOST_PAGES = 50

KINDS: dict[str, Message] = {
    "challenge": msg("Challenges"),
    "firm": msg("Firms"),
    "application": msg("My applications"),
    "received": msg("Applications received"),
    "assigned": msg("Applications to review"),
    "pilot": msg("Pilots"),
    "page": msg("Pages"),
}
KIND_NAMES: dict[str, Message] = {
    "challenge": msg("Challenge"),
    "firm": msg("Firm"),
    "application": msg("My application"),
    "received": msg("Application"),
    "assigned": msg("Application to review"),
    "pilot": msg("Pilot"),
    "page": msg("Page"),
}
WHY: dict[Why, Message] = {
    Why.BRACKETS: msg("brackets mean nothing here"),
    Why.NO_WORD: msg("there is no word in it"),
    Why.NOTHING_TO_JOIN: msg("OR needs a word on both sides"),
    Why.PREFIX_TOO_BROAD: msg("too many words begin like this"),
    Why.PREFIX_TOO_SHORT: msg("a star needs at least three letters before it"),
    Why.STAR_INSIDE: msg("a star may only stand at the end of a word"),
    Why.STOP_WORD: msg("this word stands everywhere"),
    Why.TOO_MANY_WORDS: msg("only the first words are looked for"),
    Why.UNCLOSED_QUOTE: msg("a quotation mark is missing"),
    Why.UNKNOWN_FIELD: msg("there is no such field"),
    Why.WEIGHT: msg("weights mean nothing here"),
}


@dataclass(frozen=True)
class ShownHit:
    kind: Message
    title: Marked
    url: str
    lang: str | None
    snippet: Marked
    snippet_lang: str | None


@dataclass(frozen=True)
class SearchPage:
    query: str
    hits: list[ShownHit]
    total: int
    tabs: list[tuple[Message, str, bool, int | None]]
    ignored: list[str]
    loosened: bool
    unavailable: bool
    too_long: bool
    paging: Paging
    heading: Message


def search(visit: Visit) -> Answer:
    """Show what was found; a query that is too long is told so (400)."""
    query = visit.query.one("q")
    kind = visit.query.one("kind")
    kinds = [kind] if kind in KINDS else []
    number = min(page_number(visit.query.one("page")), MOST_PAGES)
    try:
        results = _index(visit).search(
            query,
            audience=visit.actor.audience,
            now=visit.now,
            lang=visit.lang,
            filters={"kind": kinds} if kinds else {},
            facets=["kind"],
            page=number,
            size=SIZE,
        )
    except QueryTooLong:
        return page(visit, "explore/search.html", _too_long(visit, query[:200]), status=400)
    return page(visit, "explore/search.html", _shown(visit, query, kind, results), block="results")


def _index(visit: Visit) -> Index:
    index = visit.site.tools["index"]
    assert isinstance(index, Index)
    return index


def _shown(visit: Visit, query: str, kind: str, results: Results) -> SearchPage:
    hits = still_visible(visit, results.hits)
    paging = Paging(
        results.page,
        SIZE,
        min(results.total, SIZE * MOST_PAGES),
        lambda n: visit.url("/search", q=query, kind=kind or None, page=n if n > 1 else None),
    )
    return SearchPage(
        query=query,
        hits=[
            ShownHit(
                kind=KIND_NAMES.get(hit.kind, msg("Page")),
                title=hit.title_marked,
                url=visit.url(hit.url),
                lang=hit.lang if hit.lang != visit.lang else None,
                snippet=hit.snippet,
                snippet_lang=hit.snippet_lang if hit.snippet_lang != visit.lang else None,
            )
            for hit in hits
        ],
        total=results.total,
        tabs=_tabs(visit, query, kind, results),
        ignored=[_because(visit, one) for one in results.ignored],
        loosened=results.loosened,
        unavailable=results.unavailable,
        too_long=False,
        paging=paging,
        heading=msgn("{n} result", "{n} results", n=results.total)
        if query
        else msg("What are you looking for?"),
    )


def _tabs(
    visit: Visit, query: str, kind: str, results: Results
) -> list[tuple[Message, str, bool, int | None]]:
    counts = results.facets.get("kind", {})
    tabs = [
        (label, visit.url("/search", q=query, kind=name), kind == name, counts.get(name, 0))
        for name, label in KINDS.items()
        if counts.get(name) or kind == name
    ]
    everything = (msg("Everything"), visit.url("/search", q=query), kind not in KINDS, None)
    return [everything, *tabs]


def _because(visit: Visit, ignored: Ignored) -> str:
    return f"{ignored.text[:60]}: {visit.say(WHY[ignored.why])}"


def _too_long(visit: Visit, query: str) -> SearchPage:
    return SearchPage(
        query=query,
        hits=[],
        total=0,
        tabs=[],
        ignored=[],
        loosened=False,
        unavailable=False,
        too_long=True,
        paging=Paging(1, SIZE, 0, lambda _n: visit.url("/search")),
        heading=msg("The search is too long"),
    )


def suggest(visit: Visit) -> Answer:
    """Titles that begin as typed, as JSON; never what the reader may not open."""
    found = _index(visit).suggest(
        visit.query.one("q"),
        audience=visit.actor.audience,
        now=visit.now,
        lang=visit.lang,
        kinds=["challenge", "firm"],
    )
    shown = still_visible(visit, found)
    body = [{"title": one.title, "url": visit.url(one.url), "kind": one.kind} for one in shown]
    return text(json.dumps(body, ensure_ascii=False), "application/json")


routes = [
    get("/search", search, anyone, limit="search"),
    get("/suggest", suggest, anyone, limit="search"),
]
