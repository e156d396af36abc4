"""People and what they hold, as administrators look for them. `now` is the machine's time."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from govmatch.accounts.models import Person, RoleRow
from govmatch.accounts.queries.holding import in_force
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass

SIZE = 30


@dataclass(frozen=True)
class PeoplePage:
    """One page of the people who were looked for, and how many there are in all."""

    people: list[Person]
    total: int


@dataclass(frozen=True)
class RolesPage:
    """One page of roles in force, their people loaded, and how many there are in all."""

    rows: list[RoleRow]
    total: int


def find_people(session: ReadSession, text: str, *, page: int, size: int = SIZE) -> PeoplePage:
    """Return whose name or address has every word of `text`, by name; all where it is empty."""
    found = select(Person)
    for word in text.split()[:10]:
        found = found.where(or_(contains(Person.name, word), contains(Person.email, word)))
    total = _count(session, found)
    ordered = found.order_by(func.lower(Person.name), Person.id)
    rows = session.scalars(ordered.offset((page - 1) * size).limit(size))
    return PeoplePage(list(rows), total)


def contains(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    """True where the column has the word in any case; SQLite folds ASCII only, so we spell it."""
    spellings = sorted({word, word.lower(), word.upper(), word.capitalize()})
    return or_(*(column.ilike(f"%{_literal(one)}%", escape="\\") for one in spellings))


def _literal(word: str) -> str:
    """Return a word with the signs that LIKE would read as patterns taken literally."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _count(session: ReadSession, found: Select[Any]) -> int:
    return session.execute(select(func.count()).select_from(found.subquery())).scalar_one()


def roles_of_people(
    session: ReadSession, people: Collection[Person], *, now: datetime
) -> dict[int, list[RoleRow]]:
    """Return what each of these people holds, oldest first, in one statement."""
    found = (
        select(RoleRow)
        .where(RoleRow.person_id.in_([person.id for person in people]), in_force(now))
        .order_by(RoleRow.id)
    )
    held: dict[int, list[RoleRow]] = {}
    for row in session.scalars(found):
        held.setdefault(row.person_id, []).append(row)
    return held


def find_roles(
    session: ReadSession,
    *,
    roles: Collection[str] = (),
    kinds: Collection[str] = (),
    held_for: tuple[str, int] | None = None,
    now: datetime,
    page: int,
    size: int = SIZE,
) -> RolesPage:
    """Return who holds which role for what, by name; an empty filter lets everything through."""
    found = select(RoleRow).join(RoleRow.person).where(in_force(now))
    if roles:
        found = found.where(RoleRow.role.in_(roles))
    if kinds:
        found = found.where(RoleRow.object_kind.in_(kinds))
    if held_for is not None:
        found = found.where(tuple_(RoleRow.object_kind, RoleRow.object_id) == held_for)
    total = _count(session, found)
    ordered = found.options(joinedload(RoleRow.person)).order_by(
        func.lower(Person.name), Person.id, RoleRow.id
    )
    rows = session.scalars(ordered.offset((page - 1) * size).limit(size))
    return RolesPage(list(rows), total)


def role_counts(session: ReadSession, *, now: datetime) -> dict[tuple[str, str, int], int]:
    """Return how many people hold each (role, kind, id) who can sign in."""
    found = (
        select(RoleRow.role, RoleRow.object_kind, RoleRow.object_id, func.count())
        .join(RoleRow.person)
        .where(in_force(now), Person.disabled_at.is_(None), RoleRow.object_kind != "firm")
        .group_by(RoleRow.role, RoleRow.object_kind, RoleRow.object_id)
    )
    return {(role, kind, number): n for role, kind, number, n in session.execute(found)}


def count_people(session: ReadSession) -> int:
    found = select(func.count()).select_from(Person).where(Person.disabled_at.is_(None))
    return session.execute(found).scalar_one()
