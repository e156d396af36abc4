"""Who holds which role, and who acts in a session. `now` is the machine's time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager

from govmatch.accounts.models import NEEDS_FACTOR, Person, RoleRow, SessionRow
from govmatch.accounts.rules import gave_factor, has_factor, needs_factor
from govmatch.kit.actor import Actor, Held
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import as_lang, is_lang
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class Holder:
    """A person with what they hold now, oldest role first."""

    person: Person
    roles: list[RoleRow]


def in_force(now: datetime) -> ColumnElement[bool]:
    return (RoleRow.since <= now) & ((RoleRow.until.is_(None)) | (RoleRow.until > now))


def roles_of(session: ReadSession, person: Person, *, now: datetime) -> set[Held]:
    """Return the roles in force at `now`, without asking for a second factor."""
    rows = session.execute(
        select(RoleRow.role, RoleRow.object_kind, RoleRow.object_id).where(
            RoleRow.person_id == person.id, in_force(now)
        )
    )
    return {Held(*row) for row in rows}


def actor_of(session: ReadSession, row: SessionRow, *, now: datetime) -> Actor:
    """Return who acts in this session.

    Roles that want a second factor count for 12 hours after it was given. Who set one up without
    having to is asked for it all the same, and then all their roles wait for it.
    """
    held = roles_of(session, row.person, now=now)
    always = has_factor(row.person)
    waiting = {role for role in held if always or needs_factor(role.object_kind)}
    missing = (always or bool(waiting)) and not gave_factor(row, now=now)
    return Actor(
        person_id=row.person_id,
        name=row.person.name,
        lang=as_lang(row.person.lang) if is_lang(row.person.lang) else None,
        zone=row.person.zone,
        roles=frozenset(held - waiting if missing else held),
        session_id=row.id,
        needs_factor=missing,
    )


def roles_in_force(session: ReadSession, person: Person, *, now: datetime) -> list[RoleRow]:
    """Return what a person holds, oldest first."""
    found = select(RoleRow).where(RoleRow.person_id == person.id, in_force(now))
    return list(session.scalars(found.order_by(RoleRow.id)))


def role_history(session: ReadSession, person: Person) -> list[RoleRow]:
    """Return every role a person ever held, newest first."""
    found = select(RoleRow).where(RoleRow.person_id == person.id)
    return list(session.scalars(found.order_by(RoleRow.since.desc(), RoleRow.id.desc())))


def role_by_id(session: ReadSession, role_id: int) -> RoleRow | None:
    return session.get(RoleRow, role_id)


def role_in_force(
    session: ReadSession, person: Person, held: Held, *, now: datetime
) -> RoleRow | None:
    found = select(RoleRow).where(RoleRow.person_id == person.id, *_is(held), in_force(now))
    return session.scalars(found).first()


def holders(
    session: ReadSession,
    object_kind: str,
    object_id: int,
    *,
    now: datetime,
    roles: Collection[str] = (),
) -> list[RoleRow]:
    """Return who holds a role (or one of `roles`) for an object, by name, their people loaded."""
    found = (
        select(RoleRow)
        .join(RoleRow.person)
        .options(contains_eager(RoleRow.person))
        .where(RoleRow.object_kind == object_kind, RoleRow.object_id == object_id, in_force(now))
        .order_by(Person.name, Person.id, RoleRow.id)
    )
    return list(session.scalars(found.where(RoleRow.role.in_(roles)) if roles else found))


def has_other_holder(session: ReadSession, row: RoleRow, *, now: datetime) -> bool:
    """True when somebody else who can sign in holds the same role for the same object."""
    held = Held(row.role, row.object_kind, row.object_id)
    found = (
        select(RoleRow.id)
        .join(RoleRow.person)
        .where(*_is(held), in_force(now), Person.disabled_at.is_(None))
        .where(RoleRow.person_id != row.person_id)
    )
    return session.execute(found.limit(1)).first() is not None


def people_with_roles(session: ReadSession, *, now: datetime) -> list[Holder]:
    """Return everybody who holds a role for anything but a firm, by name."""
    found = (
        select(RoleRow)
        .join(RoleRow.person)
        .options(contains_eager(RoleRow.person))
        .where(RoleRow.object_kind.in_(NEEDS_FACTOR), in_force(now))
        .order_by(Person.name, Person.id, RoleRow.id)
    )
    by_person: dict[int, Holder] = {}
    for row in session.scalars(found):
        by_person.setdefault(row.person_id, Holder(row.person, [])).roles.append(row)
    return list(by_person.values())


def _is(held: Held) -> tuple[ColumnElement[bool], ...]:
    return (
        RoleRow.role == held.role,
        RoleRow.object_kind == held.object_kind,
        RoleRow.object_id == held.object_id,
    )
