"""Due work: interviews that lost their ground, and reminders."""

from govmatch.interviews import actions
from govmatch.kit.background import Background
from govmatch.kit.db import Session


def settle(background: Background, session: Session) -> None:
    """Call off interviews of applications that were withdrawn or left the shortlist."""
    actions.settle(session, now=background.now)


def remind(background: Background, session: Session) -> None:
    """Remind two days before the date to book by, and one day before the slot."""
    actions.remind(session, now=background.now)


DUE = [settle, remind]
