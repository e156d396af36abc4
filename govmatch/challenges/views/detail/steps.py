"""Where a challenge stands on its way, and whether anybody can apply."""

from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import PHASES, phase_of
from govmatch.kit.i18n import Message, msg


def steps(challenge: Challenge, now: datetime) -> list[tuple[Message, str, object]]:
    """Return the way of the challenge: done, current and still to come.

    One that ended early shows how far it came, and that it ended.
    """
    phase = phase_of(challenge, now)
    if phase in {"cancelled", "did_not_proceed", "archived"}:
        return _until_its_end(challenge, phase)
    order = ["scheduled", "open", "closed", "in_selection", "decided", "piloting", "completed"]
    here = order.index(phase) if phase in order else -1
    names: list[tuple[Message, object, int]] = [
        (msg("Opens"), challenge.opens, 0),
        (msg("Open for applications"), challenge.closes, 1),
        (msg("Selection"), None, 3),
        (msg("Decision"), None, 4),
        (msg("Pilot"), None, 5),
        (msg("Outcome"), None, 6),
    ]
    if here == order.index("closed"):
        here = order.index("in_selection")
    return [
        (label, "done" if here > place else "current" if here == place else "todo", when)
        for label, when, place in names
    ]


def _until_its_end(challenge: Challenge, phase: str) -> list[tuple[Message, str, object]]:
    # What has ended does not change any more, so that its last change is its end.
    ended = challenge.updated_at
    reached = (
        (msg("Opens"), challenge.opens, challenge.opens),
        (msg("Open for applications"), challenge.closes, challenge.closes),
        (msg("Selection"), None, challenge.opened_at),
    )
    came: list[tuple[Message, str, object]] = [
        (label, "done", shown) for label, shown, at in reached if at is not None and at <= ended
    ]
    return [*came, (PHASES[phase][0], "current", None)]


def apply_text(challenge: Challenge, now: datetime) -> Message | None:
    """Return why nobody can apply now, or None while it is open."""
    match phase_of(challenge, now):
        case "open":
            return None
        case "scheduled":
            return msg("Applications are not open yet.")
        case "cancelled":
            return msg("This challenge was cancelled.")
        case "draft" | "in_review" | "returned" | "approved":
            return msg("This challenge is not published yet.")
    return msg("The deadline has passed. Applications are no longer possible.")
