"""What `web` asks of accounts on each request; injected by `govmatch.app`."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from govmatch.accounts.models import NEEDS_FACTOR, Person, RoleRow, SessionRow
from govmatch.kit.actor import Actor, Held
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.i18n import as_lang, is_lang
from govmatch.kit.ids import digest
from govmatch.web.site import Found

TOUCHED_EVERY = timedelta(minutes=10)


class SessionPeople:
    """Finds people by the token of their session."""

    def find(self, session: ReadSession, token: str, *, now: datetime) -> Found | None:
        row = session.scalars(
            select(SessionRow)
            .options(joinedload(SessionRow.person))
            .where(SessionRow.token_digest == digest(token))
        ).first()
        if row is None or row.ended_at is not None or row.ends_at <= now:
            return None
        if row.person.disabled_at is not None:
            return None
        return Found(actor_of(session, row, now=now), [(k, t) for k, t in row.flashes])

    def touch(self, session: Session, session_id: int, *, now: datetime) -> None:
        session.execute(
            update(SessionRow).where(SessionRow.id == session_id).values(last_used_at=now)
        )

    def set_flashes(
        self, session: Session, session_id: int, flashes: list[tuple[str, str]]
    ) -> None:
        session.execute(
            update(SessionRow)
            .where(SessionRow.id == session_id)
            .values(flashes=[list(f) for f in flashes])
        )


def actor_of(session: ReadSession, row: SessionRow, *, now: datetime) -> Actor:
    """Return who acts in this session; roles that want a second factor count after it only."""
    held = roles_of(session, row.person, now=now)
    waiting = {role for role in held if role.object_kind in NEEDS_FACTOR}
    has_factor = row.factor_at is not None
    return Actor(
        person_id=row.person_id,
        name=row.person.name,
        lang=as_lang(row.person.lang) if is_lang(row.person.lang) else None,
        zone=row.person.zone,
        roles=frozenset(held if has_factor else held - waiting),
        session_id=row.id,
        needs_factor=bool(waiting) and not has_factor,
    )


def roles_of(session: ReadSession, person: Person, *, now: datetime) -> set[Held]:
    """Return the roles in force at `now` (the machine's time)."""
    rows = session.execute(
        select(RoleRow.role, RoleRow.object_kind, RoleRow.object_id).where(
            RoleRow.person_id == person.id,
            RoleRow.since <= now,
            (RoleRow.until.is_(None)) | (RoleRow.until > now),
        )
    )
    return {Held(*row) for row in rows}
