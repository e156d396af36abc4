"""Narrowing what was found: tabs, facets with counts, chips of what is chosen, orders."""

from collections.abc import Mapping

from govmatch.explore.asked import FACETS, KINDS, Asked, count
from govmatch.explore.search_fields import MOMENTS
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.search.results import Results
from govmatch.web.visit import Visit

MOST_OPTIONS = 8
"""Values of a facet that are shown: those of most results, and every chosen one."""

LEGENDS: Mapping[str, Message] = {
    "theme": msg("Theme"),
    "authority": msg("Authority"),
    "country": msg("Country"),
    "state": msg("State"),
}
SORT_LABELS: Mapping[str, Message] = {
    "": msg("Relevance"),
    "closing": msg("Closing soonest"),
    "newest": msg("Newest"),
}

Tab = tuple[Message, str, bool, int | None]
"""(label, address, chosen, count)"""
Option = tuple[str, str, int, bool]
"""(value, label, count, chosen)"""


@dataclass(frozen=True)
class Facet:
    name: str
    legend: Message
    options: list[Option]


@dataclass(frozen=True)
class Narrowing:
    """Everything around a list of results that leads to another one."""

    tabs: list[Tab]
    facets: list[Facet]
    chips: list[tuple[str, str]]
    sorts: list[Tab]
    hidden: list[tuple[str, str]]
    """What the filters send along: the query, the kind and the order."""


def narrowing(visit: Visit, asked: Asked, results: Results) -> Narrowing:
    """Return what this reader can narrow these results by."""
    kept = {"q": asked.text, "kind": asked.kind, "sort": asked.sort}
    return Narrowing(
        tabs=_tabs(visit, asked, results),
        facets=[one for one in _facets(visit, asked, results) if one.options],
        chips=_chips(visit, asked),
        sorts=[
            (label, asked.address(visit, sort=name or None), name == asked.sort, None)
            for name, label in SORT_LABELS.items()
        ],
        hidden=[(name, value) for name, value in kept.items() if value],
    )


def _tabs(visit: Visit, asked: Asked, results: Results) -> list[Tab]:
    counts = results.facets.get("kind", {})
    tabs: list[Tab] = [
        (label, asked.having("kind", name).address(visit), asked.kind == name, counts.get(name, 0))
        for name, label in KINDS.items()
        if counts.get(name) or asked.kind == name
    ]
    everything = asked.but("kind") if asked.kind else asked
    return [(msg("Everything"), everything.address(visit), not asked.kind, None), *tabs]


def _facets(visit: Visit, asked: Asked, results: Results) -> list[Facet]:
    found = []
    for name in FACETS:
        chosen = asked.filters.get(name, [])
        counts = results.facets.get(name, {})
        options = [
            (value, asked.called(name, value, visit.lang), number, value in chosen)
            for value, number in (dict.fromkeys(chosen, 0) | dict(counts)).items()
        ]
        options.sort(key=lambda option: (-option[2], option[1]))
        few = options[:MOST_OPTIONS] + [one for one in options[MOST_OPTIONS:] if one[3]]
        found.append(Facet(name, LEGENDS[name], few))
    if results.facets.get("kind", {}).get("challenge"):
        found.insert(0, Facet("state", LEGENDS["state"], _states(visit, asked)))
    return found


def _states(visit: Visit, asked: Asked) -> list[Option]:
    """Return the states that follow from dates; each count is a question of its own."""
    chosen = asked.filters.get("state", [])
    counted = ((name, count(visit, asked.having("state", name))) for name in MOMENTS)
    return [
        (name, asked.called("state", name, visit.lang), number, name in chosen)
        for name, number in counted
        if number or name in chosen
    ]


def _chips(visit: Visit, asked: Asked) -> list[tuple[str, str]]:
    return [
        (asked.called(facet, value, visit.lang), asked.but(facet, value).address(visit))
        for facet, values in asked.filters.items()
        if facet != "kind"
        for value in values
    ]
