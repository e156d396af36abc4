"""What `web` asks of accounts on each request; injected by `govmatch.app`."""

from datetime import datetime, timedelta

from sqlalchemy import update

from govmatch.accounts.lifetimes import SESSION_AT_MOST, SHARED_SESSION, TOUCHED_EVERY
from govmatch.accounts.models import SessionRow
from govmatch.accounts.queries import actor_of, live_session, roles_of
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.ids import digest
from govmatch.web.site import Found

__all__ = ["SessionPeople", "actor_of", "roles_of"]


class SessionPeople:
    """Finds people by the token of their session, which ends `session_days` after its last use."""

    def __init__(self, session_days: int = 14) -> None:
        self._idle = timedelta(days=session_days)

    def find(self, session: ReadSession, token: str, *, now: datetime) -> Found | None:
        """Return who is signed in; nobody where the session or the account has ended."""
        row = live_session(session, digest(token), now=now)
        if row is None:
            return None
        flashes = [(kind, text) for kind, text in row.flashes]
        touch = row.last_used_at <= now - TOUCHED_EVERY
        return Found(actor_of(session, row, now=now), flashes, touch=touch)

    def touch(self, session: Session, session_id: int, *, now: datetime) -> None:
        """Note the use and put the session's end off, never beyond 90 days from its beginning.

        On a device that others use it is never put off.
        """
        row = session.get(SessionRow, session_id)
        if row is None:
            return
        row.last_used_at = now
        most = SHARED_SESSION if row.is_shared else SESSION_AT_MOST
        row.ends_at = min(now + self._idle, row.created_at + most)

    def set_flashes(
        self, session: Session, session_id: int, flashes: list[tuple[str, str]]
    ) -> None:
        session.execute(
            update(SessionRow)
            .where(SessionRow.id == session_id)
            .values(flashes=[list(f) for f in flashes])
        )
