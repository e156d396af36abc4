"""Instants that the clock reaches are noted once, whichever worker comes first."""

from datetime import datetime

from govmatch.following.models import Moment
from govmatch.kit.db import Session, insert_once


def note(session: Session, key: str, *, now: datetime) -> bool:
    """Keep that this instant was reached; return whether nobody had noted it before."""
    made = session.execute(
        insert_once(session, Moment).values(key=key, at=now).returning(Moment.id)
    )
    return made.first() is not None
