"""Background work as rows: made once per key, claimed with one statement, leased, tried again.

Delivery is at least once, so every handler is harmless when run twice.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Index, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, ReadSession, Session, UtcDateTime, insert_once
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass

LEASE = timedelta(seconds=15)
AGAIN_AFTER = tuple(timedelta(seconds=s) for s in (5, 15, 60, 300, 1800, 7200, 43200))


class Job(Base):
    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("handler", "key"),
        Index("ix_jobs_open", "done_at", "parked_at", "run_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handler: Mapped[str]
    key: Mapped[str]
    journal_id: Mapped[int | None]
    run_after: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None]
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    parked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None]


@dataclass(frozen=True)
class Claimed:
    """A job in the hands of one worker until its lease ends."""

    id: int
    handler: str
    key: str
    journal_id: int | None
    attempts: int


def enqueue(
    session: Session, handler: str, key: str, *, now: datetime, journal_id: int | None = None
) -> None:
    """Make the job unless there is, or was, one with this handler and key."""
    values = {
        "handler": handler,
        "key": key,
        "journal_id": journal_id,
        "run_after": now,
        "attempts": 0,
    }
    session.execute(insert_once(session, Job).values(**values))


def dispatch(session: Session, listeners: Mapping[str, tuple[str, ...]], *, now: datetime) -> int:
    """Turn journal rows nobody has looked at into one job per listener; return how many rows."""
    fresh = session.scalars(
        select(JournalRow)
        .where(JournalRow.dispatched_at.is_(None))
        .order_by(JournalRow.id)
        .limit(500)
        .with_for_update(skip_locked=True)
    ).all()
    for row in fresh:
        for handler in listeners.get(row.event, ()):
            enqueue(session, handler, str(row.id), now=now, journal_id=row.id)
    ids = [row.id for row in fresh]
    session.execute(
        update(JournalRow).where(JournalRow.id.in_(ids)).values(dispatched_at=now),
        execution_options={"synchronize_session": False},
    )
    return len(ids)


def claim(session: Session, worker: str, *, now: datetime) -> Claimed | None:
    """Take the first open job for 15 seconds; one whose lease ran out counts as open."""
    first = (
        select(Job.id)
        .where(
            Job.done_at.is_(None),
            Job.parked_at.is_(None),
            Job.run_after <= now,
            (Job.claimed_at.is_(None)) | (Job.claimed_at < now - LEASE),
        )
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = session.execute(
        update(Job)
        .where(Job.id.in_(first.scalar_subquery()))
        .values(claimed_by=worker, claimed_at=now, attempts=Job.attempts + 1)
        .returning(Job.id, Job.handler, Job.key, Job.journal_id, Job.attempts)
        .execution_options(synchronize_session=False)
    ).first()
    return Claimed(*found) if found else None


def renew(session: Session, job: Claimed, worker: str, *, now: datetime) -> None:
    session.execute(
        update(Job).where(Job.id == job.id, Job.claimed_by == worker).values(claimed_at=now)
    )


def finish(session: Session, job: Claimed, *, now: datetime) -> None:
    session.execute(update(Job).where(Job.id == job.id).values(done_at=now, error=None))


def fail(session: Session, job: Claimed, error: str, *, now: datetime) -> None:
    """Put the job back for later, or aside for a person to look at after the last attempt."""
    values: dict[str, object] = {"claimed_by": None, "claimed_at": None, "error": error[:500]}
    if job.attempts > len(AGAIN_AFTER):
        values["parked_at"] = now
    else:
        values["run_after"] = now + AGAIN_AFTER[job.attempts - 1]
    session.execute(update(Job).where(Job.id == job.id).values(**values))


def parked(session: ReadSession) -> list[Job]:
    return list(session.scalars(select(Job).where(Job.parked_at.is_not(None)).order_by(Job.id)))


def has_undispatched(session: ReadSession) -> bool:
    found = select(JournalRow.id).where(JournalRow.dispatched_at.is_(None)).limit(1)
    return session.execute(found).first() is not None


def has_open(session: ReadSession, *, now: datetime) -> bool:
    """True when a job is due, whoever holds it; a cheap look before taking the write lock."""
    found = select(Job.id).where(
        Job.done_at.is_(None), Job.parked_at.is_(None), Job.run_after <= now
    )
    return session.execute(found.limit(1)).first() is not None
