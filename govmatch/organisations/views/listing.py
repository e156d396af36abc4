"""/firms: the directory, by name, with facets."""

from collections.abc import Mapping

from govmatch.kit.formats import quoted
from govmatch.kit.i18n import Message, msg
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.organisations import firm_fields, queries
from govmatch.organisations.directory import FACETS, Directory, directory
from govmatch.organisations.models import Firm
from govmatch.organisations.places import countries, languages
from govmatch.organisations.showing import SHORT_SIZES, Card, card
from govmatch.search.query import parse
from govmatch.search.results import Marked
from govmatch.search.saying import WHY, typed_again
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import labels as term_labels
from govmatch.web.answers import Answer
from govmatch.web.facets import Facet
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

SIZE = 20
MOST_WISHES = 20
SHOWN_OPTIONS: Mapping[str, int] = {"theme": 10, "technology": 8, "country": 8, "language": 6}
"""Values of a facet that are shown at first, those of most firms; the rest when asked for."""

LEGENDS: Mapping[str, Message] = {
    "theme": msg("Theme"),
    "technology": msg("Technology"),
    "country": msg("Country"),
    "size": msg("Size"),
    "language": msg("Language"),
}
OPEN_AT_FIRST = frozenset({"theme", "country"})

Labels = Mapping[str, Mapping[str, str | Message]]
Wishes = Mapping[str, list[str]]


@dataclass(frozen=True)
class FirmsPage:
    cards: list[Card]
    total: int
    facets: list[Facet]
    chips: list[tuple[str | Message, str]]
    query: str
    typed: Marked
    """The query with what was not looked for marked; empty where everything was."""
    ignored: list[tuple[str, Message]]
    kept: list[tuple[str, str]]
    """What the search box sends along: the chosen filters."""
    paging: Paging
    action: str
    more_url: str
    """The same page with every value of the filters; empty where all are shown."""
    unlisted: list[Firm]
    """Firms of the reader that the directory does not list."""


def firms(visit: Visit) -> Answer:
    """Show the listed firms that fit the words and filters in the address."""
    words = visit.query.one("q")[:200]
    query = parse(
        words, fields=firm_fields.fields(visit.db, typed=words), now=visit.now, zone=visit.zone
    )
    known = directory(visit.db, public_id=visit.public_id).with_query(query)
    labels = _labels(visit)
    wanted = wishes(visit, labels)
    total = known.found(wanted)
    paging = Paging(
        min(page_number(visit.query.one("page")), max(1, -(-total // SIZE))),
        SIZE,
        total,
        lambda number: _address(visit, wanted, words, page=number if number > 1 else None),
    )
    more = bool(visit.query.one("more"))
    facets, cut = _facets(known, wanted, labels, every=more)
    values = FirmsPage(
        cards=_cards(visit, known.ids(wanted, offset=paging.offset, size=SIZE), labels),
        total=total,
        facets=facets,
        chips=_chips(visit, wanted, words, labels),
        query=words,
        typed=typed_again(words, query.ignored) if query.ignored else (),
        ignored=[(one.text, WHY[one.why]) for one in query.ignored],
        kept=[(facet, value) for facet, values in wanted.items() for value in values],
        paging=paging,
        action=visit.url("/firms", more="yes" if more else None),
        more_url=visit.url("/firms", q=words or None, **wanted, more="yes") if cut else "",
        unlisted=_unlisted(visit),
    )
    return page(visit, "organisations/firms.html", values, block="results")


def wishes(visit: Visit, labels: Labels) -> dict[str, list[str]]:
    """Return the chosen values per facet, without those that there are not.

    A value that no listed firm has stays, so that nothing else is shown in its place.
    """
    chosen = {
        facet: [value for value in dict.fromkeys(visit.query.all(facet)) if value in labels[facet]][
            :MOST_WISHES
        ]
        for facet in FACETS
    }
    return {facet: values for facet, values in chosen.items() if values}


def _address(visit: Visit, wanted: Wishes, words: str, page: int | None = None) -> str:
    return visit.url("/firms", q=words or None, **wanted, page=page)


def _labels(visit: Visit) -> Labels:
    """Return a label for each value of each facet, in the reader's language; two statements."""
    return {
        "theme": term_labels(visit.db, TermKind.THEME, visit.lang),
        "technology": term_labels(visit.db, TermKind.TECHNOLOGY, visit.lang),
        "country": countries(visit.lang),
        "size": SHORT_SIZES,
        "language": languages(visit.lang),
    }


def _cards(visit: Visit, ids: list[int], labels: Labels) -> list[Card]:
    """Return the cards of one page; two statements."""
    topics = queries.topics_of(visit.db, ids)
    terms = {
        slug: str(name) for kind in ("theme", "technology") for slug, name in labels[kind].items()
    }
    return [
        card(one, topics[one.id], terms, lang=visit.lang, url=visit.url(f"/firms/{one.slug}"))
        for one in queries.firms_by_ids(visit.db, ids)
    ]


def _facets(
    known: Directory, wanted: Wishes, labels: Labels, *, every: bool
) -> tuple[list[Facet], bool]:
    """Return the facets with the values worth showing, and whether any were left out."""
    counts = known.counts(wanted)
    found, cut = [], False
    for name in FACETS:
        chosen = wanted.get(name, [])
        options = [
            (value, label, counts[name].get(value, 0), value in chosen)
            for value, label in labels[name].items()
            if counts[name].get(value) or value in chosen
        ]
        if name != "size":
            options.sort(key=lambda option: (not option[3], -option[2]))
        shown = options if every else options[: SHOWN_OPTIONS.get(name)]
        cut = cut or len(shown) < len(options)
        if shown:
            is_open = bool(chosen) or name in OPEN_AT_FIRST
            found.append(Facet(name, LEGENDS[name], shown, is_open))
    return found, cut


def _chips(
    visit: Visit, wanted: Wishes, words: str, labels: Labels
) -> list[tuple[str | Message, str]]:
    chips: list[tuple[str | Message, str]] = []
    if words:
        chips.append((quoted(words, visit.lang), _address(visit, wanted, "")))
    for facet, values in wanted.items():
        for value in values:
            rest = {**wanted, facet: [other for other in values if other != value]}
            label = labels[facet].get(value, value)
            chips.append((label, _address(visit, {k: v for k, v in rest.items() if v}, words)))
    return chips


def _unlisted(visit: Visit) -> list[Firm]:
    if not visit.actor.objects("firm"):
        return []
    return [
        firm
        for firm in queries.own_firms(visit.db, visit.actor)
        if not firm.is_public and firm.closed_at is None
    ]


routes = [get("/firms", firms, anyone, cached=True)]
