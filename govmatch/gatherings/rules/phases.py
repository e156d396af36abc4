"""In which phase a gathering is: computed from its dates, its places and the clock."""

from datetime import datetime
from enum import StrEnum

from govmatch.gatherings.models import Gathering, State


class Phase(StrEnum):
    DRAFT = "draft"
    PLANNED = "planned"
    """It comes, and nobody needs to register."""
    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"
    """Registration has closed; it has not begun."""
    RUNNING = "running"
    PAST = "past"
    CANCELLED = "cancelled"


def closing(gathering: Gathering) -> datetime:
    """Return the instant from which nobody can register any more: never after its beginning."""
    return min(gathering.closes or gathering.starts, gathering.starts)


def has_begun(gathering: Gathering, now: datetime) -> bool:
    return gathering.starts <= now


def is_over(gathering: Gathering, now: datetime) -> bool:
    return gathering.ends <= now


def is_public(gathering: Gathering, now: datetime) -> bool:
    """True for what was published, cancelled or not."""
    return gathering.published_at is not None and gathering.published_at <= now


def phase(gathering: Gathering, now: datetime) -> Phase:
    if gathering.state != State.PUBLISHED:
        return Phase.CANCELLED if gathering.state == State.CANCELLED else Phase.DRAFT
    if has_begun(gathering, now):
        return Phase.PAST if is_over(gathering, now) else Phase.RUNNING
    if not gathering.registers:
        return Phase.PLANNED
    if closing(gathering) <= now:
        return Phase.CLOSED
    return Phase.FULL if gathering.is_full else Phase.OPEN


def next_change(gathering: Gathering, now: datetime) -> datetime | None:
    """Return the next instant at which its phase becomes another one, or None."""
    coming = [at for at in (closing(gathering), gathering.starts, gathering.ends) if at > now]
    return min(coming) if coming else None
