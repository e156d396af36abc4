"""This package's share of one person's data: exported, and erased."""

from datetime import datetime

from sqlalchemy import select

from govmatch.correspondence.models import Message
from govmatch.kit.db import ReadSession, Session

KEPT = {
    "messages.by": "by number alone, since messages belong to the case",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what a person wrote, as JSON values."""
    found = select(Message).where(Message.by == person_id).order_by(Message.id)
    return {
        "messages": [{"at": one.at.isoformat(), "text": one.text} for one in session.scalars(found)]
    }


def erase(_session: Session, _person_id: int, *, now: datetime) -> None:
    """Leave the messages, which belong to the case; the writer's name goes with the account."""
