"""/needs: what firms and citizens need, by rank or newest, with facets and words to look for."""

from collections.abc import Mapping

from govmatch.accounts.models import Role
from govmatch.kit.i18n import Message, msg
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.needs import queries
from govmatch.needs.models import LISTED, Ranking
from govmatch.needs.queries import FACETS, NO_AUTHORITY, Light
from govmatch.needs.showing import STATES, Card, card
from govmatch.needs.views.frame import PATH, Round, authority_names, path_of, round_of, theme_names
from govmatch.organisations.places import countries
from govmatch.web.answers import Answer
from govmatch.web.facets import Facet
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

SIZE = 20
LONGEST = 200
LEGENDS: Mapping[str, Message] = {
    "theme": msg("Theme"),
    "state": msg("State"),
    "authority": msg("Authority"),
    "country": msg("Country"),
}
SORTS: Mapping[str, Message] = {"": msg("By rank"), "newest": msg("Newest")}


@dataclass(frozen=True)
class ListPage:
    round: Round
    cards: list[Card]
    total: int
    facets: list[Facet]
    chips: list[tuple[str | Message, str]]
    sorts: list[tuple[Message, str, bool, None]]
    hidden: list[tuple[str, str]]
    query: str
    paging: Paging
    action: str
    ranking: Ranking | None
    is_open: bool
    new_url: str
    manage_url: str


def need_list(visit: Visit) -> Answer:
    """Show the needs of one programme that fit what the address asks for."""
    if not queries.programmes_with_needs(visit.db):
        return page(visit, "needs/nothing.html")
    around = round_of(visit, PATH)
    text = visit.query.one("q")[:LONGEST]
    labels = _labels(visit, around)
    wanted = _wishes(visit, labels)
    sort = "newest" if visit.query.one("sort") == "newest" else ""
    rows = queries.lights(visit.db, around.programme.id, actor=visit.actor, text=text)
    ranking = queries.latest(visit.db, around.programme.id)
    places = queries.places(visit.db, ranking)
    fitting = [row for row in rows if row.has(wanted)]
    if not sort:
        last = len(places) + 1
        fitting.sort(key=lambda row: places[row.id].place if row.id in places else last)
    kept = {"programme": around.slug, "q": text or None, "sort": sort or None}
    paging = Paging(
        min(page_number(visit.query.one("page")), max(1, -(-len(fitting) // SIZE))),
        SIZE,
        len(fitting),
        lambda n: visit.url(PATH, **kept, **wanted, page=n if n > 1 else None),
    )
    shown = [row.id for row in fitting[paging.offset : paging.offset + SIZE]]
    needs = queries.by_ids(visit.db, shown, actor=visit.actor)
    standing = queries.standing(visit.db, shown)
    values = ListPage(
        round=around,
        cards=[
            card(
                needs[number],
                lang=visit.lang,
                url=visit.url(path_of(needs[number])),
                standing=standing[number],
                place=places.get(number),
                ranking=ranking,
            )
            for number in shown
            if number in needs
        ],
        total=len(fitting),
        facets=_facets(rows, wanted, labels),
        chips=_chips(visit, kept, wanted, labels),
        sorts=[
            (label, visit.url(PATH, **{**kept, "sort": name or None}, **wanted), name == sort, None)
            for name, label in SORTS.items()
        ],
        hidden=[(name, value) for name, value in kept.items() if value],
        query=text,
        paging=paging,
        action=visit.url(PATH, programme=around.slug),
        ranking=ranking,
        is_open=queries.rules_of(visit.db, around.programme.id).is_open(visit.now),
        new_url=visit.url(f"{PATH}/new", programme=around.slug),
        manage_url=visit.url("/triage/needs")
        if visit.actor.objects("programme", Role.MANAGER)
        else "",
    )
    return page(visit, "needs/list.html", values, block="results")


def _labels(visit: Visit, around: Round) -> dict[str, Mapping[str, str | Message]]:
    return {
        "theme": theme_names(visit),
        "state": {state: STATES[state][0] for state in STATES if state in LISTED},
        "authority": {
            **authority_names(visit, around.programme),
            NO_AUTHORITY: msg("Nobody's yet"),
        },
        "country": countries(visit.lang),
    }


def _wishes(
    visit: Visit, labels: Mapping[str, Mapping[str, str | Message]]
) -> dict[str, list[str]]:
    """Return the chosen values per facet, without those that there are not."""
    chosen = {
        name: [one for one in dict.fromkeys(visit.query.all(name)) if one in labels[name]]
        for name in FACETS
    }
    return {name: values for name, values in chosen.items() if values}


def _facets(
    rows: list[Light],
    wanted: Mapping[str, list[str]],
    labels: Mapping[str, Mapping[str, str | Message]],
) -> list[Facet]:
    counted = queries.counts(rows, wanted)
    found = []
    for name in FACETS:
        chosen = wanted.get(name, [])
        options = [
            (value, label, counted[name].get(value, 0), value in chosen)
            for value, label in labels[name].items()
            if counted[name].get(value) or value in chosen
        ]
        if len(options) > 1 or chosen:
            found.append(Facet(name, LEGENDS[name], options, name == "theme" or bool(chosen)))
    return found


def _chips(
    visit: Visit,
    kept: Mapping[str, str | None],
    wanted: Mapping[str, list[str]],
    labels: Mapping[str, Mapping[str, str | Message]],
) -> list[tuple[str | Message, str]]:
    chips: list[tuple[str | Message, str]] = []
    if kept["q"]:
        chips.append((f"«{kept['q']}»", visit.url(PATH, **{**kept, "q": None}, **wanted)))
    for name, values in wanted.items():
        for value in values:
            rest = {**wanted, name: [other for other in values if other != value]}
            chips.append((labels[name][value], visit.url(PATH, **kept, **rest)))
    return chips


routes = [get(PATH, need_list, anyone)]
