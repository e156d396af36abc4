"""Whose prints there are; nobody but the person who asked for one ever sees it."""

from datetime import datetime

from sqlalchemy import select

from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.printing.models import Print


def get_own(session: ReadSession, actor: Actor, public_id: str) -> Print:
    """Return a print of the actor's; raises `NotFound` for those of all others."""
    found = select(Print).where(Print.public_id == public_id, Print.person_id == actor.person_id)
    one = session.scalars(found).first()
    if one is None:
        raise NotFound
    return one


def waiting(session: ReadSession, print_id: int) -> Print | None:
    """Return a print that is still to be made."""
    found = select(Print).where(
        Print.id == print_id,
        Print.made_at.is_(None),
        Print.failed_at.is_(None),
        Print.gone_at.is_(None),
    )
    return session.scalars(found).first()


def lapsed(session: ReadSession, *, real_now: datetime) -> list[Print]:
    """Return prints whose day is over."""
    found = select(Print).where(Print.gone_at.is_(None), Print.expires_at <= real_now)
    return list(session.scalars(found.order_by(Print.id).limit(200)))


def kept(session: ReadSession) -> tuple[set[str], set[str]]:
    """Return the ids of the prints whose page, and of those whose PDF, is to stay on disk."""
    found = session.execute(
        select(Print.public_id, Print.made_at, Print.failed_at).where(Print.gone_at.is_(None))
    ).all()
    pages = {one.public_id for one in found if one.made_at is None and one.failed_at is None}
    return pages, {one.public_id for one in found if one.made_at is not None}
