"""/triage/needs: every need of a manager's programmes, and what waits for a decision."""

from collections import Counter
from collections.abc import Mapping

from govmatch.accounts.models import Role
from govmatch.kit.i18n import Message, msg
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.needs import queries
from govmatch.needs.models import State
from govmatch.needs.showing import Card, card
from govmatch.needs.views.frame import PATH, path_of
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of
from govmatch.web.visit import Visit

MANAGE_PATH = "/triage/needs"
SIZE = 50

PILES: Mapping[str, tuple[Message, frozenset[State]]] = {
    "": (msg("To decide"), frozenset({State.PROPOSED, State.GATHERING})),
    "analysed": (msg("Analysed"), frozenset({State.ANALYSED})),
    "taken_up": (msg("Taken up or solved"), frozenset({State.TAKEN_UP, State.SOLVED})),
    "ended": (
        msg("Declined, merged, withdrawn"),
        frozenset({State.DECLINED, State.MERGED, State.WITHDRAWN}),
    ),
}


@dataclass(frozen=True)
class ManagePage:
    cards: list[Card]
    tabs: list[tuple[Message, str, bool, int]]
    paging: Paging
    list_url: str


def pile(visit: Visit) -> Answer:
    """Show one pile, hidden needs too; by rank where there is one."""
    programmes = visit.actor.objects("programme", Role.MANAGER)
    every = queries.for_managers(visit.db, programmes)
    chosen = visit.query.one("pile")
    chosen = chosen if chosen in PILES else ""
    counts = Counter(state for _, state in every)
    ids = [number for number, state in every if state in PILES[chosen][1]]
    rankings = {one: queries.latest(visit.db, one) for one in sorted(programmes)}
    places = {
        number: (place, ranking)
        for ranking in rankings.values()
        for number, place in queries.places(visit.db, ranking).items()
    }
    ids.sort(key=lambda number: places[number][0].place if number in places else len(every) + 1)
    paging = Paging(
        page_number(visit.query.one("page")),
        SIZE,
        len(ids),
        lambda n: visit.url(MANAGE_PATH, pile=chosen or None, page=n if n > 1 else None),
    )
    some = ids[paging.offset : paging.offset + SIZE]
    needs = queries.by_ids(visit.db, some, actor=visit.actor)
    standing = queries.standing(visit.db, some)
    values = ManagePage(
        cards=[
            card(
                needs[number],
                lang=visit.lang,
                url=visit.url(path_of(needs[number])),
                standing=standing[number],
                place=places[number][0] if number in places else None,
                ranking=places[number][1] if number in places else None,
            )
            for number in some
        ],
        tabs=[
            (
                label,
                visit.url(MANAGE_PATH, pile=name or None),
                name == chosen,
                sum(counts[state] for state in states),
            )
            for name, (label, states) in PILES.items()
        ],
        paging=paging,
        list_url=visit.url(PATH),
    )
    return page(visit, "needs/manage.html", values)


routes = [get(MANAGE_PATH, pile, holder_of(Role.MANAGER))]
