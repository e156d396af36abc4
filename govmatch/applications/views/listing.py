"""/applications: everything that the reader's firms have begun or submitted, newest first."""

from collections.abc import Mapping
from datetime import datetime

from govmatch.applications import partner_links, queries, rules
from govmatch.applications.call import is_single
from govmatch.applications.models import Application, LateCode, State
from govmatch.applications.showing import next_step, state_for_firm, title_in
from govmatch.challenges.rules import is_open
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Text, marked
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get, signed_in
from govmatch.web.visit import Visit

SIZE = 25

VIEWS: Mapping[str, tuple[Message, frozenset[str]]] = {
    "": (msg("All"), frozenset()),
    "draft": (msg("Drafts"), frozenset({State.DRAFT})),
    "submitted": (msg("Submitted"), frozenset(rules.COUNTING)),
    "withdrawn": (msg("Withdrawn"), frozenset({State.WITHDRAWN})),
}


@dataclass(frozen=True)
class Card:
    """One application in the list; `lang` is set where its title is in another language."""

    title: str
    lang: str | None
    url: str
    preline: str
    beginning: str
    badges: list[tuple[Message, str]]
    facts: list[tuple[Message, object]]
    zone: str
    next: Message


WAITING = (State.SELECTED, State.INCOMPLETE, State.SUBMITTED, State.DRAFT)
"""States in which the firm may have something to do, most pressing first; what is submitted, where
a change of its challenge asks to confirm it."""


@dataclass(frozen=True)
class First:
    """The one thing that the firm does next; `lang` as in `Card`."""

    words: Message
    title: str
    lang: str | None
    url: str


@dataclass(frozen=True)
class Ask:
    """That another firm asks the reader's to take part; `lang` as in `Card`."""

    lead: str
    title: str
    lang: str | None
    url: str
    closes: datetime | None
    zone: str


@dataclass(frozen=True)
class ListPage:
    first: First | None
    asked: list[Ask]
    cards: list[Card]
    total: int
    in_all: int
    tabs: list[tuple[Message, str, bool, int]]
    paging: Paging
    has_firm: bool


def application_list(visit: Visit) -> Answer:
    """Show the applications of the reader's firms."""
    counted = queries.count_own(visit.db, visit.actor)
    view = visit.query.one("state")
    view = view if view in VIEWS else ""
    total = _count(counted, view)
    paging = Paging(
        page_number(visit.query.one("page")),
        SIZE,
        total,
        lambda number: _address(visit, view, number),
    )
    found = queries.own(
        visit.db,
        visit.actor,
        states=VIEWS[view][1],
        offset=paging.offset,
        size=SIZE,
    )
    calls = {one.challenge_id: one.challenge for one in found}
    late = queries.late_codes_of(visit.db, list(calls.values()), visit.actor, now=visit.now)
    to_confirm = queries.to_confirm(visit.db, visit.actor)
    values = ListPage(
        first=_first(visit, to_confirm) if not view and paging.page == 1 else None,
        asked=_asked(visit) if not view and paging.page == 1 else [],
        cards=[
            _card(visit, one, late.get(one.challenge_id), is_to_confirm=one.id in to_confirm)
            for one in found
        ],
        total=total,
        in_all=counted.total,
        tabs=[
            (label, _address(visit, name, 1), name == view, _count(counted, name))
            for name, (label, _) in VIEWS.items()
        ],
        paging=paging,
        has_firm=bool(rules.firms_of(visit.actor)),
    )
    return page(visit, "applications/list.html", values)


def _first(visit: Visit, to_confirm: set[int]) -> First | None:
    """Return what waits for the reader's firms before anything else."""
    states = [one for one in WAITING if one is not State.SUBMITTED]
    found = queries.waiting(visit.db, visit.actor, states, most=SIZE, others=to_confirm)
    waiting = [
        one
        for one in found
        if _waits(one, visit.now) and not (one.state == State.SELECTED and _is_partner(visit, one))
    ]
    if not waiting:
        return None
    first = min(waiting, key=lambda one: (WAITING.index(State(one.state)), _until(one)))
    title = title_in(first.challenge, visit.lang)
    return First(
        words=next_step(
            first,
            visit.now,
            visit.lang,
            is_to_confirm=first.state == State.SUBMITTED,
            is_partner=_is_partner(visit, first),
        ),
        title=title.text,
        lang=title.lang if title.lang != visit.lang else None,
        url=visit.url(f"/applications/{first.public_id}"),
    )


def _asked(visit: Visit) -> list[Ask]:
    """Return the invitations to take part that wait for the reader's answer, first due first."""
    found = []
    for partner in queries.waiting_for(visit.db, visit.actor, now=visit.now):
        challenge = partner.application.challenge
        title = title_in(challenge, visit.lang)
        found.append(
            Ask(
                lead=partner.application.firm.name,
                title=title.text,
                lang=title.lang if title.lang != visit.lang else None,
                url=visit.url(partner_links.path(visit.site.signer, partner.public_id)),
                closes=challenge.closes,
                zone=challenge.zone,
            )
        )
    return found


def _waits(application: Application, now: datetime) -> bool:
    """True where the firm can still do what its state asks for."""
    match application.state:
        case State.SELECTED:
            released = application.decision_released_at is not None
            return released and application.confirm_by is not None and now <= application.confirm_by
        case State.INCOMPLETE:
            return application.decision_released_at is None
    return is_open(application.challenge, now)


def _until(application: Application) -> datetime:
    """Return by when it has to be done, as far as the application itself says so."""
    if application.state == State.SELECTED and application.confirm_by is not None:
        return application.confirm_by
    return application.challenge.closes or application.updated_at


def _count(counted: queries.Counted, view: str) -> int:
    states = VIEWS[view][1]
    return sum(counted.by_state.get(s, 0) for s in states) if states else counted.total


def _address(visit: Visit, view: str, number: int) -> str:
    return visit.url("/applications", state=view or None, page=number if number > 1 else None)


def _card(
    visit: Visit, application: Application, late: LateCode | None, *, is_to_confirm: bool
) -> Card:
    """Return a card, called by its challenge, or by its own words where a firm may have several."""
    challenge, lang = application.challenge, visit.lang
    title = title_in(challenge, lang)
    authority = pick(challenge.authority.names, lang)[0]
    own = "" if is_single(application) else application.title
    foreign = application.lang if own else title.lang
    return Card(
        title=own or title.text,
        lang=foreign if foreign != lang else None,
        url=visit.url(f"/applications/{application.public_id}"),
        preline=f"{title.text} · {authority}" if own else authority,
        beginning="" if own else marked(Text(application.title, application.lang), lang),
        badges=[state_for_firm(application)],
        facts=[
            (msg("Deadline"), challenge.closes),
            (msg("Submitted at"), application.submitted_at),
            (msg("Reference number"), application.reference),
            *_firm(visit, application),
        ],
        zone=challenge.zone,
        next=next_step(
            application,
            visit.now,
            lang,
            late=late,
            is_to_confirm=is_to_confirm,
            is_partner=_is_partner(visit, application),
        ),
    )


def _is_partner(visit: Visit, application: Application) -> bool:
    return application.firm_id not in rules.firms_of(visit.actor)


def _firm(visit: Visit, application: Application) -> list[tuple[Message, object]]:
    """Name the firm to those who belong to more than one, and the one that leads to a partner."""
    if _is_partner(visit, application):
        return [(msg("Led by"), application.firm.name)]
    several = len(rules.firms_of(visit.actor)) > 1
    return [(msg("Firm"), application.firm.name)] if several else []


routes = [get("/applications", application_list, signed_in)]
