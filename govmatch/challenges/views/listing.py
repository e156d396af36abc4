"""/challenges: what is open, closing soonest first, with facets; the same as a feed address."""

from collections.abc import Mapping

from sqlalchemy import select

from govmatch.challenges.public_list import BUDGETS, FACETS, SORTS, PublicList, public_list
from govmatch.challenges.queries import next_midnight
from govmatch.challenges.showing import (
    PHASES,
    Card,
    by_ids,
    card,
    country_names,
    language_names,
)
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme
from govmatch.taxonomy.models import Term
from govmatch.web.answers import Answer
from govmatch.web.facets import Facet, Option
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

SIZE = 12
MOST_WISHES = 20
MOST_OPTIONS = 8
"""Values of a facet that are shown at first, those of most challenges; the rest when asked for."""

LEGENDS: Mapping[str, Message] = {
    "phase": msg("Phase"),
    "deadline": msg("Deadline"),
    "theme": msg("Theme"),
    "authority": msg("Authority"),
    "country": msg("Country"),
    "budget": msg("Budget of a pilot"),
    "language": msg("Apply in"),
    "programme": msg("Programme"),
}
DEADLINE_LABELS = {
    "7": msg("Within 7 days"),
    "14": msg("Within 14 days"),
    "30": msg("Within 30 days"),
}
BUDGET_LABELS = {
    "0": msg("Below €25,000"),
    "25": msg("€25,000 to €50,000"),
    "50": msg("€50,000 to €100,000"),
    "100": msg("€100,000 and more"),
}
SORT_LABELS = {
    "closing": msg("Closing soonest"),
    "newest": msg("Newest"),
    "budget": msg("Largest budget"),
}


@dataclass(frozen=True)
class ListPage:
    cards: list[Card]
    total: int
    facets: list[Facet]
    chips: list[tuple[str | Message, str]]
    sorts: list[tuple[Message, str, bool, None]]
    sort: str
    paging: Paging
    action: str
    more_url: str
    """The same page with every value of the filters; empty where all are shown."""
    feed: str
    """What is new of what is shown, and its dates."""
    calendar: str
    follow: list[tuple[str, str]]
    """(what it is called, address) of each chosen theme and authority, to be followed by mail."""


def challenge_list(visit: Visit) -> Answer:
    """Show the challenges that fit the filters in the address."""
    known = public_list(
        visit.db,
        public_id=visit.public_id,
        now=visit.now,
        content_dir=visit.settings.content_dir,
    )
    labels = _labels(visit)
    wanted = wishes(visit, labels)
    sort = visit.query.one("sort")
    sort = sort if sort in SORTS else SORTS[0]
    total = known.found(wanted)
    paging = Paging(
        min(page_number(visit.query.one("page")), max(1, -(-total // SIZE))),
        SIZE,
        total,
        lambda number: _address(visit, wanted, sort, page=number if number > 1 else None),
    )
    ids = known.ids(wanted, sort=sort, offset=paging.offset, size=SIZE)
    more = bool(visit.query.one("more"))
    facets, cut = _facets(known, wanted, labels, every=more)
    values = ListPage(
        cards=[
            card(one, lang=visit.lang, now=visit.now, url=visit.url(f"/challenges/{one.slug}"))
            for one in by_ids(visit.db, ids)
        ],
        total=total,
        facets=facets,
        chips=_chips(visit, wanted, sort, labels),
        sorts=[
            (label, _address(visit, wanted, key), key == sort, None)
            for key, label in SORT_LABELS.items()
        ],
        sort=sort,
        paging=paging,
        action=visit.url("/challenges", more="yes" if more else None),
        more_url=_address(visit, wanted, sort, more="yes") if cut else "",
        feed=visit.url("/challenges.atom", **wanted),
        calendar=visit.url("/challenges.ics", **wanted),
        follow=_follow(visit, wanted, labels),
    )
    expires = min(known.expires, next_midnight(visit.now, visit.settings.zone))
    return page(visit, "challenges/list.html", values, block="results", expires=expires)


def _follow(
    visit: Visit,
    wanted: Mapping[str, list[str]],
    labels: Mapping[str, Mapping[str, str | Message]],
) -> list[tuple[str, str]]:
    places = {"theme": "/themes/{}/follow", "authority": "/authorities/{}/follow"}
    return [
        (str(labels[facet][value]), visit.url(place.format(value)))
        for facet, place in places.items()
        for value in wanted.get(facet, [])
    ]


def wishes(visit: Visit, labels: Mapping[str, Mapping[str, str | Message]]) -> dict[str, list[str]]:
    """Return the chosen values per facet, without those that there are not.

    A value that no challenge has stays: whoever comes from an authority without any reads so.
    """
    chosen = {
        facet: [value for value in dict.fromkeys(visit.query.all(facet)) if value in labels[facet]][
            :MOST_WISHES
        ]
        for facet in FACETS
    }
    return {facet: values for facet, values in chosen.items() if values}


def _address(
    visit: Visit,
    wanted: Mapping[str, list[str]],
    sort: str,
    *,
    page: int | None = None,
    more: str | None = None,
) -> str:
    order = sort if sort != SORTS[0] else None
    return visit.url("/challenges", **wanted, sort=order, page=page, more=more)


def _labels(visit: Visit) -> dict[str, Mapping[str, str | Message]]:
    """Return a label for each value of each facet, in the reader's language; three statements."""
    lang = visit.lang
    themes = visit.db.execute(select(Term.slug, Term.labels).where(Term.kind == "theme"))
    authorities = visit.db.execute(
        select(Authority.slug, Authority.names, Authority.country).order_by(Authority.id)
    ).all()
    programmes = visit.db.execute(select(Programme.slug, Programme.names))
    countries = {country for _, _, country in authorities}
    return {
        "phase": {phase: label for phase, (label, _) in PHASES.items()},
        "deadline": DEADLINE_LABELS,
        "theme": {slug: pick(labels, lang)[0] for slug, labels in themes},
        "authority": {slug: pick(names, lang)[0] for slug, names, _ in authorities},
        "country": {code: country_names([code], lang) for code in countries},
        "budget": {band: BUDGET_LABELS[band] for band in BUDGETS},
        "language": {code: language_names([code], lang) for code in ("de", "da", "en")},
        "programme": {slug: pick(names, lang)[0] for slug, names in programmes},
    }


def _facets(
    known: PublicList,
    wanted: Mapping[str, list[str]],
    labels: Mapping[str, Mapping[str, str | Message]],
    *,
    every: bool,
) -> tuple[list[Facet], bool]:
    """Return the facets with the values worth showing, and whether any were left out."""
    counts = known.counts(wanted)
    found, cut = [], False
    for name in FACETS:
        chosen = wanted.get(name, [])
        if name == "programme" and not chosen:
            continue  # a programme's own page leads here; as a filter for all it says too little
        options = [
            (value, label, counts[name].get(value, 0), value in chosen)
            for value, label in labels[name].items()
            if counts[name].get(value) or value in chosen
        ]
        if name in {"theme", "authority", "country"}:
            options.sort(key=lambda option: (-option[2], str(option[1])))
        shown = options if every else _first(options)
        cut = cut or len(shown) < len(options)
        if shown:
            is_open = bool(chosen) or name in {"phase", "deadline", "theme"}
            found.append(Facet(name, LEGENDS[name], shown, is_open))
    return found, cut


def _first(options: list[Option]) -> list[Option]:
    """Return the first options and every chosen one."""
    return options[:MOST_OPTIONS] + [one for one in options[MOST_OPTIONS:] if one[3]]


def _chips(
    visit: Visit,
    wanted: Mapping[str, list[str]],
    sort: str,
    labels: Mapping[str, Mapping[str, str | Message]],
) -> list[tuple[str | Message, str]]:
    chips = []
    for facet, values in wanted.items():
        for value in values:
            rest = {**wanted, facet: [other for other in values if other != value]}
            label = labels[facet].get(value, value)
            chips.append((label, _address(visit, {k: v for k, v in rest.items() if v}, sort)))
    return chips


routes = [get("/challenges", challenge_list, anyone, cached=True)]
