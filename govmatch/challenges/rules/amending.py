"""What may change after publication, until when, and what that does to the deadline."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from govmatch.challenges.changes import Change
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.fault import Fault
from govmatch.challenges.rules.phases import is_past_deadline
from govmatch.challenges.statement import Statement
from govmatch.kit.i18n import Message, msg

LAST_DAYS = timedelta(days=7)
"""A change in the last 7 days before the deadline moves it to at least 7 days later."""

FIXED = frozenset({"authority", "programme"})
"""What never changes after publication."""

DATES = frozenset({"opens", "questions_until", "closes"})
FROZEN_AT_DEADLINE = DATES | {
    "zone",
    "questions",
    "criteria",
    "countries",
    "size",
    "languages",
    "requires",
}
"""Dates, form, criteria, weights and eligibility: from the deadline on they cannot change."""


def moved_deadline(challenge: Challenge, wanted: datetime | None, now: datetime) -> datetime | None:
    """Return the deadline that holds after an amendment made at `now` that asks for `wanted`.

    In the last 7 days it is at least 7 days later than it was, at the same local time; otherwise,
    and after the deadline, it is what was asked for.
    """
    closes = challenge.closes
    if wanted is None or closes is None or not closes - LAST_DAYS < now < closes:
        return wanted
    zone = ZoneInfo(challenge.zone)
    return max(wanted, (closes.astimezone(zone) + LAST_DAYS).astimezone(UTC))


def amendment_faults(
    challenge: Challenge, found: Sequence[Change], after: Statement, now: datetime
) -> list[Fault]:
    """Return what forbids these changes at `now`, each at its field."""
    faults = [_fault(one, _FIXED_FOREVER) for one in found if one.field in FIXED]
    if is_past_deadline(challenge, now):
        frozen = [one for one in found if one.field in FROZEN_AT_DEADLINE]
        return [*faults, *(_fault(one, _FROZEN) for one in frozen)]
    changed = {one.field for one in found}
    if "opens" in changed and challenge.opens and challenge.opens <= now:
        faults.append(_date("opens", msg("It is open already."), _KEEP))
    elif "opens" in changed and after.opens and after.opens <= now:
        faults.append(_date("opens", msg("This time is past."), _LATER))
    if "closes" in changed and after.closes and after.closes < now + LAST_DAYS:
        faults.append(_date("closes", msg("The deadline is less than 7 days away."), _LATER))
    if "questions_until" in changed and after.questions_until and after.questions_until <= now:
        faults.append(_date("questions_until", msg("This time is past."), _LATER))
    return faults


def timing_faults(statement: Statement, now: datetime) -> list[Fault]:
    """Return what is too late for a challenge that is yet to be published."""
    if statement.opens is not None and statement.opens <= now:
        return [_date("opens", msg("This time is past."), _LATER)]
    return []


def _fault(change: Change, message: Message) -> Fault:
    path = ("eligibility", change.field) if change.field in _ELIGIBILITY else (change.field,)
    return Fault(path, message, _KEEP, change.lang)


def _date(field: str, message: Message, remedy: Message) -> Fault:
    return Fault((field,), message, remedy)


_ELIGIBILITY = frozenset({"countries", "size", "languages", "requires"})
_FIXED_FOREVER = msg("This cannot change after publication.")
_FROZEN = msg("This cannot change after the deadline.")
_KEEP = msg("Leave it as it was.")
_LATER = msg("Choose a later time.")
