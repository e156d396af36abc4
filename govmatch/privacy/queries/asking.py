"""Copies, erasures and runs. `real_now` is the machine's time, which all of them go by."""

from datetime import datetime

from sqlalchemy import select

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Role, SessionRow
from govmatch.kit.actor import SITE, Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.privacy.models import Erasure, Export, RetentionRun


def exports_of(session: ReadSession, person_id: int, *, most: int = 10) -> list[Export]:
    """Return the copies that a person asked for last, newest first."""
    found = select(Export).where(Export.person_id == person_id)
    return list(session.scalars(found.order_by(Export.id.desc()).limit(most)))


def get_own_export(session: ReadSession, actor: Actor, public_id: str) -> Export:
    """Return one of the actor's own copies; raises `NotFound` for everybody else's."""
    found = select(Export).where(Export.public_id == public_id, Export.person_id == actor.person_id)
    export = session.scalars(found).first()
    if export is None:
        raise NotFound
    return export


def export_by_id(session: ReadSession, export_id: int) -> Export | None:
    return session.get(Export, export_id)


def lapsed_exports(session: ReadSession, *, real_now: datetime) -> list[Export]:
    """Return copies whose time is over and whose file is still there."""
    found = select(Export).where(Export.gone_at.is_(None), Export.expires_at <= real_now)
    return list(session.scalars(found.order_by(Export.id).limit(200)))


def kept_exports(session: ReadSession) -> set[str]:
    """Return the names of the files that are to be kept."""
    return set(session.scalars(select(Export.public_id).where(Export.gone_at.is_(None))))


def open_erasure(session: ReadSession, person_id: int) -> Erasure | None:
    """Return the erasure that is to come for a person."""
    found = select(Erasure).where(
        Erasure.person_id == person_id,
        Erasure.done_at.is_(None),
        Erasure.taken_back_at.is_(None),
    )
    return session.scalars(found).first()


def due_erasures(session: ReadSession, *, real_now: datetime, most: int = 5) -> list[Erasure]:
    """Return the erasures whose day has come, oldest first."""
    found = select(Erasure).where(
        Erasure.done_at.is_(None),
        Erasure.taken_back_at.is_(None),
        Erasure.due_at <= real_now,
    )
    return list(session.scalars(found.order_by(Erasure.due_at, Erasure.id).limit(most)))


def signed_in_since(session: ReadSession, person_id: int, since: datetime) -> bool:
    """True where the person opened a session, or used one, from that instant on."""
    found = select(SessionRow.id).where(
        SessionRow.person_id == person_id,
        (SessionRow.created_at >= since) | (SessionRow.last_used_at >= since),
    )
    return session.execute(found.limit(1)).first() is not None


def is_only_administrator(session: ReadSession, person_id: int, *, real_now: datetime) -> bool:
    """True for whoever is the one administrator that can sign in."""
    rows = accounts.holders(session, SITE, 0, now=real_now, roles=(Role.ADMINISTRATOR,))
    able = {row.person_id for row in rows if row.person.disabled_at is None}
    return able == {person_id}


def runs(session: ReadSession, *, most: int = 20) -> list[RetentionRun]:
    """Return what was deleted last, newest first."""
    found = select(RetentionRun).order_by(RetentionRun.id.desc())
    return list(session.scalars(found.limit(most)))
