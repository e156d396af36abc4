"""Who comes to the pages of a meeting, and what all of them show."""

from collections.abc import Iterable
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.applications.models import How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.challenges.showing import text_of
from govmatch.interviews.queries import times_of
from govmatch.interviews.showing import STATES as INTERVIEW_STATES
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.panels import queries, rules
from govmatch.panels.models import Panel, PanelItem, PanelMember, State
from govmatch.programmes.queries import criteria
from govmatch.reviews.queries import is_frozen
from govmatch.reviews.rubric import rubric_of
from govmatch.web.routes import holder_of
from govmatch.web.visit import Visit

PATH = "/desk/challenges/{slug}/panel"
comers = holder_of(Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR, Role.REVIEWER, Role.CHAIR)
callers = holder_of(Role.MANAGER)
jury = holder_of(Role.REVIEWER, Role.CHAIR)

STATES: dict[str, tuple[Message, str]] = {
    State.PLANNED: (msg("planned"), "info"),
    State.HELD: (msg("goes on"), "warning"),
    State.SIGNING: (msg("waits for signatures"), "warning"),
    State.FROZEN: (msg("signed by all"), "success"),
}


@dataclass(frozen=True)
class Head:
    """What stands on top of each page of a meeting."""

    title: str
    lang: str | None
    path: str
    zone: str
    state: tuple[Message, str] | None


@dataclass(frozen=True)
class Meeting:
    """A meeting with everything that its pages ask for."""

    challenge: Challenge
    panel: Panel
    members: list[PanelMember]
    items: list[PanelItem]
    is_frozen: bool


def case_of(visit: Visit) -> Challenge:
    """Return the challenge of the address; raises `NotFound` where it is not the reader's."""
    return queries.get_case(visit.db, visit.actor, visit.params["slug"], now=visit.now)


def meeting_of(visit: Visit, challenge: Challenge) -> Meeting | None:
    panel = queries.panel_of(visit.db, challenge)
    if panel is None:
        return None
    return Meeting(
        challenge=challenge,
        panel=panel,
        members=queries.members_of(visit.db, panel),
        items=queries.items_of(visit.db, panel),
        is_frozen=is_frozen(visit.db, challenge),
    )


def called(visit: Visit) -> Meeting:
    """Return the meeting of the address; raises `NotFound` where none was called."""
    found = meeting_of(visit, case_of(visit))
    if found is None:
        raise NotFound
    return found


def may_read_items(visit: Visit, meeting: Meeting) -> bool:
    """True for the members from the beginning on, and for whoever oversees the reviews anyway.

    Before it, nobody reads the points of others who may still give their own.
    """
    own = rules.member_of(visit.actor, meeting.members)
    if own is not None:
        return meeting.panel.state != State.PLANNED
    return bool(rules.may_read(visit.actor, meeting.challenge, is_member=False))


def head_of(visit: Visit, challenge: Challenge, panel: Panel | None) -> Head:
    text = text_of(challenge, visit.lang)
    return Head(
        title=text.title or challenge.slug,
        lang=text.lang if text.lang != visit.lang else None,
        path=path_of(challenge),
        zone=challenge.zone,
        state=STATES[panel.state] if panel is not None else None,
    )


def path_of(challenge: Challenge) -> str:
    return f"/desk/challenges/{challenge.slug}/panel"


def label_of(visit: Visit, item: PanelItem, how: str) -> str:
    return name_for(item.application, How(how), visit.lang)


def criteria_of(visit: Visit, challenge: Challenge) -> list[tuple[str, str, int]]:
    """Return id, name and weight of each criterion that counts."""
    labels = {one.id: one.label for one in criteria(terms_of(challenge))}
    return [
        (one.id, pick(labels.get(one.id, {"en": one.id}), visit.lang)[0], one.weight)
        for one in rubric_of(challenge).scored
    ]


@dataclass(frozen=True)
class Interviewed:
    """The interview of an application: when it is or was, how far it is, and its page."""

    when: datetime | None
    state: tuple[Message, str]
    url: str


def interviews_of(
    visit: Visit, challenge: Challenge, items: Iterable[PanelItem]
) -> dict[int, Interviewed]:
    """Return the interviews by application; to be asked for what the reader may see alone."""
    found = times_of(visit.db, [one.application_id for one in items])
    return {
        number: Interviewed(
            when=when,
            state=INTERVIEW_STATES[state],
            url=visit.url(f"/desk/challenges/{challenge.slug}/interviews/{key}"),
        )
        for number, (key, state, when) in found.items()
    }


@dataclass(frozen=True)
class Line:
    """A member of the meeting."""

    key: str
    name: str
    is_chair: bool
    is_present: bool
    signed_at: datetime | None


def lines_of(meeting: Meeting) -> list[Line]:
    return [
        Line(one.person.public_id, one.person.name, one.is_chair, one.is_present, one.signed_at)
        for one in meeting.members
    ]
