"""Where a challenge stands: its stored state, and what follows from its dates and the clock."""

from datetime import datetime
from enum import StrEnum

from govmatch.challenges.models import AFTER_PUBLICATION, Challenge, State


class Phase(StrEnum):
    """All states a reader may see; scheduled, open and closed are computed, never stored."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    IN_SELECTION = "in_selection"
    DECIDED = "decided"
    PILOTING = "piloting"
    COMPLETED = "completed"
    DID_NOT_PROCEED = "did_not_proceed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


def is_public(challenge: Challenge, now: datetime) -> bool:
    """True from the instant of publication on, whatever became of it since."""
    return (
        challenge.state in AFTER_PUBLICATION
        and challenge.published_at is not None
        and challenge.published_at <= now
    )


def phase(challenge: Challenge, now: datetime) -> Phase:
    """Return where a challenge stands at `now`.

    Published for a later instant it counts as approved until then, and from then on as scheduled
    until it opens. It is open from `opens` on and up to, but not at, `closes`.
    """
    if challenge.state != State.PUBLISHED:
        return Phase(challenge.state)
    if not is_public(challenge, now):
        return Phase.APPROVED
    if challenge.opens is None or now < challenge.opens:
        return Phase.SCHEDULED
    return Phase.OPEN if challenge.closes and now < challenge.closes else Phase.CLOSED


def ended_early(challenge: Challenge) -> bool:
    """True for what was cancelled or did not proceed, also where it is in the archive since."""
    return bool(challenge.end_reasons)


def is_open(challenge: Challenge, now: datetime) -> bool:
    """True while applications may be submitted. To be asked inside the writing transaction."""
    return phase(challenge, now) is Phase.OPEN


def is_past_deadline(challenge: Challenge, now: datetime) -> bool:
    """True from the deadline on for whatever was published."""
    return (
        challenge.state in AFTER_PUBLICATION
        and challenge.published_at is not None
        and challenge.closes is not None
        and challenge.closes <= now
    )


def takes_questions(challenge: Challenge, now: datetime) -> bool:
    """True from publication until the last day for questions."""
    until = challenge.questions_until
    return phase(challenge, now) in {Phase.SCHEDULED, Phase.OPEN} and bool(until and now < until)
