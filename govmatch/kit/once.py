"""The form key: a form sent twice is done once, and the second answer is the first one's."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, Session, UtcDateTime, insert_once

KEPT = timedelta(days=7)


class FormKey(Base):
    """A form that was sent: the digest of its key, its sender and its content, and the answer."""

    __tablename__ = "form_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    location: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def take(session: Session, key: str, *, now: datetime) -> str | None:
    """Take the key for this transaction, and return None; or the location it already led to.

    A second transaction with the same key waits here until the first has committed.
    """
    taken = session.execute(
        insert_once(session, FormKey).values(key=key, location="", at=now).returning(FormKey.key)
    ).first()
    if taken is not None:
        return None
    return session.execute(select(FormKey.location).where(FormKey.key == key)).scalar_one()


def keep(session: Session, key: str, location: str) -> None:
    """Note where this form led to."""
    session.get_one(FormKey, key).location = location


def forget_old(session: Session, *, now: datetime) -> None:
    session.execute(delete(FormKey).where(FormKey.at < now - KEPT))
