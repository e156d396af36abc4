"""This package's share of one person's data: what they uploaded, under which name."""

from datetime import datetime

from sqlalchemy import update

from govmatch.files.models import StoredFile
from govmatch.files.queries import uploaded_by
from govmatch.kit.db import ReadSession, Session


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what the person uploaded, as JSON values; the files are the things' they belong to."""
    return {
        "files": [
            {
                "name": file.name,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.sha256,
                "uploaded_at": file.uploaded_at.isoformat(),
                "for": file.owner_kind,
            }
            for file in uploaded_by(session, person_id)
        ]
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Forget who uploaded what; files go with the thing they belong to."""
    del now
    session.execute(
        update(StoredFile).where(StoredFile.uploaded_by == person_id).values(uploaded_by=None)
    )
