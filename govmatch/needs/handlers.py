"""Due work: rankings follow the voices within a minute; a firm's new size within a day."""

from datetime import timedelta

from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.needs.actions import rank
from govmatch.needs.queries import last_event, latest, surveyed

AT_LEAST = timedelta(days=1)
"""What a ranking depends on beside voices: sizes and themes of firms, firms that close."""


def rank_anew(background: Background, session: Session) -> None:
    """Work out the ranking of each programme about whose needs something has happened since."""
    last = last_event(session)
    for programme_id in surveyed(session):
        known = latest(session, programme_id)
        is_new = known is None or known.journal_id < last
        if is_new or (known is not None and background.now - known.checked_at >= AT_LEAST):
            rank(session, programme_id, now=background.now)


DUE = [rank_anew]
