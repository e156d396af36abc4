"""Invitations that can still be accepted. `now` is the machine's time."""

from datetime import datetime

from sqlalchemy import ColumnElement, select

from govmatch.accounts.models import Invitation
from govmatch.kit.actor import Held
from govmatch.kit.db import ReadSession


def is_open(now: datetime) -> ColumnElement[bool]:
    return (
        Invitation.accepted_at.is_(None)
        & Invitation.revoked_at.is_(None)
        & (Invitation.expires_at > now)
    )


def invitation_by_public_id(session: ReadSession, public_id: str) -> Invitation | None:
    return session.scalars(select(Invitation).where(Invitation.public_id == public_id)).first()


def open_invitation(
    session: ReadSession, address: str, held: Held, *, now: datetime
) -> Invitation | None:
    """Return the one that offers this role to this address."""
    found = select(Invitation).where(
        Invitation.address == address,
        Invitation.role == held.role,
        Invitation.object_kind == held.object_kind,
        Invitation.object_id == held.object_id,
        is_open(now),
    )
    return session.scalars(found).first()


def open_invitations(
    session: ReadSession,
    *,
    now: datetime,
    object_kind: str | None = None,
    object_id: int | None = None,
) -> list[Invitation]:
    """Return those for one object, for one kind of object, or all; newest first."""
    found = select(Invitation).where(is_open(now))
    if object_kind is not None:
        found = found.where(Invitation.object_kind == object_kind)
    if object_id is not None:
        found = found.where(Invitation.object_id == object_id)
    return list(session.scalars(found.order_by(Invitation.created_at.desc(), Invitation.id.desc())))
