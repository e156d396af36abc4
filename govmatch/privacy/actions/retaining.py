"""Deleting what was kept for its time, one kind at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update

from govmatch.accounts.models import Invitation, Person
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.notifications.models import InboxItem, Mail
from govmatch.privacy import queries
from govmatch.privacy.actions.emptying import empty_application, empty_case
from govmatch.privacy.actions.erasing import warn_idle
from govmatch.privacy.events import RetentionRan
from govmatch.privacy.models import RetentionRun
from govmatch.privacy.periods import Kind
from govmatch.settings import Settings

AT_ONCE = {Kind.CASES: 5, Kind.DRAFTS: 20, Kind.ACCOUNTS: 100}
MOST = 1_000
"""How many of a kind go in one transaction, so that nobody waits long for the database."""


def run(
    session: Session,
    kind: Kind,
    *,
    settings: Settings,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> int:
    """Delete what is due of one kind, at most so many at once, and return how many.

    Harmless when run twice: what is deleted is due no more. Who may have it run is asked by whoever
    calls; by itself the worker does each night.
    """
    ids = queries.due(
        session,
        kind,
        settings=settings,
        now=now,
        real_now=real_now,
        most=AT_ONCE.get(kind, MOST),
    )
    if not ids:
        return 0
    _delete(session, kind, ids, actor=actor, now=now, real_now=real_now)
    made = RetentionRun(at=real_now, kind=kind.value, number=len(ids), by=actor.person_id)
    session.add(made)
    session.flush()
    event = RetentionRan(made.id, kind=kind.value, number=len(ids))
    journal.record(session, event, actor=actor, now=now)
    return len(ids)


def _delete(
    session: Session,
    kind: Kind,
    ids: Sequence[int],
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    match kind:
        case Kind.CASES:
            for number in ids:
                challenge = session.get_one(Challenge, number)
                empty_case(session, challenge, actor=actor, now=now, real_now=real_now)
        case Kind.DRAFTS:
            for number in ids:
                draft = session.get_one(Application, number)
                empty_application(session, draft, actor=actor, now=now, real_now=real_now)
        case Kind.ACCOUNTS:
            for number in ids:
                person = session.get_one(Person, number)
                warn_idle(session, person, now=now, real_now=real_now)
        case Kind.MAILS:
            emptied = update(Mail).where(Mail.id.in_(ids))
            session.execute(emptied.values(address="", subject="", body="", ends_at=""))
        case Kind.INBOX:
            session.execute(delete(InboxItem).where(InboxItem.id.in_(ids)))
        case Kind.INVITATIONS:
            session.execute(update(Invitation).where(Invitation.id.in_(ids)).values(address=""))
