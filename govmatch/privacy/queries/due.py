"""What has been kept for its time: the ids that a run deletes, and a dry run counts."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from govmatch.accounts.models import Invitation, Person, RoleRow, SessionRow
from govmatch.applications.models import Application
from govmatch.applications.models import State as ApplicationState
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.journal import JournalRow
from govmatch.notifications.models import InboxItem, Mail
from govmatch.privacy.models import Erasure
from govmatch.privacy.periods import Kind, days
from govmatch.privacy.queries.cases import over
from govmatch.settings import Settings


def due(
    session: ReadSession,
    kind: Kind,
    *,
    settings: Settings,
    now: datetime,
    real_now: datetime,
    most: int = 1_000_000,
) -> list[int]:
    """Return the ids of what has been kept for its time, oldest first.

    They are of challenges for cases, of applications for drafts, of people for accounts, and of the
    rows themselves else. Deadlines go by the site's time, everything else by the machine's.
    """
    if kind is Kind.CASES:
        return [case.challenge_id for case in over(session, now=now)][:most]
    kept = days(kind, settings)
    if not kept:
        return []
    before = (now if kind is Kind.DRAFTS else real_now) - timedelta(days=kept)
    return list(session.scalars(_SELECTED[kind](before).limit(most)))


def _mails(before: datetime) -> Select[int]:
    over_since = func.coalesce(Mail.sent_at, Mail.refused_at)
    return select(Mail.id).where(over_since < before, Mail.address != "").order_by(Mail.id)


def _inbox(before: datetime) -> Select[int]:
    return select(InboxItem.id).where(InboxItem.read_at < before).order_by(InboxItem.id)


def _invitations(before: datetime) -> Select[int]:
    ended = or_(
        Invitation.accepted_at < before,
        Invitation.revoked_at < before,
        Invitation.expires_at < before,
    )
    found = select(Invitation.id).where(ended, Invitation.address != "")
    return found.order_by(Invitation.id)


def _drafts(before: datetime) -> Select[int]:
    found = (
        select(Application.id)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .where(
            Application.state == ApplicationState.DRAFT,
            Application.current_version == 0,
            Application.emptied_at.is_(None),
            Challenge.closes < before,
        )
    )
    return found.order_by(Application.id)


def _accounts(before: datetime) -> Select[int]:
    """Return whoever has not signed in since; nobody who holds a role beyond a firm's.

    Sessions that are over are forgotten after a while; the journal has every sign-in.
    """
    used = exists().where(
        SessionRow.person_id == Person.id,
        or_(SessionRow.last_used_at >= before, SessionRow.created_at >= before),
    )
    signed_in = exists().where(
        JournalRow.subject_kind == "person",
        JournalRow.subject_id == Person.id,
        JournalRow.event == "SignedIn",
        JournalRow.at >= before,
    )
    told = exists().where(Erasure.person_id == Person.id, _is_open())
    works = exists().where(
        RoleRow.person_id == Person.id, RoleRow.until.is_(None), RoleRow.object_kind != "firm"
    )
    found = select(Person.id).where(
        Person.created_at < before, Person.salt != "", ~used, ~signed_in, ~told, ~works
    )
    return found.order_by(Person.id)


def _is_open() -> ColumnElement[bool]:
    return Erasure.done_at.is_(None) & Erasure.taken_back_at.is_(None)


_SELECTED = {
    Kind.MAILS: _mails,
    Kind.INBOX: _inbox,
    Kind.INVITATIONS: _invitations,
    Kind.DRAFTS: _drafts,
    Kind.ACCOUNTS: _accounts,
}
