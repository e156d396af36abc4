"""Due work: instants that the clock reaches go into the journal, and the news follow from that.

An instant is noted once, by its own key, and only within a day of it: a worker that stood still
for longer tells nobody of what is old.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, load_only

from govmatch.challenges import rules
from govmatch.challenges.events import ApplicationsWelcome, ChallengeCameOut, DeadlineNear
from govmatch.challenges.models import Challenge, State
from govmatch.following.moments import note
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession, Session

LATE = timedelta(days=1)
DAYS = (7, 2)
"""Days before the deadline on which followers are told."""
_COLUMNS = load_only(
    Challenge.public_id,
    Challenge.state,
    Challenge.published_at,
    Challenge.opens,
    Challenge.closes,
)


def tell_publications(background: Background, session: Session) -> None:
    """Note what has become public."""
    for one in _reached(session, Challenge.published_at, background.now):
        if note(session, f"out:{one.public_id}", now=background.now):
            event = ChallengeCameOut(subject_id=one.id)
            journal.record(session, event, actor=VISITOR, now=background.now)


def tell_openings(background: Background, session: Session) -> None:
    """Note what has opened, but for what became public at about the same time."""
    for one in _reached(session, Challenge.opens, background.now):
        is_news = one.opens and one.published_at and one.opens - one.published_at >= LATE
        if not is_news or not rules.is_open(one, background.now):
            continue
        if note(session, f"opens:{one.public_id}", now=background.now):
            event = ApplicationsWelcome(subject_id=one.id)
            journal.record(session, event, actor=VISITOR, now=background.now)


def tell_deadlines(background: Background, session: Session) -> None:
    """Note which deadlines are 7 and 2 days away; one that was moved is noted anew."""
    for days in DAYS:
        before = timedelta(days=days)
        for one in _reached(session, Challenge.closes, background.now + before):
            assert one.closes
            is_news = one.published_at and one.published_at <= one.closes - before - LATE
            if not is_news or not rules.is_open(one, background.now):
                continue
            closes = one.closes.isoformat(timespec="seconds")
            if note(session, f"closes-{days}:{one.public_id}:{closes}", now=background.now):
                event = DeadlineNear(subject_id=one.id, days=days, closes=closes)
                journal.record(session, event, actor=VISITOR, now=background.now)


def _reached(
    session: ReadSession, column: InstrumentedAttribute[datetime | None], at: datetime
) -> Iterable[Challenge]:
    """Return the published challenges whose instant in this column is at most a day before `at`."""
    found = (
        select(Challenge)
        .options(_COLUMNS)
        .where(
            Challenge.state == State.PUBLISHED,
            Challenge.published_at.is_not(None),
            column > at - LATE,
            column <= at,
        )
        .order_by(Challenge.id)
    )
    return session.scalars(found).all()


DUE = [tell_publications, tell_openings, tell_deadlines]
