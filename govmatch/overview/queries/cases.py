"""Cases as auditors read them: which they may open, and what the journal holds about one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Text, func, or_, select, true, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from govmatch.accounts.models import Invitation, Role, RoleRow
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge, ChallengeText
from govmatch.kit.actor import SITE, Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.journal import GENESIS, JournalRow, row_hash
from govmatch.overview.queries.people import contains

SIZE = 20
ROWS = 100


@dataclass(frozen=True)
class CasesPage:
    cases: list[Challenge]
    total: int


@dataclass(frozen=True)
class Checked:
    """A row of the journal, and whether it still has the hash and the predecessor it was given."""

    row: JournalRow
    is_whole: bool


@dataclass(frozen=True)
class RowsPage:
    rows: list[Checked]
    total: int


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Cases of the whole site, of a programme or of an authority, as the auditor's role says."""
    if actor.holds(Role.AUDITOR, SITE, 0):
        return true()
    return or_(
        Challenge.programme_id.in_(actor.objects("programme", Role.AUDITOR)),
        Challenge.authority_id.in_(actor.objects("authority", Role.AUDITOR)),
    )


def find_cases(session: ReadSession, text: str, *, actor: Actor, page: int) -> CasesPage:
    """Return the cases whose short name or title has every word of `text`, newest first."""
    found = select(Challenge).where(visible_to(actor))
    for word in text.split()[:10]:
        titled = select(ChallengeText.challenge_id).where(contains(ChallengeText.title, word))
        found = found.where(or_(contains(Challenge.slug, word), Challenge.id.in_(titled)))
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    shown = (
        found.options(joinedload(Challenge.authority), selectinload(Challenge.texts))
        .order_by(Challenge.id.desc())
        .offset((page - 1) * SIZE)
        .limit(SIZE)
    )
    return CasesPage(list(session.scalars(shown)), total)


def get_visible(session: ReadSession, slug: str, *, actor: Actor) -> Challenge:
    """Return the case; raises `NotFound` where this auditor may not open it."""
    found = select(Challenge).where(Challenge.slug == slug, visible_to(actor))
    challenge = session.scalars(found.options(joinedload(Challenge.authority))).first()
    if challenge is None:
        raise NotFound
    return challenge


def rows_of(
    session: ReadSession, challenge: Challenge, *, now: datetime, page: int, size: int = ROWS
) -> RowsPage:
    """Return what the journal holds about a case, oldest first, each row checked.

    Rows about its applications are there only once these were opened, and only of those that were
    submitted: before, nobody but the firm may know that there is one.
    """
    found = select(JournalRow).where(_about(challenge, now))
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    ordered = found.order_by(JournalRow.id).offset((page - 1) * size).limit(size)
    rows = list(session.scalars(ordered))
    before = _hashes(session, {row.id - 1 for row in rows})
    return RowsPage([Checked(row, _is_whole(row, before)) for row in rows], total)


def references(session: ReadSession, ids: Collection[int]) -> dict[int, str]:
    """Return what people quote of these applications, by id."""
    found = select(Application.id, Application.reference).where(Application.id.in_(ids))
    return dict(session.execute(found).all())


def _about(challenge: Challenge, now: datetime) -> ColumnElement[bool]:
    parts = [
        _subject("challenge", select(Challenge.id).where(Challenge.id == challenge.id)),
        _subject("invitation", _invitations(challenge)),
        _subject("person", _jury(challenge)) & _names(challenge),
    ]
    if challenge.opened_at is not None and challenge.opened_at <= now:
        submitted = select(Application.id).where(
            Application.challenge_id == challenge.id, Application.submitted_at.is_not(None)
        )
        parts.append(_subject("application", submitted))
    return or_(*parts)


def _subject(kind: str, ids: Select[int]) -> ColumnElement[bool]:
    return (JournalRow.subject_kind == kind) & JournalRow.subject_id.in_(ids)


def _invitations(challenge: Challenge) -> Select[int]:
    return select(Invitation.id).where(
        Invitation.object_kind == "challenge", Invitation.object_id == challenge.id
    )


def _jury(challenge: Challenge) -> Select[int]:
    return select(RoleRow.person_id).where(
        RoleRow.object_kind == "challenge", RoleRow.object_id == challenge.id
    )


def _names(challenge: Challenge) -> ColumnElement[bool]:
    """True for giving and ending a role for this very challenge; data is JSON with sorted keys."""
    held_for = f'%"object_id":{challenge.id},"object_kind":"challenge"%'
    return JournalRow.event.in_(("RoleGiven", "RoleEnded")) & type_coerce(
        JournalRow.data, Text
    ).like(held_for)


def _hashes(session: ReadSession, ids: set[int]) -> dict[int, str]:
    found = select(JournalRow.id, JournalRow.hash).where(JournalRow.id.in_(ids))
    return dict(session.execute(found).all())


def _is_whole(row: JournalRow, before: dict[int, str]) -> bool:
    """True when neither the row nor the link to the one before it was changed."""
    return row.hash == row_hash(row) and row.previous_hash == before.get(row.id - 1, GENESIS)
