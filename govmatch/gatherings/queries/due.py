"""What the background looks for: reminders, and what is to be deleted."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from govmatch.gatherings.models import Gathering, Registration, State
from govmatch.kit.db import Session

REMINDED = timedelta(hours=24)
NEEDS_KEPT = timedelta(days=30)
"""How long after the event a host keeps what people wrote about their access needs."""
ADDRESSES_KEPT = timedelta(days=365)
"""How long after the event names and addresses of people without an account are kept."""


def soon(session: Session, *, now: datetime, most: int) -> list[Gathering]:
    """Return what begins within 24 hours and of which nobody was reminded yet, locked."""
    found = (
        select(Gathering)
        .where(
            Gathering.state == State.PUBLISHED,
            Gathering.reminded_at.is_(None),
            Gathering.starts > now,
            Gathering.starts <= now + REMINDED,
        )
        .order_by(Gathering.starts, Gathering.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(found))


def with_needs_to_erase(session: Session, *, now: datetime, most: int) -> list[Gathering]:
    """Return what ended 30 days ago and still holds access needs, locked."""
    holds = exists().where(Registration.gathering_id == Gathering.id, Registration.needs != "")
    found = select(Gathering).where(
        Gathering.ends <= now - NEEDS_KEPT, Gathering.needs_erased_at.is_(None), holds
    )
    return list(
        session.scalars(found.order_by(Gathering.id).limit(most).with_for_update(skip_locked=True))
    )


def without_account_to_erase(session: Session, *, now: datetime, most: int) -> list[Gathering]:
    """Return what ended a year ago and still holds addresses of people without an account.

    Who has a certificate stays in: nobody else could say whose it is.
    """
    holds = exists().where(
        Registration.gathering_id == Gathering.id,
        Registration.person_id.is_(None),
        Registration.certificate.is_(None),
        Registration.email != "",
    )
    found = select(Gathering).where(Gathering.ends <= now - ADDRESSES_KEPT, holds)
    return list(
        session.scalars(found.order_by(Gathering.id).limit(most).with_for_update(skip_locked=True))
    )
