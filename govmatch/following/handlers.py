"""Due work: what nobody needs any more is deleted, addresses that were never confirmed first."""

from datetime import timedelta

from sqlalchemy import delete

from govmatch.following import actions
from govmatch.following.models import Moment
from govmatch.kit.background import Background
from govmatch.kit.db import Session

MOMENTS_KEPT = timedelta(days=60)


def forget_requests(background: Background, session: Session) -> None:
    """Delete wishes that were not confirmed within 48 hours, with their addresses."""
    actions.forget_requests(session, real_now=background.real_now)


def forget_moments(background: Background, session: Session) -> None:
    """Delete what kept instants from being noted twice."""
    session.execute(delete(Moment).where(Moment.at < background.now - MOMENTS_KEPT))


DUE = [forget_requests, forget_moments]
