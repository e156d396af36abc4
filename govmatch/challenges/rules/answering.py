"""Until when questions about a challenge are answered, and by whom."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor

USUAL_DAYS = 7
"""Days from the last question to the last answer where the programme says nothing: questions until
day 28, answers by day 35 (PRODUCT.md, section 4)."""


def answers_by(challenge: Challenge) -> datetime | None:
    """Return when the answers are due: after `questions_until` by as many days as lie between the
    two in the programme's call, at the same time on the clock, and never after the deadline.
    """
    until = challenge.questions_until
    if until is None:
        return None
    zone = ZoneInfo(challenge.zone)
    due = (until.astimezone(zone) + timedelta(days=_days(challenge))).astimezone(UTC)
    return due if challenge.closes is None else max(until, min(due, challenge.closes))


def _days(challenge: Challenge) -> int:
    call: dict[str, object] = next(
        (one for one in challenge.programme.phases if one.get("id") == "call"), {}
    )
    asked, answered = call.get("questions_until_day"), call.get("answers_by_day")
    if isinstance(asked, int) and isinstance(answered, int) and answered >= asked:
        return answered - asked
    return USUAL_DAYS


def answers_for(actor: Actor, challenge: Challenge) -> bool:
    """True for staff and approvers of its authority, and managers of its programme."""
    return challenge.authority_id in actor.objects("authority", Role.STAFF, Role.APPROVER) or (
        actor.holds(Role.MANAGER, "programme", challenge.programme_id)
    )
