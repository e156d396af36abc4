"""What a mailed link opens at this moment."""

from datetime import datetime

from govmatch.gatherings import links, rules
from govmatch.gatherings.models import SeatRequest
from govmatch.gatherings.queries.registrations import request_by_public_id
from govmatch.kit.actor import No
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import Gone
from govmatch.kit.i18n import msg
from govmatch.kit.signing import Signer


def open_request(
    session: ReadSession,
    signer: Signer,
    token: str,
    *,
    slug: str,
    now: datetime,
    real_now: datetime,
) -> SeatRequest:
    """Return what a mailed link stands for; raises `Gone` where it is used, old or too late."""
    read = links.read_request(signer, token)
    request = request_by_public_id(session, read[0]) if read else None
    if read is None or request is None or request.gathering.slug != slug:
        raise Gone(msg("This link is not complete, or it is older than a day."))
    if request.used_at is not None:
        raise Gone(msg("This link has been used. Each link works once."))
    if read[1] <= real_now:
        raise Gone(msg("This link is not complete, or it is older than a day."))
    ruling = rules.may_register(request.gathering, now)
    if isinstance(ruling, No):
        raise Gone(ruling.reason)
    return request
