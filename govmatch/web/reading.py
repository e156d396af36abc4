"""Where reading is itself an act: one journal row per person, object and day."""

from datetime import UTC, datetime, time

from govmatch.kit import journal
from govmatch.kit.db import Database, Session, commit
from govmatch.web.visit import Visit


def record_readings(database: Database, visit: Visit) -> None:
    """Write down, in a short transaction of its own, what the view noted that it showed.

    The day is that of UTC in the site's time. Two requests at once follow each other at the
    journal's head, so that the second finds the row of the first.
    """
    if not visit.readings:
        return
    with database.writing() as session:
        if write_readings(session, visit):
            commit(session)


def write_readings(session: Session, visit: Visit) -> bool:
    """Write down what the view noted; return whether anything was written, and commit nothing."""
    day = datetime.combine(visit.now.astimezone(UTC).date(), time(), UTC)
    journal.hold(session)
    fresh = [
        reading
        for reading in visit.readings
        if not journal.is_recorded(session, reading.event, actor=visit.actor, since=day)
    ]
    for reading in fresh:
        journal.record(session, reading.event, actor=visit.actor, now=visit.now)
        if reading.also is not None:
            reading.also(session)
    counted = [reading.each for reading in visit.readings if reading.each is not None]
    for count in counted:
        count(session)
    return bool(fresh or counted)
