"""When public pages about challenges next read differently."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from govmatch.challenges.models import AFTER_PUBLICATION, Challenge
from govmatch.kit.db import ReadSession

_STATES = tuple(sorted(state.value for state in AFTER_PUBLICATION))
_INSTANTS = (
    Challenge.published_at,
    Challenge.opens,
    Challenge.questions_until,
    Challenge.closes,
)


def next_change(session: ReadSession, now: datetime, *, zone: str) -> datetime:
    """Return the next publication, opening, end of questions or deadline of what is published.

    Never later than the next midnight of `zone`, when "in n days" reads differently.
    """
    found = [next_midnight(now, zone)]
    for column in _INSTANTS:
        instant = session.scalars(
            select(column)
            .where(column > now, Challenge.published_at.is_not(None), Challenge.state.in_(_STATES))
            .order_by(column)
            .limit(1)
        ).first()
        if instant is not None:
            found.append(instant)
    return min(found)


def next_change_of(challenge: Challenge, now: datetime) -> datetime:
    """Return the same for one challenge, with the midnight of its own zone."""
    instants = (
        challenge.published_at,
        challenge.opens,
        challenge.questions_until,
        challenge.closes,
    )
    later = [instant for instant in instants if instant is not None and instant > now]
    return min([next_midnight(now, challenge.zone), *later])


def next_midnight(now: datetime, zone: str) -> datetime:
    """Return the next midnight on the clocks of `zone`, in UTC."""
    place = ZoneInfo(zone)
    tomorrow = now.astimezone(place).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), place).astimezone(UTC)
