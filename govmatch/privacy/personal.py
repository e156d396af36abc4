"""This package's share of one person's data: what they asked for here."""

from datetime import datetime

from sqlalchemy import select, update

from govmatch.kit.db import ReadSession, Session
from govmatch.privacy.models import Erasure, Export, RetentionRun

KEPT = {
    "exports.person_id": "that a copy was made and taken, by number alone; the file is deleted",
    "erasures.person_id": "that the erasure was done, by number alone",
    "retention_runs.by": "who had data deleted, by number alone",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return the copies and erasures that a person asked for, as JSON values; times are UTC."""
    copies = select(Export).where(Export.person_id == person_id).order_by(Export.id)
    erasures = select(Erasure).where(Erasure.person_id == person_id).order_by(Erasure.id)
    runs = select(RetentionRun).where(RetentionRun.by == person_id).order_by(RetentionRun.id)
    return {
        "copies": [
            {
                "asked_at": one.asked_at.isoformat(),
                "made_at": _iso(one.made_at),
                "fetched_at": _iso(one.fetched_at),
                "sha256": one.sha256,
            }
            for one in session.scalars(copies)
        ],
        "erasures": [
            {
                "why": one.why,
                "asked_at": one.asked_at.isoformat(),
                "due_at": one.due_at.isoformat(),
                "taken_back_at": _iso(one.taken_back_at),
            }
            for one in session.scalars(erasures)
        ],
        "retention_runs": [
            {"at": one.at.isoformat(), "kind": one.kind, "number": one.number}
            for one in session.scalars(runs)
        ],
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Let nobody take a person's copies any more; due work deletes the files at its next turn."""
    mine = update(Export).where(Export.person_id == person_id, Export.gone_at.is_(None))
    session.execute(mine.values(gone_at=now))
