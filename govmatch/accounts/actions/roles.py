"""Giving roles and ending them. `real_now` is when they begin and end, `now` the journal's time."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from govmatch.accounts.events import InvitationRevoked, RoleEnded, RoleGiven
from govmatch.accounts.models import HELD_FOR, Person, Role, RoleRow
from govmatch.accounts.queries import (
    has_other_holder,
    holders,
    open_invitations,
    role_in_force,
)
from govmatch.accounts.rules import may_end, may_grant
from govmatch.kit import journal
from govmatch.kit.actor import SITE, Actor, Held
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed


def grant(
    session: Session,
    person: Person,
    role: Role,
    object_kind: str,
    object_id: int,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    object_label: str = "",
) -> RoleRow:
    """Give a role, if `rules.may_grant` says so; conflicts between roles the caller has to ask."""
    ruling = may_grant(actor, role, object_kind, object_id)
    if not ruling:
        raise NotAllowed(ruling.reason)
    return give_role(
        session,
        person,
        role,
        object_kind,
        object_id,
        actor=actor,
        now=now,
        real_now=real_now,
        object_label=object_label,
    )


def give_role(
    session: Session,
    person: Person,
    role: Role,
    object_kind: str,
    object_id: int,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    object_label: str = "",
    granted_by: int | None = None,
) -> RoleRow:
    """Give a role without asking; for callers with a rule of their own, such as a firm's founder.

    Returns the row in force where the person holds it already. `object_label` is what mails and
    pages call the object; `granted_by` is the id of who decided it, if not who acts.
    """
    if object_kind not in HELD_FOR[role] or (object_kind == SITE) != (object_id == 0):
        raise ValueError(f"{role} is not held for {object_kind} {object_id}")
    held = Held(role, object_kind, object_id)
    there = role_in_force(session, person, held, now=real_now)
    if there is not None:
        return there
    row = RoleRow(
        person_id=person.id,
        role=role,
        object_kind=object_kind,
        object_id=object_id,
        object_label=object_label,
        since=real_now,
        granted_by=granted_by or actor.person_id,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:  # given by another transaction at this very moment
        there = role_in_force(session, person, held, now=real_now)
        if there is None:
            raise
        return there
    event = RoleGiven(
        subject_id=person.id,
        role_id=row.id,
        role=role,
        object_kind=object_kind,
        object_id=object_id,
    )
    journal.record(session, event, actor=actor, now=now)
    return row


def end_role(
    session: Session, row: RoleRow, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """End a role at once: the next request of its holder goes without it.

    Refused for the only administrator and for the only lead of a firm.
    """
    held = Held(row.role, row.object_kind, row.object_id)
    last = row.role in {Role.ADMINISTRATOR, Role.LEAD} and not has_other_holder(
        session, row, now=real_now
    )
    ruling = may_end(actor, held, row.person_id, is_last=last)
    if not ruling:
        raise NotAllowed(ruling.reason)
    _end(session, row, actor=actor, now=now, real_now=real_now)


def end_all_for_object(
    session: Session,
    object_kind: str,
    object_id: int,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> int:
    """End every role for an object and revoke its invitations; return how many roles ended.

    Asks no rule: the caller decides that the object is over.
    """
    rows = holders(session, object_kind, object_id, now=real_now)
    for row in rows:
        _end(session, row, actor=actor, now=now, real_now=real_now)
    for invitation in open_invitations(
        session, now=real_now, object_kind=object_kind, object_id=object_id
    ):
        invitation.revoked_at = real_now
        event = InvitationRevoked(
            subject_id=invitation.id,
            role=invitation.role,
            object_kind=object_kind,
            object_id=object_id,
        )
        journal.record(session, event, actor=actor, now=now)
    return len(rows)


def _end(
    session: Session, row: RoleRow, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    if row.until is not None and row.until <= real_now:
        return
    row.until = real_now
    event = RoleEnded(
        subject_id=row.person_id,
        role_id=row.id,
        role=row.role,
        object_kind=row.object_kind,
        object_id=row.object_id,
    )
    journal.record(session, event, actor=actor, now=now)
