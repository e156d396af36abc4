"""Which mails there are."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from govmatch.kit.db import ReadSession
from govmatch.notifications.models import Mail

LEASE = timedelta(seconds=15)


def waiting(session: ReadSession, *, now: datetime, most: int) -> list[Mail]:
    """Return mails that are due and in nobody's hands, oldest first."""
    return list(
        session.scalars(
            select(Mail)
            .where(
                Mail.sent_at.is_(None),
                Mail.refused_at.is_(None),
                Mail.next_try <= now,
                or_(Mail.claimed_at.is_(None), Mail.claimed_at < now - LEASE),
            )
            .order_by(Mail.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
    )


def latest(session: ReadSession, *, most: int = 100) -> list[Mail]:
    """Return the newest mails to anybody; for the demonstration's pages only."""
    return list(session.scalars(select(Mail).order_by(Mail.id.desc()).limit(most)))


def by_public_id(session: ReadSession, public_id: str) -> Mail | None:
    return session.scalars(select(Mail).where(Mail.public_id == public_id)).first()
