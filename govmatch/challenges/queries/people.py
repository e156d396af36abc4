"""Who approves a challenge, who publishes it, who wrote it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person, Role
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import wrote
from govmatch.kit.db import ReadSession


def approvers_of_authority(
    session: ReadSession, challenge: Challenge, *, now: datetime
) -> list[Person]:
    """Return the approvers of its authority who can sign in."""
    return _holders(session, Role.APPROVER, "authority", challenge.authority_id, now=now)


def own_approvers(session: ReadSession, challenge: Challenge, *, now: datetime) -> frozenset[int]:
    """Return their ids, as `rules.may_approve` asks for them."""
    people = approvers_of_authority(session, challenge, now=now)
    return frozenset(person.id for person in people)


def approvers(session: ReadSession, challenge: Challenge, *, now: datetime) -> list[Person]:
    """Return who may approve it: of its authority, or where none is left, of the programme."""
    by = wrote(challenge)
    own = approvers_of_authority(session, challenge, now=now)
    if found := [person for person in own if person.id not in by]:
        return found
    others = _holders(session, Role.APPROVER, "programme", challenge.programme_id, now=now)
    return [person for person in others if person.id not in by]


def managers(session: ReadSession, challenge: Challenge, *, now: datetime) -> list[Person]:
    """Return who may publish it: managers of the programme who took no other step."""
    by = wrote(challenge) | {challenge.approved_by}
    found = _holders(session, Role.MANAGER, "programme", challenge.programme_id, now=now)
    return [person for person in found if person.id not in by]


def staff(session: ReadSession, challenge: Challenge, *, now: datetime) -> list[Person]:
    """Return who writes for its authority."""
    return _holders(session, Role.STAFF, "authority", challenge.authority_id, now=now)


def writers(session: ReadSession, challenge: Challenge) -> list[Person]:
    """Return who wrote in it or submitted it and can sign in, in the order of their accounts."""
    return people(session, wrote(challenge))


def people(session: ReadSession, ids: Iterable[int]) -> list[Person]:
    found = select(Person).where(Person.id.in_(list(ids)), Person.disabled_at.is_(None))
    return list(session.scalars(found.order_by(Person.id)))


def _holders(
    session: ReadSession, role: Role, kind: str, object_id: int, *, now: datetime
) -> list[Person]:
    rows = accounts.holders(session, kind, object_id, now=now, roles=[role])
    found = {row.person_id: row.person for row in rows if row.person.disabled_at is None}
    return list(found.values())
