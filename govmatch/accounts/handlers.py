"""What accounts does by the clock: forget what nobody needs any more."""

from sqlalchemy import delete

from govmatch.accounts.lifetimes import REQUESTS_KEPT, SESSIONS_KEPT
from govmatch.accounts.models import LinkRequest, SessionRow
from govmatch.kit.background import Background
from govmatch.kit.db import Session


def forget_old(background: Background, session: Session) -> None:
    """Delete requests for links after a day, with the addresses in them, and sessions long over."""
    now = background.real_now
    session.execute(delete(LinkRequest).where(LinkRequest.at < now - REQUESTS_KEPT))
    session.execute(delete(SessionRow).where(SessionRow.ends_at < now - SESSIONS_KEPT))
    session.execute(delete(SessionRow).where(SessionRow.ended_at < now - SESSIONS_KEPT))


DUE = [forget_old]
