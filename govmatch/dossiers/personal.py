"""This package's share of one person's data: which files of cases they had made.

What stands in the files is of the case, and is deleted with the archive after some days.
"""

from datetime import datetime

from sqlalchemy import select

from govmatch.challenges.models import Challenge
from govmatch.dossiers.models import Dossier
from govmatch.dossiers.reading_models import PublicReading
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session

KEPT = {
    "dossiers.asked_by": "by number alone: the award file says who took it along",
    "public_readings.saved_by": "by number alone: the award file says who let what out",
    "public_readings.released_by": "by number alone: the award file says who let what out",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return which files the person asked for, as JSON values; times are UTC."""
    found = (
        select(Dossier, Challenge.slug)
        .join(Challenge, Challenge.id == Dossier.challenge_id)
        .where(Dossier.asked_by == person_id)
        .order_by(Dossier.id)
    )
    return {
        "case_files": [
            {
                "challenge": slug,
                "kind": one.kind,
                "asked_at": one.asked_at.isoformat(),
                "sha256": one.sha256,
            }
            for one, slug in session.execute(found)
        ],
        "read_for_the_public": acts_of(
            session,
            person_id,
            {
                "narrowed": (PublicReading.saved_by, PublicReading.saved_at),
                "let_out": (PublicReading.released_by, PublicReading.released_at),
            },
        ),
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Keep the rows: that somebody took the file of a case stays in the file of the case."""
    del session, person_id, now
