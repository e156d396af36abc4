"""Wishes to follow something that wait for their confirmation."""

from datetime import datetime

from sqlalchemy import select

from govmatch.following.links import read_request
from govmatch.following.models import FollowRequest
from govmatch.following.rules import REQUEST_LASTS
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import Gone
from govmatch.kit.i18n import msg
from govmatch.kit.signing import Signer


def request_by_id(session: ReadSession, request_id: int) -> FollowRequest | None:
    return session.get(FollowRequest, request_id)


def open_request(
    session: ReadSession, signer: Signer, token: str, *, real_now: datetime
) -> FollowRequest:
    """Return the wish that a link stands for; raises `Gone` where it is over, used or not ours."""
    read = read_request(signer, token)
    if read is None:
        raise Gone(msg("This link is not complete. Please open it from the mail once more."))
    request_id, expires_at = read
    request = session.scalars(
        select(FollowRequest).where(FollowRequest.public_id == request_id)
    ).first()
    if request is not None and request.used_at is not None:
        raise Gone(msg("This link has been used already."))
    if request is None or expires_at <= real_now:
        raise Gone(msg("This link is over: it holds for 48 hours."))
    return request


def others_of(
    session: ReadSession, request: FollowRequest, *, real_now: datetime
) -> list[FollowRequest]:
    """Return what else was asked for with this address and waits, each thing once."""
    found = select(FollowRequest).where(
        FollowRequest.email == request.email,
        FollowRequest.used_at.is_(None),
        FollowRequest.id != request.id,
        FollowRequest.at > real_now - REQUEST_LASTS,
    )
    others = {(one.kind, one.key): one for one in session.scalars(found.order_by(FollowRequest.id))}
    others.pop((request.kind, request.key), None)
    return list(others.values())
