"""/events: what comes, the next one first, and what is past below; with facets."""

from collections.abc import Callable, Mapping
from datetime import datetime

from govmatch.challenges.queries import next_midnight
from govmatch.gatherings import queries, rules
from govmatch.gatherings.models import Seat
from govmatch.gatherings.queries import Row
from govmatch.gatherings.showing import KINDS, Card, card, path_of, seat_text, times_of
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.organisations.places import country_name
from govmatch.programmes.queries import all_programmes
from govmatch.taxonomy import queries as taxonomy
from govmatch.taxonomy.models import TermKind
from govmatch.web.answers import Answer
from govmatch.web.facets import Facet, Option
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

SIZE = 12
MOST_WISHES = 20
FACETS = ("kind", "where", "theme", "programme")
LEGENDS: Mapping[str, Message] = {
    "kind": msg("Kind of event"),
    "where": msg("Where"),
    "theme": msg("Theme"),
    "programme": msg("Programme"),
}


@dataclass(frozen=True)
class Mine:
    """One of the reader's own registrations."""

    title: str
    url: str
    when: str
    state: Message


@dataclass(frozen=True)
class ListPage:
    coming: list[Card]
    past: list[Card]
    total: int
    total_past: int
    facets: list[Facet]
    chips: list[tuple[str | Message, str]]
    paging: Paging
    action: str
    mine: list[Mine]
    feed: str
    calendar: str


def event_list(visit: Visit) -> Answer:
    """Show the events that fit the filters in the address."""
    rows = queries.public_rows(visit.db, visit.now)
    values_of = _values(visit)
    labels = _labels(visit, rows, values_of)
    wanted = _wishes(visit, labels)
    fitting = [row for row in rows if _fits(row, wanted, values_of)]
    coming = [row for row in fitting if row.ends > visit.now and not row.is_cancelled]
    over = [row for row in fitting if row.ends <= visit.now or row.is_cancelled][::-1]
    number = page_number(visit.query.one("page"))
    paging = Paging(
        min(number, max(1, -(-len(over) // SIZE))),
        SIZE,
        len(over),
        lambda n: _address(visit, wanted, page=n if n > 1 else None),
    )
    ids = [*(row.id for row in coming), *(row.id for row in over[paging.offset :][:SIZE])]
    shown = queries.text_rows(visit.db, ids)
    cards = [
        card(one, lang=visit.lang, now=visit.now, url=visit.url(path_of(one))) for one in shown
    ]
    values = ListPage(
        coming=cards[: len(coming)],
        past=cards[len(coming) :],
        total=len(coming),
        total_past=len(over),
        facets=_facets(rows, wanted, labels, values_of),
        chips=_chips(visit, wanted, labels),
        paging=paging,
        action=visit.url("/events"),
        mine=_mine(visit),
        feed=visit.url("/events.atom", **wanted),
        calendar=visit.url("/events.ics", **wanted),
    )
    expires = _expires(visit, rows)
    return page(visit, "gatherings/list.html", values, block="results", expires=expires)


def chosen(visit: Visit) -> frozenset[int] | None:
    """Return the ids of what fits the filters in the address; None where there are none."""
    values_of = _values(visit)
    rows = queries.public_rows(visit.db, visit.now)
    wanted = _wishes(visit, _labels(visit, rows, values_of))
    if not wanted:
        return None
    return frozenset(row.id for row in rows if _fits(row, wanted, values_of))


def _expires(visit: Visit, rows: list[Row]) -> datetime:
    """Return when the list next reads differently: something begins or ends, or closes."""
    instants = [at for row in rows for at in (row.closes, row.starts, row.ends) if at > visit.now]
    return min([next_midnight(visit.now, visit.settings.zone), *instants])


Values = Mapping[str, Callable[[Row], frozenset[str]]]


def _values(visit: Visit) -> Values:
    """Return for each facet what a row has of it."""
    programmes = {one.id: one.slug for one in all_programmes(visit.db)}

    def of_programme(row: Row) -> frozenset[str]:
        slug = programmes.get(row.programme_id or 0)
        return frozenset({slug} if slug else ())

    return {
        "kind": lambda row: frozenset({row.kind}),
        "where": lambda row: row.where,
        "theme": lambda row: row.themes,
        "programme": of_programme,
    }


def _labels(
    visit: Visit, rows: list[Row], values_of: Values
) -> dict[str, Mapping[str, str | Message]]:
    """Return a label for each value that something has, in the order in which they are shown."""
    lang = visit.lang
    there = {name: {v for row in rows for v in values_of[name](row)} for name in FACETS}
    themes = taxonomy.labels(visit.db, TermKind.THEME, lang)
    programmes = {one.slug: pick(one.names, lang)[0] for one in all_programmes(visit.db)}
    places = {code: country_name(code, lang) for code in sorted(there["where"] - {"online"})}
    every: dict[str, Mapping[str, str | Message]] = {
        "kind": KINDS,
        "where": {"online": msg("Online"), **places},
        "theme": themes,
        "programme": programmes,
    }
    return {
        name: {value: label for value, label in every[name].items() if value in there[name]}
        for name in FACETS
    }


def _wishes(
    visit: Visit, labels: Mapping[str, Mapping[str, str | Message]]
) -> dict[str, list[str]]:
    chosen = {
        name: [v for v in dict.fromkeys(visit.query.all(name)) if v in labels[name]][:MOST_WISHES]
        for name in FACETS
    }
    return {name: values for name, values in chosen.items() if values}


def _fits(row: Row, wanted: Mapping[str, list[str]], values_of: Values, *, but: str = "") -> bool:
    """Return whether a row has one of the chosen values of each facet, `but` one."""
    return all(values_of[name](row) & set(values) for name, values in wanted.items() if name != but)


def _facets(
    rows: list[Row],
    wanted: Mapping[str, list[str]],
    labels: Mapping[str, Mapping[str, str | Message]],
    values_of: Values,
) -> list[Facet]:
    """Return each facet with how many there are if it were chosen; empty values are left out."""
    found = []
    for name in FACETS:
        counts: dict[str, int] = {}
        for row in rows:
            if _fits(row, wanted, values_of, but=name):
                for value in values_of[name](row):
                    counts[value] = counts.get(value, 0) + 1
        chosen = wanted.get(name, [])
        options: list[Option] = [
            (value, label, counts.get(value, 0), value in chosen)
            for value, label in labels[name].items()
            if counts.get(value) or value in chosen
        ]
        if options:
            is_open = bool(chosen) or name in {"kind", "where"}
            found.append(Facet(name, LEGENDS[name], options, is_open))
    return found


def _chips(
    visit: Visit,
    wanted: Mapping[str, list[str]],
    labels: Mapping[str, Mapping[str, str | Message]],
) -> list[tuple[str | Message, str]]:
    chips: list[tuple[str | Message, str]] = []
    for name, values in wanted.items():
        for value in values:
            rest = {**wanted, name: [other for other in values if other != value]}
            chips.append((labels[name][value], _address(visit, rest)))
    return chips


def _address(visit: Visit, wanted: Mapping[str, list[str]], *, page: int | None = None) -> str:
    return visit.url("/events", **{k: v for k, v in wanted.items() if v}, page=page)


def _mine(visit: Visit) -> list[Mine]:
    """Return what the reader registered for and what is not over."""
    if visit.actor.person_id is None:
        return []
    return [
        Mine(
            title=queries.text_for(one.gathering, visit.lang).title,
            url=visit.url(f"{path_of(one.gathering)}/place"),
            when=times_of(one.gathering, visit.lang),
            state=seat_text(one, queries.place_in_line(visit.db, one)),
        )
        for one in queries.of_person(visit.db, visit.actor.person_id)
        if one.seat != Seat.GIVEN_UP and not rules.is_over(one.gathering, visit.now)
    ]


routes = [get("/events", event_list, anyone, cached=True)]
