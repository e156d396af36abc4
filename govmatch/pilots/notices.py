"""Who is told what of a pilot: its two sides, and its mentors of the final presentation.

A mail names the challenge and the page to open; what was written, delivered or decided stands on
the site alone. Nobody is told of what they did themselves, and nobody to whom it is closed.
"""

from collections.abc import Callable, Iterable

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person, Role
from govmatch.challenges.queries import text_for
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.kit.records import dataclass
from govmatch.pilots import queries, rules
from govmatch.pilots.models import Milestone, MilestoneState, Pilot, Side, State
from govmatch.pilots.queries.visible import closed_to
from govmatch.pilots.showing import path_of

REQUESTS = "requests"
TASKS = "tasks"
MESSAGES = "messages"

NEWS = "news"
"""The mail that tells something and asks for nothing."""
Maker = Callable[[Background, ReadSession, JournalRow], Iterable[Notice]]


@dataclass(frozen=True, kw_only=True)
class _News:
    """What is told, whoever hears it: by which mail, and on which page of the pilot it stands."""

    background: Background
    session: ReadSession
    row: JournalRow
    pilot: Pilot
    mail: str
    page: str = ""


def _telling(
    side: Side | None, mail: str, page: str = "", *, while_in: State | None = None
) -> Maker:
    """Return a maker that tells one side, or both (`side` None), by one mail about one page."""

    def make(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
        pilot = queries.with_texts(session, row.subject_id)
        if pilot is None or (while_in is not None and pilot.state != while_in):
            return
        news = _News(
            background=background, session=session, row=row, pilot=pilot, mail=mail, page=page
        )
        for one in (side,) if side else (Side.FIRM, Side.AUTHORITY):
            yield from _to_side(news, one)

    return make


def _of_milestone(side: Side, mail: str, states: frozenset[MilestoneState]) -> Maker:
    """Return a maker that tells one side of a milestone, while it is in one of the states."""

    def make(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
        milestone = session.get(Milestone, int(str(row.data["milestone_id"])))
        if milestone is not None and milestone.state in states:
            page = f"/milestones/{milestone.public_id}"
            yield from _telling(side, mail, page)(background, session, row)

    return make


def change_proposed(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell the side that is to answer."""
    side = Side(str(row.data["side"])).other
    yield from _telling(side, "to_answer", "/change")(background, session, row)


def message_sent(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the other side that there is a message."""
    pilot = queries.with_texts(session, row.subject_id)
    if pilot is None:
        return
    news = _News(
        background=background,
        session=session,
        row=row,
        pilot=pilot,
        mail="message",
        page="/messages",
    )
    yield from _to_side(news, Side(str(row.data["side"])).other, topic=MESSAGES)


def presentation_planned(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell the firm and the mentors when and where."""
    pilot = queries.with_texts(session, row.subject_id)
    if pilot is None or pilot.state != State.RUNNING:
        return
    news = _News(
        background=background,
        session=session,
        row=row,
        pilot=pilot,
        mail=NEWS,
        page="/presentation",
    )
    yield from _to_side(news, Side.FIRM)
    yield from _to(news, _holders(news, "pilot", pilot.id, Role.MENTOR), TASKS)


def _to_side(news: _News, side: Side, *, topic: str = "") -> Iterable[Notice]:
    """Tell the firm's members, or the authority's staff; without staff the programme's managers.

    What is news for the firm and asks nothing of it is news for its partners too.
    """
    challenge = news.pilot.challenge
    if side is Side.FIRM:
        partners = sorted(rules.partners_of(news.pilot)) if news.mail == NEWS else []
        people = [
            person
            for number in (news.pilot.firm_id, *partners)
            for person in _holders(news, "firm", number, *rules.APPLICANTS)
        ]
        return _to(news, {one.id: one for one in people}.values(), topic or REQUESTS)
    people = _holders(news, "authority", challenge.authority_id, Role.STAFF)
    if not people:
        people = _holders(news, "programme", challenge.programme_id, Role.MANAGER)
    return _to(news, people, topic or TASKS)


def _holders(news: _News, kind: str, number: int, *roles: Role) -> list[Person]:
    now = news.background.real_now
    rows = accounts.holders(news.session, kind, number, now=now, roles=roles)
    return list({row.person_id: row.person for row in rows}.values())


def _to(news: _News, people: Iterable[Person], topic: str) -> list[Notice]:
    """Tell these people; what is closed to one of them for a conflict they do not hear of."""
    closed = closed_to(news.session, news.pilot) if topic != REQUESTS else frozenset()
    return [
        _notice(news, person, topic)
        for person in people
        if person.id not in {news.row.actor_id, *closed} and person.disabled_at is None
    ]


def _notice(news: _News, person: Person, topic: str) -> Notice:
    lang = as_lang(person.lang or news.background.settings.default_lang)
    path = f"{path_of(news.pilot)}{news.page}"
    return Notice(
        key=f"pilots:{news.row.id}:{news.mail}:{person.id}",
        mail=f"pilots/{news.mail}",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values={"title": text_for(news.pilot.challenge, lang).title},
        links={"link": path},
        topic=topic,
        path=path,
    )


_OPEN = frozenset({MilestoneState.PLANNED, MilestoneState.RETURNED})
_DELIVERED = frozenset({MilestoneState.DELIVERED})
_ACCEPTED = frozenset({MilestoneState.ACCEPTED})
_RETURNED = frozenset({MilestoneState.RETURNED})

NOTICES: dict[str, Maker] = {
    "PlanOffered": _telling(Side.FIRM, "to_answer", while_in=State.PLANNED),
    "PlanReturned": _telling(Side.AUTHORITY, "to_answer", while_in=State.PLANNED),
    "PilotAgreed": _telling(None, NEWS),
    "MilestoneDelivered": _of_milestone(Side.AUTHORITY, "to_answer", _DELIVERED),
    "MilestoneAccepted": _of_milestone(Side.FIRM, NEWS, _ACCEPTED),
    "MilestoneReturned": _of_milestone(Side.FIRM, "to_answer", _RETURNED),
    "MilestoneDue": _of_milestone(Side.FIRM, "milestone_due", _OPEN),
    "AcceptanceDue": _of_milestone(Side.AUTHORITY, "decision_due", _DELIVERED),
    "PilotMessageSent": message_sent,
    "ChangeProposed": change_proposed,
    "ChangeAgreed": _telling(None, NEWS, "/change"),
    "ChangeDeclined": _telling(None, NEWS, "/change"),
    "PresentationPlanned": presentation_planned,
    "PilotStopped": _telling(None, NEWS),
    "OutcomeStated": _telling(None, NEWS),
}
