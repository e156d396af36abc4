"""What rows of a case are about, as an auditor asks for them: each event in one kind."""

from collections.abc import Mapping
from enum import StrEnum

from govmatch.applications import events as applications
from govmatch.challenges import events as challenges
from govmatch.decisions import events as decisions
from govmatch.interviews import events as interviews
from govmatch.kit.i18n import Message, msg
from govmatch.kit.journal import Event
from govmatch.panels import events as panels
from govmatch.pilots import events as pilots
from govmatch.questions import events as questions
from govmatch.reviews import events as reviews
from govmatch.triage import events as triage


class Thing(StrEnum):
    CHALLENGE = "challenge"
    QUESTION = "question"
    PEOPLE = "people"
    OPENING = "opening"
    APPLICATION = "application"
    MESSAGE = "message"
    REVIEW = "review"
    INTERVIEW = "interview"
    PANEL = "panel"
    CONFLICT = "conflict"
    DECISION = "decision"
    LETTER = "letter"
    PILOT = "pilot"
    FILE = "file"
    READING = "reading"
    """Who saw what: read an application, saved a file of it, took a copy of the case file."""


NAMES: Mapping[Thing, Message] = {
    Thing.CHALLENGE: msg("Challenge"),
    Thing.QUESTION: msg("Questions"),
    Thing.PEOPLE: msg("Roles and invitations"),
    Thing.OPENING: msg("Opening and late codes"),
    Thing.APPLICATION: msg("Applications and their check"),
    Thing.MESSAGE: msg("Messages"),
    Thing.REVIEW: msg("Reviews"),
    Thing.INTERVIEW: msg("Interviews"),
    Thing.PANEL: msg("Meeting of the jury"),
    Thing.CONFLICT: msg("Conflicts of interest and access"),
    Thing.DECISION: msg("Decisions and answers"),
    Thing.LETTER: msg("Letters"),
    Thing.PILOT: msg("Pilots"),
    Thing.FILE: msg("Copies of the file"),
    Thing.READING: msg("Who read what"),
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
        "NamesRevealed",
        "TiesConfirmed",
        "ConflictNoted",
        "ConflictCleared",
    }
)
_MESSAGES = below(applications.AboutThread)
_OPENING = below(triage.AboutOpening, applications.AboutLateCode, triage.ApplicationOpened)
READINGS = frozenset({"ApplicationRead", "ApplicationShown", "FileTaken", "DossierTaken"})
_APPLICATIONS = below(applications.ApplicationEvent) - _MESSAGES - _CONFLICTS - _OPENING - READINGS

EVENTS: Mapping[Thing, frozenset[str]] = {
    Thing.CHALLENGE: below(challenges.AboutChallenge) | {"CaseEmptied"},
    Thing.QUESTION: below(questions.AboutQuestion),
    Thing.PEOPLE: frozenset(
        {"RoleGiven", "RoleEnded", "InvitationSent", "InvitationAccepted", "InvitationRevoked"}
    ),
    Thing.OPENING: _OPENING,
    Thing.READING: READINGS,
    Thing.APPLICATION: _APPLICATIONS | {"ApplicationEmptied"},
    Thing.MESSAGE: _MESSAGES,
    Thing.REVIEW: below(reviews.AboutApplication, reviews.AboutChallenge) - _CONFLICTS - READINGS,
    Thing.INTERVIEW: below(interviews.AboutSlots, interviews.AboutInterview),
    Thing.PANEL: below(panels.AboutMeeting) | {"ConsensusNoted"},
    Thing.FILE: frozenset(
        {
            *("DossierAsked", "DossierMade"),
            *("ReleaseNarrowed", "ReleaseAllowed", "ReleaseTakenBack"),
        }
    ),
    Thing.CONFLICT: _CONFLICTS,
    Thing.DECISION: below(
        decisions.AboutDecision, decisions.AnswerEvent, decisions.AnswerReminded
    ),
    Thing.LETTER: below(decisions.LetterEvent),
    Thing.PILOT: below(pilots.AboutPilot),
}  # fmt: skip

THINGS: Mapping[str, Thing] = {name: thing for thing, names in EVENTS.items() for name in names}
"""Each event's kind, by the event's name."""
