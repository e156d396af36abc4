"""Due work: reminders a day before, and deleting what nobody needs any more."""

from sqlalchemy import delete

from govmatch.gatherings import actions, queries
from govmatch.gatherings.events import GatheringSoon
from govmatch.gatherings.models import SeatRequest
from govmatch.gatherings.rules import REQUEST_LASTS
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import Session

_MOST = 200


def remind(background: Background, session: Session) -> None:
    """Note in the journal once what begins within a day; the notices follow from that."""
    now = background.now
    for gathering in queries.soon(session, now=now, most=_MOST):
        gathering.reminded_at = now
        starts = gathering.starts.isoformat(timespec="seconds")
        event = GatheringSoon(subject_id=gathering.id, starts=starts)
        journal.record(session, event, actor=VISITOR, now=now)


def erase_needs(background: Background, session: Session) -> None:
    """Delete access needs 30 days after the event."""
    now = background.now
    for gathering in queries.with_needs_to_erase(session, now=now, most=_MOST):
        actions.erase_needs(session, gathering, now=now)


def erase_addresses(background: Background, session: Session) -> None:
    """Delete names and addresses of people without an account a year after the event."""
    now = background.now
    for gathering in queries.without_account_to_erase(session, now=now, most=_MOST):
        actions.erase_without_account(session, gathering, now=now)


def forget_requests(background: Background, session: Session) -> None:
    """Delete requests whose link is over, with the addresses in them."""
    over = SeatRequest.at < background.real_now - REQUEST_LASTS
    session.execute(delete(SeatRequest).where(over))


DUE = [remind, erase_needs, erase_addresses, forget_requests]
