"""What rows of a case are about, as an auditor asks for them: nine kinds, each event in one."""

from collections.abc import Mapping
from enum import StrEnum

from govmatch.applications import events as applications
from govmatch.challenges import events as challenges
from govmatch.decisions import events as decisions
from govmatch.kit.i18n import Message, msg
from govmatch.kit.journal import Event
from govmatch.pilots import events as pilots
from govmatch.reviews import events as reviews
from govmatch.triage import events as triage


class Thing(StrEnum):
    CHALLENGE = "challenge"
    PEOPLE = "people"
    OPENING = "opening"
    APPLICATION = "application"
    MESSAGE = "message"
    REVIEW = "review"
    CONFLICT = "conflict"
    DECISION = "decision"
    LETTER = "letter"
    PILOT = "pilot"


NAMES: Mapping[Thing, Message] = {
    Thing.CHALLENGE: msg("Challenge"),
    Thing.PEOPLE: msg("Roles and invitations"),
    Thing.OPENING: msg("Opening and late codes"),
    Thing.APPLICATION: msg("Applications and their check"),
    Thing.MESSAGE: msg("Messages"),
    Thing.REVIEW: msg("Reviews"),
    Thing.CONFLICT: msg("Conflicts of interest and access"),
    Thing.DECISION: msg("Decisions and answers"),
    Thing.LETTER: msg("Letters"),
    Thing.PILOT: msg("Pilots"),
}


def below(*kinds: type[Event]) -> frozenset[str]:
    """Return the names of all events of these kinds."""
    found: set[str] = set()
    for kind in kinds:
        own = kind.__subclasses__()
        found |= below(*own) if own else {kind.__name__}
    return frozenset(found)


_CONFLICTS = frozenset(
    {
        "AccessGranted",
        "AccessEnded",
        "AccessClosed",
        "AccessReopened",
        "ConflictsDeclared",
        "ConflictsAdded",
        "ConflictNoted",
        "ConflictCleared",
    }
)
_MESSAGES = below(applications.AboutThread)
_OPENING = below(triage.AboutOpening, applications.AboutLateCode, triage.ApplicationOpened)

EVENTS: Mapping[Thing, frozenset[str]] = {
    Thing.CHALLENGE: below(challenges.AboutChallenge),
    Thing.PEOPLE: frozenset(
        {"RoleGiven", "RoleEnded", "InvitationSent", "InvitationAccepted", "InvitationRevoked"}
    ),
    Thing.OPENING: _OPENING,
    Thing.APPLICATION: below(applications.ApplicationEvent) - _MESSAGES - _CONFLICTS - _OPENING,
    Thing.MESSAGE: _MESSAGES,
    Thing.REVIEW: below(reviews.AboutApplication, reviews.AboutChallenge) - _CONFLICTS,
    Thing.CONFLICT: _CONFLICTS,
    Thing.DECISION: below(
        decisions.AboutDecision, decisions.AnswerEvent, decisions.AnswerReminded
    ),
    Thing.LETTER: below(decisions.LetterEvent),
    Thing.PILOT: below(pilots.AboutPilot),
}  # fmt: skip

THINGS: Mapping[str, Thing] = {name: thing for thing, names in EVENTS.items() for name in names}
"""Each event's kind, by the event's name."""
