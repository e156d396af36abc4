"""/suggest: what there is, while somebody types into a search box."""

import json
from collections.abc import Iterator, Mapping
from functools import cache

from govmatch.explore import search_fields
from govmatch.explore.asked import index_of
from govmatch.explore.still_visible import still_visible
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.organisations.completion import begins, completions
from govmatch.search.fields import Fields
from govmatch.search.query import Query
from govmatch.web.answers import Answer, text
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

LONGEST = 200
MOST_THINGS = 5
MOST_NAMES = 3

Item = dict[str, str]
"""text with url (leads there) or fill (completes the box); lang where it is another language."""


def suggest(visit: Visit) -> Answer:
    """Return groups of suggestions as JSON, and their number in words for who does not see them.

    Nothing that the reader may not find, and no value that no such thing has.
    """
    typed = visit.query.one("q")[:LONGEST]
    groups = [(name, items) for name, items in _groups(visit, typed) if items]
    found = sum(len(items) for _, items in groups)
    body = {
        "said": visit.say(msgn("{n} suggestion", "{n} suggestions", n=found)) if found else "",
        "groups": [{"name": visit.say(name), "items": items} for name, items in groups],
    }
    return text(json.dumps(body, ensure_ascii=False), "application/json")


def _groups(visit: Visit, typed: str) -> Iterator[tuple[Message, list[Item]]]:
    if len(typed.strip()) < 2:
        return
    fields = search_fields.fields(visit.db, visit.settings.content_dir)
    counts = _Counts(visit)
    yield msg("Challenges"), _things(visit, typed, "challenge")
    yield msg("Themes"), _named(visit, typed, "theme", fields, counts)
    yield msg("Authorities"), _named(visit, typed, "authority", fields, counts)
    yield msg("Firms"), _things(visit, typed, "firm")
    following = completions(typed, fields, counts.of, lang=visit.lang)
    yield msg("Narrow the search"), [{"text": one.shown, "fill": one.text} for one in following]


class _Counts:
    """How many things that the reader may find have each value; each facet is asked once."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self.of = cache(self._of)

    def _of(self, facet: str) -> Mapping[str, int]:
        found = index_of(self._visit).search(
            Query(),
            audience=self._visit.actor.audience,
            now=self._visit.now,
            lang=self._visit.lang,
            facets=[facet],
            size=0,
            snippets=False,
        )
        return found.facets.get(facet, {})


def _things(visit: Visit, typed: str, kind: str) -> list[Item]:
    found = index_of(visit).suggest(
        typed,
        audience=visit.actor.audience,
        now=visit.now,
        lang=visit.lang,
        kinds=[kind],
        limit=MOST_THINGS,
    )
    return [
        {"text": one.title, "url": visit.url(one.url)}
        | ({"lang": one.lang} if one.lang != visit.lang else {})
        for one in still_visible(visit, found)
    ]


def _named(visit: Visit, typed: str, facet: str, fields: Fields, counts: _Counts) -> list[Item]:
    """Return themes or authorities that are called so and that something visible has."""
    of = fields.find(facet)
    assert of is not None
    called = {value: fields.label(of, value, visit.lang) for value in fields.values[facet]}
    fitting = {value: label for value, label in called.items() if begins(label, typed)}
    if not fitting:
        return []
    known = counts.of(facet)
    shown = sorted((v for v in fitting if v in known), key=lambda v: (-known[v], fitting[v]))
    return [
        {"text": fitting[value], "url": _address(visit, facet, value)}
        for value in shown[:MOST_NAMES]
    ]


def _address(visit: Visit, facet: str, value: str) -> str:
    if facet == "authority":
        return visit.url(f"/authorities/{value}")
    return visit.url("/search", **{facet: value})


routes = [get("/suggest", suggest, anyone, limit="search", waits=True)]
