"""Limits that hold for all processes: how often something may be done within a time."""

from datetime import datetime, timedelta

from sqlalchemy import Index, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, Session, UtcDateTime
from govmatch.kit.errors import TooMany
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass


class Use(Base):
    """One use of a limited thing; `subject` is a digest, so that no address is kept."""

    __tablename__ = "limit_uses"
    __table_args__ = (Index("ix_limit_uses_subject", "limit_name", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    limit_name: Mapped[str]
    subject: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class Limit:
    """At most `count` uses by one subject within `per`."""

    name: str
    count: int
    per: timedelta


def spend(session: Session, limit: Limit, subject: str, *, now: datetime) -> None:
    """Count one use; raises `TooMany` with the seconds to wait when there are already enough."""
    key = digest(f"{limit.name}:{subject}")[:32]
    _wait_for_others(session, key)
    since = now - limit.per
    session.execute(
        delete(Use).where(Use.limit_name == limit.name, Use.subject == key, Use.at <= since)
    )
    used, oldest = session.execute(
        select(func.count(), func.min(Use.at)).where(
            Use.limit_name == limit.name, Use.subject == key
        )
    ).one()
    if used >= limit.count:
        raise TooMany(max(1, int((oldest + limit.per - now).total_seconds())))
    session.add(Use(limit_name=limit.name, subject=key, at=now))


def _wait_for_others(session: Session, key: str) -> None:
    """Let parallel uses by one subject count each other; SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(int(key[:15], 16))))


def clear(session: Session, limit: Limit, subject: str) -> None:
    """Forget the uses by one subject, such as failed codes after the right one."""
    key = digest(f"{limit.name}:{subject}")[:32]
    session.execute(delete(Use).where(Use.limit_name == limit.name, Use.subject == key))
