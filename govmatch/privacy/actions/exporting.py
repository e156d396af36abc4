"""Asking for a copy of everything about oneself, and what becomes of the copy."""

from datetime import datetime, timedelta

from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.privacy import queries, rules
from govmatch.privacy.events import ExportAsked, ExportMade
from govmatch.privacy.models import Export
from govmatch.settings import Settings

COPIES = Limit("privacy_copies", 5, timedelta(days=1))


def ask_export(
    session: Session, person_id: int, *, actor: Actor, now: datetime, real_now: datetime
) -> Export:
    """Have a copy made of everything about a person; one that is being made already is that one.

    Allowed to the person alone. Raises `TooMany` beyond five a day.
    """
    require(rules.may_have_copy(actor, person_id))
    last = queries.exports_of(session, person_id, most=1)
    if last and last[0].made_at is None and last[0].gone_at is None:
        return last[0]
    spend(session, COPIES, str(person_id), now=real_now)
    export = Export(public_id=public_id(), person_id=person_id, asked_at=real_now, size=0)
    session.add(export)
    session.flush()
    journal.record(session, ExportAsked(subject_id=export.id), actor=actor, now=now)
    return export


def note_made(
    session: Session,
    export: Export,
    *,
    size: int,
    sha256: str,
    settings: Settings,
    now: datetime,
    real_now: datetime,
) -> None:
    """Note that the file is there, and from when on it is not; its person is told.

    `size` is in bytes.
    """
    export.size, export.sha256, export.made_at = size, sha256, real_now
    export.expires_at = real_now + timedelta(days=settings.export_days)
    journal.record(session, ExportMade(subject_id=export.id), actor=VISITOR, now=now)


def note_taken(session: Session, export_id: int, *, real_now: datetime) -> None:
    """Note when its person took the file for the first time."""
    export = session.get_one(Export, export_id)
    export.fetched_at = export.fetched_at or real_now


def let_go(export: Export, *, real_now: datetime) -> None:
    """Let nobody take the file any more; due work deletes it from disk."""
    export.gone_at = export.gone_at or real_now
