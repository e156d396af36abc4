"""Due work: a firm is reminded once, a day before the time for its answer is over."""

from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.triage.events import RequestDueSoon
from govmatch.triage.queries import due_soon


def remind(background: Background, session: Session) -> None:
    """Record that a day is left; who is told, the notices say. Each request once."""
    for asked in due_soon(session, now=background.now):
        asked.reminded_at = background.now
        event = RequestDueSoon(asked.application_id, deficiency_id=asked.id)
        journal.record(session, event, actor=VISITOR, now=background.now)
    session.flush()


DUE = [remind]
