"""This package's share of one person's data: exported, and erased."""

from datetime import datetime

from sqlalchemy import select

from govmatch.glossary.entries import read_words
from govmatch.glossary.models import GlossaryVersion
from govmatch.kit.db import ReadSession, Session

KEPT = {
    "glossary_versions.by": "by number alone, since searches use the entries",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what a person wrote into the glossary, as JSON values."""
    found = select(GlossaryVersion).where(GlossaryVersion.by == person_id)
    return {
        "glossary": [
            {
                "at": one.at.isoformat(),
                "words": [word.text for word in read_words(one.words)],
                "note": one.note,
                "is_on": one.is_on,
            }
            for one in session.scalars(found.order_by(GlossaryVersion.id))
        ]
    }


def erase(_session: Session, _person_id: int, *, now: datetime) -> None:
    """Leave the entries, which searches use; the writer's name goes with the account."""
