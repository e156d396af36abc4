"""This package's share of one person's data: what they said of matches, in the name of a firm."""

from datetime import datetime

from sqlalchemy import select, update

from govmatch.kit.db import ReadSession, Session
from govmatch.matching.models import Opinion


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what a person said of matches, as JSON values."""
    rows = select(Opinion).where(Opinion.person_id == person_id).order_by(Opinion.id)
    return {
        "opinions": [
            {"reason": one.reason, "note": one.note, "at": one.at.isoformat()}
            for one in session.scalars(rows)
        ]
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:  # noqa: ARG001
    """Keep a firm's opinions without who wrote them and without their words."""
    mine = update(Opinion).where(Opinion.person_id == person_id)
    session.execute(mine.values(person_id=None, note=""))
