"""That somebody has a section open: told to colleagues, and kept for a minute."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from govmatch.applications import queries
from govmatch.applications.models import Application, SectionWriter
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session, insert_once

FORGOTTEN = timedelta(hours=1)
FRESH = timedelta(seconds=10)
"""So long a note is as good as new: colleagues look every 20 s, and it holds for 60."""


def note_writing(
    session: Session, application: Application, section_id: str, *, actor: Actor, real_now: datetime
) -> None:
    """Note that the actor has this section open now; of who left long ago nothing is kept."""
    assert actor.person_id is not None
    row = queries.writer_row(session, application, section_id, actor.person_id)
    if row is not None:
        if row.at < real_now - FRESH:
            row.at = real_now
        return
    forget_writers(session, application, before=real_now - FORGOTTEN)
    values = {
        "application_id": application.id,
        "section_id": section_id,
        "person_id": actor.person_id,
        "at": real_now,
    }
    session.execute(insert_once(session, SectionWriter).values(values))


def stop_writing(
    session: Session, application: Application, section_id: str, *, actor: Actor
) -> None:
    """Note that the actor has left this section."""
    session.execute(
        delete(SectionWriter).where(
            SectionWriter.application_id == application.id,
            SectionWriter.section_id == section_id,
            SectionWriter.person_id == actor.person_id,
        ),
        execution_options={"synchronize_session": False},
    )


def forget_writers(session: Session, application: Application, *, before: datetime) -> None:
    session.execute(
        delete(SectionWriter).where(
            SectionWriter.application_id == application.id, SectionWriter.at < before
        ),
        execution_options={"synchronize_session": False},
    )
