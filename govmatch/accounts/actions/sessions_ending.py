"""Ending sessions, whoever decided it."""

from datetime import datetime

from sqlalchemy import update

from govmatch.accounts.models import Person, SessionRow
from govmatch.kit.db import Session


def end_one(session: Session, session_id: int, *, now: datetime) -> bool:
    """End a session at once; return whether it was still going. Its cookie opens nothing more."""
    done = session.execute(
        update(SessionRow)
        .where(SessionRow.id == session_id, SessionRow.ended_at.is_(None))
        .values(ended_at=now)
        .returning(SessionRow.id)
    )
    return done.first() is not None


def end_all(session: Session, person: Person, *, now: datetime, but: int | None = None) -> int:
    """End every session of a person, except the one with the id `but`; return how many ended."""
    ending = update(SessionRow).where(
        SessionRow.person_id == person.id, SessionRow.ended_at.is_(None), SessionRow.ends_at > now
    )
    if but is not None:
        ending = ending.where(SessionRow.id != but)
    done = session.execute(ending.values(ended_at=now).returning(SessionRow.id))
    return len(done.all())
