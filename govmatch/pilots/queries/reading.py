"""The parts of one pilot: milestones, deliveries, key figures, log, documents, changes."""

from collections.abc import Collection, Iterable

from sqlalchemy import func, select

from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.journal import JournalRow, rows_about
from govmatch.pilots.models import (
    Change,
    ChangeState,
    Delivery,
    Kpi,
    KpiValue,
    LogEntry,
    Milestone,
    Pilot,
)

PILOT = "pilot"
DELIVERY = "delivery"
"""Whose files they are, as the files package keeps it."""


def milestones(session: ReadSession, pilot: Pilot) -> list[Milestone]:
    """Return its milestones in the order of their days."""
    found = select(Milestone).where(Milestone.pilot_id == pilot.id)
    return list(session.scalars(found.order_by(Milestone.due, Milestone.number)))


def get_milestone(session: ReadSession, pilot: Pilot, public_id: str) -> Milestone:
    """Return a milestone of this very pilot; raises `NotFound`."""
    found = session.scalars(
        select(Milestone).where(Milestone.public_id == public_id, Milestone.pilot_id == pilot.id)
    ).first()
    if found is None:
        raise NotFound
    return found


def deliveries(session: ReadSession, milestones: Iterable[Milestone]) -> list[Delivery]:
    """Return what was delivered for these milestones, newest first."""
    ids = [milestone.id for milestone in milestones]
    found = select(Delivery).where(Delivery.milestone_id.in_(ids))
    return list(session.scalars(found.order_by(Delivery.id.desc())))


def files_of_deliveries(session: ReadSession, ids: Collection[int]) -> dict[int, list[StoredFile]]:
    """Return the files of deliveries by delivery, oldest first; one statement."""
    found = select(StoredFile).where(
        StoredFile.owner_kind == DELIVERY,
        StoredFile.owner_id.in_(ids),
        StoredFile.removed_at.is_(None),
    )
    by_delivery: dict[int, list[StoredFile]] = {}
    for file in session.scalars(found.order_by(StoredFile.id)):
        by_delivery.setdefault(file.owner_id, []).append(file)
    return by_delivery


def documents(session: ReadSession, pilot: Pilot) -> list[StoredFile]:
    """Return the documents of both sides, oldest first."""
    return of_owner(session, PILOT, pilot.id)


def find_file(session: ReadSession, pilot: Pilot, public_id: str) -> StoredFile:
    """Return a document of this pilot or a file of one of its deliveries; raises `NotFound`."""
    delivered = (
        select(Delivery.id)
        .join(Milestone, Milestone.id == Delivery.milestone_id)
        .where(Milestone.pilot_id == pilot.id)
    )
    is_document = (StoredFile.owner_kind == PILOT) & (StoredFile.owner_id == pilot.id)
    is_delivered = (StoredFile.owner_kind == DELIVERY) & StoredFile.owner_id.in_(delivered)
    found = session.scalars(
        select(StoredFile).where(
            StoredFile.public_id == public_id,
            StoredFile.removed_at.is_(None),
            is_document | is_delivered,
        )
    ).first()
    if found is None:
        raise NotFound
    return found


def kpis(session: ReadSession, pilot: Pilot) -> list[Kpi]:
    found = select(Kpi).where(Kpi.pilot_id == pilot.id)
    return list(session.scalars(found.order_by(Kpi.number)))


def get_kpi(session: ReadSession, pilot: Pilot, public_id: str) -> Kpi:
    """Return a key figure of this very pilot; raises `NotFound`."""
    found = session.scalars(
        select(Kpi).where(Kpi.public_id == public_id, Kpi.pilot_id == pilot.id)
    ).first()
    if found is None:
        raise NotFound
    return found


def values(session: ReadSession, kpi: Kpi) -> list[KpiValue]:
    """Return every value that was reported, by day and then by time."""
    found = select(KpiValue).where(KpiValue.kpi_id == kpi.id)
    return list(session.scalars(found.order_by(KpiValue.measured, KpiValue.id)))


def latest_values(session: ReadSession, pilot: Pilot) -> dict[int, KpiValue]:
    """Return by key figure the value of its last day, the one reported last where there are two."""
    rank = (
        func.row_number()
        .over(
            partition_by=KpiValue.kpi_id,
            order_by=(KpiValue.measured.desc(), KpiValue.id.desc()),
        )
        .label("rank")
    )
    ranked = (
        select(KpiValue.id, rank)
        .join(Kpi, Kpi.id == KpiValue.kpi_id)
        .where(Kpi.pilot_id == pilot.id)
        .subquery()
    )
    last = select(ranked.c.id).where(ranked.c.rank == 1)
    found = session.scalars(select(KpiValue).where(KpiValue.id.in_(last)))
    return {value.kpi_id: value for value in found}


def log(session: ReadSession, pilot: Pilot, *, offset: int, size: int) -> list[LogEntry]:
    """Return entries of the log, newest first."""
    found = select(LogEntry).where(LogEntry.pilot_id == pilot.id)
    return list(session.scalars(found.order_by(LogEntry.id.desc()).offset(offset).limit(size)))


def count_log(session: ReadSession, pilot: Pilot) -> int:
    found = select(func.count()).select_from(LogEntry).where(LogEntry.pilot_id == pilot.id)
    return session.execute(found).scalar_one()


def changes(session: ReadSession, pilot: Pilot) -> list[Change]:
    """Return the changes that were wished for, newest first."""
    found = select(Change).where(Change.pilot_id == pilot.id)
    return list(session.scalars(found.order_by(Change.number.desc())))


def open_change(session: ReadSession, pilot: Pilot) -> Change | None:
    """Return the change that waits for its answer."""
    found = select(Change).where(Change.pilot_id == pilot.id, Change.state == ChangeState.OPEN)
    return session.scalars(found).first()


def timeline(session: ReadSession, pilot: Pilot) -> list[JournalRow]:
    """Return what happened to a pilot, oldest first."""
    return rows_about(session, PILOT, pilot.id)
