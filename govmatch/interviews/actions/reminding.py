"""Due work: reminders before dates, and interviews of what is on the shortlist no more."""

from datetime import datetime

from govmatch.interviews import events, queries
from govmatch.interviews.actions.inviting import end
from govmatch.interviews.models import State
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session


def remind(session: Session, *, now: datetime) -> int:
    """Remind of dates to book by and of slots that come, each once; return of how many."""
    found = queries.to_remind(session, now=now)
    for interview in found:
        is_booked = interview.state == State.BOOKED
        if is_booked:
            interview.reminded_at = now
        else:
            interview.urged_at = now
        event = events.InterviewReminded(
            interview.application_id, interview_id=interview.id,
            what="soon" if is_booked else "book",
        )  # fmt: skip
        journal.record(session, event, actor=VISITOR, now=now)
    return len(found)


def settle(session: Session, *, now: datetime) -> int:
    """Call off what was withdrawn, moved off the shortlist or decided meanwhile; return how many.

    Their slots are free again. Harmless when run twice.
    """
    found = queries.left_behind(session)
    for interview in found:
        end(session, interview, "", actor=VISITOR, now=now)
    return len(found)
