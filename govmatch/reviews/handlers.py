"""Due work: conflicts that came about since, access that has ended, reminders."""

from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.reviews import actions


def settle_conflicts(background: Background, session: Session) -> None:
    """Close what firms that applied, or people who joined firms, made a conflict meanwhile."""
    actions.settle(session, now=background.now, real_now=background.real_now)


def end_access(background: Background, session: Session) -> None:
    """Take from people who left a jury what they could read for it."""
    actions.end_left_behind(session, now=background.now, real_now=background.real_now)


def remind(background: Background, session: Session) -> None:
    """Remind of reviews that are due in three days, and of those that are overdue."""
    actions.remind(session, now=background.now)


def suspect_conflicts(background: Background, session: Session) -> None:
    """Write down what may be a conflict since somebody joined, moved, applied or was named."""
    actions.suspect_changed(
        session,
        content_dir=background.settings.content_dir,
        now=background.now,
        real_now=background.real_now,
    )


DUE = [settle_conflicts, suspect_conflicts, end_access, remind]
