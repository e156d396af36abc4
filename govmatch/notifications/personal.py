"""This package's share of one person's data: exported, and erased."""

from datetime import datetime

from sqlalchemy import delete, select, update

from govmatch.kit.db import ReadSession, Session
from govmatch.notifications.actions import nothing_left
from govmatch.notifications.models import InboxItem, Mail, Preference

KEPT = {
    "mails.person_id": "that a mail went out is counted; its text and address are emptied",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return a person's inbox, mails and settings, as JSON values."""
    inbox = select(InboxItem).where(InboxItem.person_id == person_id).order_by(InboxItem.id)
    mails = select(Mail).where(Mail.person_id == person_id).order_by(Mail.id)
    wanted = select(Preference).where(Preference.person_id == person_id)
    return {
        "inbox": [
            {"at": item.at.isoformat(), "title": item.title, "path": item.path}
            for item in session.scalars(inbox)
        ],
        "mails": [
            {"at": mail.created_at.isoformat(), "subject": mail.subject}
            for mail in session.scalars(mails)
        ],
        "preferences": {one.topic: one.how for one in session.scalars(wanted)},
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Delete a person's inbox and settings, and empty the mails that went to them.

    What waits to be sent is not sent any more.
    """
    session.execute(delete(InboxItem).where(InboxItem.person_id == person_id))
    session.execute(delete(Preference).where(Preference.person_id == person_id))
    session.execute(update(Mail).where(Mail.person_id == person_id).values(nothing_left(now)))
