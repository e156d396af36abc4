"""/pilots: the pilots that somebody takes part in or reads, what is due first comes first."""

from collections.abc import Mapping
from datetime import date

from govmatch.applications.models import Application
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.pilots import queries, rules
from govmatch.pilots.models import State
from govmatch.pilots.queries import Listed
from govmatch.pilots.queries.listing import SIZE
from govmatch.pilots.showing import OUTCOMES, OVERDUE, STATES, Badge, due_text, path_of
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get, signed_in
from govmatch.web.visit import Visit

VIEWS: Mapping[str, tuple[Message, frozenset[State]]] = {
    "": (msg("Current"), frozenset({State.PLANNED, State.RUNNING})),
    "ended": (msg("Ended"), frozenset({State.COMPLETED, State.STOPPED})),
}


@dataclass(frozen=True)
class Card:
    title: str
    url: str
    preline: str
    badges: list[Badge]
    next: tuple[str, date, Message] | None
    """Title, day and distance of the milestone that is due next."""
    delivered: int
    settled: int
    milestones: int


@dataclass(frozen=True)
class Waiting:
    """A confirmed application from which no pilot was made yet."""

    challenge: str
    firm: str
    url: str


@dataclass(frozen=True)
class ListPage:
    cards: list[Card]
    tabs: list[tuple[Message, str, bool, int]]
    total: int
    in_all: int
    paging: Paging
    waiting: list[Waiting]
    challenge: str
    """The challenge whose pilots alone are shown; empty for all there are."""


def pilot_list(visit: Visit) -> Answer:
    """Show the pilots that the reader sees, with what is due next in each."""
    challenge = _challenge(visit)
    slug = challenge.slug if challenge else ""
    counted = queries.counts(visit.db, visit.actor, challenge=slug)
    view = visit.query.one("view")
    view = view if view in VIEWS else ""
    number = page_number(visit.query.one("page"))
    states = VIEWS[view][1]
    total = sum(counted[state] for state in states)
    found = queries.pilots_page(visit.db, visit.actor, states, challenge=slug, page=number)
    values = ListPage(
        cards=[_card(visit, one) for one in found],
        tabs=[
            (label, _address(visit, name, 1, slug), name == view, sum(counted[s] for s in of))
            for name, (label, of) in VIEWS.items()
        ],
        total=total,
        in_all=sum(counted.values()),
        paging=Paging(number, SIZE, total, lambda n: _address(visit, view, n, slug)),
        waiting=[
            _waiting(visit, one)
            for one in queries.confirmed_without_pilot(visit.db, visit.actor, challenge=slug)
        ],
        challenge=text_of(challenge, visit.lang).title if challenge else "",
    )
    return page(visit, "pilots/list.html", values)


def _challenge(visit: Visit) -> Challenge | None:
    """Return the challenge whose pilots alone are asked for; None for all there are."""
    slug = visit.query.one("challenge")
    if not slug:
        return None
    return challenges.get_visible(visit.db, actor=visit.actor, now=visit.now, slug=slug)


def _address(visit: Visit, view: str, number: int, slug: str) -> str:
    return visit.url(
        "/pilots",
        challenge=slug or None,
        view=view or None,
        page=number if number > 1 else None,
    )


def _card(visit: Visit, listed: Listed) -> Card:
    pilot = listed.pilot
    badges = [STATES[pilot.state]]
    if pilot.outcome is not None:
        badges.append((OUTCOMES[pilot.outcome][0], "info"))
    due = None
    if pilot.state == State.RUNNING and listed.next_due is not None:
        days = rules.days_left(listed.next_due, pilot, visit.now)
        due = (listed.next_title, listed.next_due, due_text(days))
        badges += [OVERDUE] if days < 0 else []
    authority = pick(pilot.challenge.authority.names, visit.lang)[0]
    challenge = text_of(pilot.challenge, visit.lang).title
    return Card(
        title=pilot.title,
        url=visit.url(path_of(pilot)),
        preline=f"{pilot.firm.name} · {authority} · {challenge}",
        badges=badges,
        next=due,
        delivered=listed.delivered,
        settled=listed.settled,
        milestones=listed.milestones,
    )


def _waiting(visit: Visit, application: Application) -> Waiting:
    return Waiting(
        challenge=text_of(application.challenge, visit.lang).title,
        firm=application.firm.name,
        url=visit.url("/pilots/new", application=application.public_id),
    )


routes = [get("/pilots", pilot_list, signed_in)]
