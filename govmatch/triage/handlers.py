"""Due work: what was submitted is read for what it is like, and a firm is reminded three days and
a day before the time for its answer is over.
"""

from govmatch.glossary.bridging import bridge
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.triage.actions.reading import read_new
from govmatch.triage.events import RequestDueSoon
from govmatch.triage.queries import due_soon, likenesses

AT_ONCE = 40
"""About a second of work, while nobody else writes."""


def remind(background: Background, session: Session) -> None:
    """Record that three days or one are left; who is told, the notices say. Each once."""
    for asked in due_soon(session, now=background.now):
        asked.reminded_at = background.now
        event = RequestDueSoon(asked.application_id, deficiency_id=asked.id)
        journal.record(session, event, actor=VISITOR, now=background.now)
    session.flush()


def read_submitted(background: Background, session: Session) -> None:
    """Read what was submitted since; what is left, the next minute does."""
    content_dir = background.settings.content_dir
    if not likenesses.waiting(session):
        return
    words = bridge(session, content_dir)
    read_new(session, bridge=words, content_dir=content_dir, now=background.now, most=AT_ONCE)


DUE = [remind, read_submitted]
