"""This package's share of one person's data: which pages they had made PDF files."""

from datetime import datetime

from sqlalchemy import delete, select

from govmatch.kit.db import ReadSession, Session
from govmatch.printing.models import Print


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return the prints that the person asked for, as JSON values; times are UTC."""
    found = select(Print).where(Print.person_id == person_id).order_by(Print.id)
    return {
        "prints": [
            {
                "title": one.title,
                "path": one.page,
                "lang": one.lang,
                "asked_at": one.asked_at.isoformat(),
            }
            for one in session.scalars(found)
        ]
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Forget the person's prints; due work deletes the files at its next turn."""
    del now
    session.execute(delete(Print).where(Print.person_id == person_id))
