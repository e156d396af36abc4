"""What is told to whoever acts on an old page, and interviews held against others."""

from datetime import UTC, datetime

from sqlalchemy import select

from govmatch.interviews.models import Interview
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg

STALE = msg("Somebody else changed it meanwhile. Please read the page again.")


def hold_row(session: Session, interview: Interview, revision: int | None) -> None:
    """Keep others from changing an interview until the transaction ends.

    Raises `Conflict` where its page of this `revision` is not the newest.
    """
    held = select(Interview.id).where(Interview.id == interview.id)
    session.execute(held.with_for_update())
    session.refresh(interview)
    if revision is not None and interview.revision != revision:
        raise Conflict(STALE)


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
