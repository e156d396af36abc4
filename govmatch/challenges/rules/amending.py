"""What may change after publication, until when, and what that does to the deadline."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from govmatch.challenges.changes import TEXTS, Change
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.fault import Fault
from govmatch.challenges.rules.phases import is_open, is_past_deadline
from govmatch.challenges.statement import Statement
from govmatch.kit.i18n import Message, msg

LAST_DAYS = timedelta(days=7)
"""A change in the last 7 days before the deadline moves it to at least 7 days later."""

FIXED = frozenset({"authority", "programme"})
"""What never changes after publication."""

QUIET = frozenset({"contact", "theme", "technology", "cpv", "round"})
"""What no application depends on: whom to call, and under which headings it is found."""

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


def week_after(instant: datetime, zone: str) -> datetime:
    """Return the same time on the clocks of `zone` seven days on, whatever they do in between."""
    return (instant.astimezone(ZoneInfo(zone)) + LAST_DAYS).astimezone(UTC)


def is_in_last_days(challenge: Challenge, now: datetime) -> bool:
    """True in the last 7 days before the deadline, as the clocks of its zone count them."""
    closes = challenge.closes
    return closes is not None and now < closes < week_after(now, challenge.zone)


def moved_deadline(challenge: Challenge, wanted: datetime | None, now: datetime) -> datetime | None:
    """Return the deadline that holds after an amendment made at `now` that asks for `wanted`.

    In the last 7 days it is at least 7 days later than it was, at the same local time; otherwise,
    and after the deadline, it is what was asked for.
    """
    if wanted is None or challenge.closes is None or not is_in_last_days(challenge, now):
        return wanted
    return max(wanted, week_after(challenge.closes, challenge.zone))


def asks_confirmation(challenge: Challenge, found: Sequence[Change], now: datetime) -> bool:
    """True for a change made while applications may be there, and that they may depend on.

    Whether there are any is nobody's business before the opening, and is not asked here. Whom to
    call, under which headings it is found, and a language more change nothing for who has applied.
    """
    return is_open(challenge, now) and any(not _is_quiet(one, found) for one in found)


def _is_quiet(change: Change, found: Sequence[Change]) -> bool:
    """True for contact and headings, and for each text of a language that was not there before."""
    if change.lang is None:
        return change.field in QUIET
    texts = [one for one in found if one.lang == change.lang]
    return len(texts) == len(TEXTS) and not any(one.before for one in texts)


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
    if "closes" in changed and after.closes and after.closes < week_after(now, challenge.zone):
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
