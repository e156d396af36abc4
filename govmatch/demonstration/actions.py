"""What may be done on /demo."""

from datetime import timedelta

from sqlalchemy import update

from govmatch.kit.db import Session
from govmatch.kit.journal import Head

FURTHEST = timedelta(days=366)


def move_clock(session: Session, *, by: timedelta) -> None:
    """Move the site's clock forward, at most a year at a time; it never goes back."""
    seconds = int(min(max(by, timedelta(0)), FURTHEST).total_seconds())
    session.execute(
        update(Head).values(clock_offset=Head.clock_offset + seconds),
        execution_options={"synchronize_session": False},
    )
