"""The way of a challenge from its draft to its completion: what is done, when, and its page.

What follows the deadline lies in packages above this one. Their pages are named by address, and
only to whoever may open them: that follows from the challenge's own state and the reader's roles.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from govmatch.challenges.models import Challenge, State
from govmatch.challenges.rules import Phase, is_public, phase
from govmatch.challenges.rules.desk import takes_part_in_opening, works_on
from govmatch.challenges.showing import PHASES
from govmatch.challenges.views.desk.access import path_of
from govmatch.kit.i18n import Message, msg
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass
from govmatch.web.visit import Visit


class After(StrEnum):
    """What follows the deadline, in this order."""

    OPENING = "opening"
    REVIEWING = "reviewing"
    DECISION = "decision"
    PILOTS = "pilots"
    COMPLETION = "completion"


LABELS: Mapping[After, Message] = {
    After.OPENING: msg("Opening of the applications"),
    After.REVIEWING: msg("Reviewing"),
    After.DECISION: msg("Decision"),
    After.PILOTS: msg("Pilots"),
    After.COMPLETION: msg("Completion"),
}

CURRENT: Mapping[Phase, After] = {
    Phase.CLOSED: After.OPENING,
    Phase.IN_SELECTION: After.REVIEWING,
    Phase.DECIDED: After.PILOTS,
    Phase.PILOTING: After.PILOTS,
}

GOES_ON: Mapping[Phase, tuple[After, ...]] = {
    Phase.IN_SELECTION: (After.REVIEWING, After.DECISION),
    Phase.DECIDED: (After.DECISION, After.PILOTS),
    Phase.PILOTING: (After.PILOTS, After.COMPLETION),
}
"""Where people work in each phase after the opening, the page that is wanted most first."""

WRITING = frozenset({Phase.DRAFT, Phase.RETURNED, Phase.IN_REVIEW})
ENDED = frozenset({Phase.CANCELLED, Phase.DID_NOT_PROCEED, Phase.ARCHIVED})


@dataclass(frozen=True)
class Step:
    label: Message
    state: str
    """done, current or todo."""
    when: datetime | None
    url: str | None
    """Its page, where the reader may open it."""


@dataclass(frozen=True)
class Way:
    steps: list[Step]
    goes_on: list[tuple[Message, str]]
    """The pages on which people work now: label and address."""


def way_of(visit: Visit, challenge: Challenge, rows: Sequence[JournalRow]) -> Way:
    """Return the way; `rows` are what the journal has about the challenge, oldest first."""
    here, pages = phase(challenge, visit.now), _pages(visit, challenge)
    before, after = _before(challenge, here, rows), _after(challenge, here, rows, pages)
    if here in ENDED:
        reached = [one for one in (*before, *after) if one.when and one.when <= visit.now]
        done = [Step(one.label, "done", one.when, one.url) for one in reached]
        end = Step(PHASES[here][0], "current", _ended_at(rows), pages.get(After.DECISION))
        steps = [*done, end]
    else:
        steps = [*before, *after]
    goes_on = [(LABELS[one], pages[one]) for one in GOES_ON.get(here, ()) if one in pages]
    return Way(steps, goes_on)


def _pages(visit: Visit, challenge: Challenge) -> dict[After, str]:
    """Return the pages of what follows the deadline that this reader may open."""
    path, pages = path_of(challenge), {}
    takes_part = takes_part_in_opening(visit.actor, challenge)
    if takes_part and is_public(challenge, visit.now):
        pages[After.OPENING] = visit.url(f"{path}/opening")
        pages[After.REVIEWING] = visit.url(f"{path}/reviewing")
    if takes_part and challenge.opened_at is not None:
        pages[After.DECISION] = visit.url(f"{path}/decision")
    if works_on(visit.actor, challenge) and challenge.opened_at is not None:
        pages[After.PILOTS] = visit.url("/pilots", challenge=challenge.slug)
        pages[After.COMPLETION] = visit.url(f"{path}/completion")
    return pages


def _before(challenge: Challenge, here: Phase, rows: Sequence[JournalRow]) -> list[Step]:
    """Return the steps up to the deadline; how it was written is told only until its approval."""
    submitted = next((row.at for row in reversed(rows) if row.event == "ChallengeSubmitted"), None)
    order = (
        (msg("Draft"), {Phase.DRAFT, Phase.RETURNED}, None),
        (msg("In review"), {Phase.IN_REVIEW}, submitted),
        (msg("Approved"), {Phase.APPROVED}, _approved_at(challenge)),
        (msg("Announced"), {Phase.SCHEDULED}, challenge.published_at),
        (msg("Open"), {Phase.OPEN}, challenge.opens),
        (msg("Deadline"), set[Phase](), challenge.closes),
    )
    place = next((n for n, (_, phases, _) in enumerate(order) if here in phases), len(order))
    steps = [Step(label, _state(n, place), when, None) for n, (label, _, when) in enumerate(order)]
    return steps if here in WRITING else steps[2:]


def _approved_at(challenge: Challenge) -> datetime | None:
    """Return when it was approved; None where files say so of a time before they were loaded."""
    at, public = challenge.approved_at, challenge.published_at
    return None if at and public and public < at else at


def _after(
    challenge: Challenge, here: Phase, rows: Sequence[JournalRow], pages: Mapping[After, str]
) -> list[Step]:
    """Return the steps after the deadline, each with when it was reached last."""
    moved = {row.data["to_state"]: row.at for row in rows if row.event == "ChallengeMovedOn"}
    reached: dict[After, datetime | None] = {
        After.OPENING: challenge.opened_at,
        After.REVIEWING: challenge.opened_at,
        After.DECISION: moved.get(State.DECIDED),
        After.PILOTS: moved.get(State.PILOTING),
        After.COMPLETION: moved.get(State.COMPLETED),
    }
    order = list(After)
    place = order.index(CURRENT[here]) if here in CURRENT else -1
    place = len(order) if here is Phase.COMPLETED else place
    return [
        Step(LABELS[one], _state(n, place), reached.get(one), pages.get(one))
        for n, one in enumerate(order)
    ]


def _state(number: int, place: int) -> str:
    return "done" if number < place else "current" if number == place else "todo"


def _ended_at(rows: Sequence[JournalRow]) -> datetime | None:
    ends = {"ChallengeCancelled", "ChallengeMovedOn"}
    return next((row.at for row in reversed(rows) if row.event in ends), None)
