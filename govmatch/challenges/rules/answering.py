"""Until when questions about a challenge are answered, and by whom."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor

USUAL_DAYS = 7
"""Days from the last question to the last answer where the programme says nothing: questions until
day 28, answers by day 35 (PRODUCT.md, section 4)."""


def answers_by(challenge: Challenge) -> datetime | None:
    """Return when the answers are due: after `questions_until` by as many days as the programme
    said when the challenge was published (until then: as it says now), at the same time on the
    clock, and never after the deadline.
    """
    until = challenge.questions_until
    if until is None:
        return None
    zone = ZoneInfo(challenge.zone)
    days = challenge.answer_days
    if days is None:
        days = days_to_answer(challenge.programme.phases)
    due = (until.astimezone(zone) + timedelta(days=days)).astimezone(UTC)
    return due if challenge.closes is None else max(until, min(due, challenge.closes))


def days_to_answer(phases: Sequence[Mapping[str, object]]) -> int:
    """Return how many days lie between the last question and the last answer in a programme."""
    call = next((one for one in phases if one.get("id") == "call"), {})
    asked, answered = call.get("questions_until_day"), call.get("answers_by_day")
    if isinstance(asked, int) and isinstance(answered, int) and answered >= asked:
        return answered - asked
    return USUAL_DAYS


def answers_for(actor: Actor, challenge: Challenge) -> bool:
    """True for staff and approvers of its authority, and managers of its programme."""
    return challenge.authority_id in actor.objects("authority", Role.STAFF, Role.APPROVER) or (
        actor.holds(Role.MANAGER, "programme", challenge.programme_id)
    )
