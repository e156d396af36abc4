"""Opinions: that a match is not for somebody, and that it is after all."""

from datetime import datetime

from govmatch.kit.db import Session
from govmatch.matching import queries
from govmatch.matching.models import Opinion, Reason

Thing = tuple[str, int]


def set_aside(
    session: Session,
    thing: Thing,
    other: Thing,
    *,
    reason: Reason,
    note: str,
    person_id: int | None,
    now: datetime,
) -> Opinion:
    """Keep that `other` is not for a thing; said again, the new words stand in place of the old.

    Whether somebody may say so, the caller asks: matching knows nobody's rights.
    """
    take_back(session, thing, other, now=now)
    found = Opinion(
        kind=thing[0],
        thing_id=thing[1],
        other_kind=other[0],
        other_id=other[1],
        reason=reason.value,
        note=note,
        person_id=person_id,
        at=now,
        taken_back_at=None,
    )
    session.add(found)
    session.flush()
    return found


def take_back(session: Session, thing: Thing, other: Thing, *, now: datetime) -> bool:
    """Let an opinion hold no longer; return whether there was one."""
    found = queries.opinion(session, thing, other)
    if found is None:
        return False
    found.taken_back_at = now
    session.flush()
    return True
