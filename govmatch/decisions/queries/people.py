"""Who prepares, confirms, releases and reads: people, for notices and for rules."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.accounts.queries.holding import in_force
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.decisions.models import Decision
from govmatch.decisions.rules import prepared
from govmatch.kit.db import ReadSession

own_approvers = challenges.own_approvers
"""Ids of the approvers of the challenge's authority who can sign in; `now` is the machine's."""


def approvers_left(
    session: ReadSession, challenge: Challenge, *, barred: Collection[int], real_now: datetime
) -> bool:
    """True where the authority has an approver who took no part in what is confirmed."""
    return bool(own_approvers(session, challenge, now=real_now) - frozenset(barred))


def confirmers(
    session: ReadSession, decision: Decision, *, reviewers: Collection[int], real_now: datetime
) -> list[Person]:
    """Return who may confirm it: of the authority, or where nobody is left, of the programme."""
    barred = prepared(decision) | frozenset(reviewers)
    challenge = decision.challenge
    for kind, number in (
        ("authority", challenge.authority_id),
        ("programme", challenge.programme_id),
    ):
        rows = accounts.holders(session, kind, number, now=real_now, roles=[Role.APPROVER])
        left = {
            row.person_id: row.person
            for row in rows
            if row.person_id not in barred and row.person.disabled_at is None
        }
        if left:
            return list(left.values())
    return []


def managers(session: ReadSession, challenge: Challenge, *, real_now: datetime) -> list[Person]:
    """Return who proposes and releases: the managers of the programme who can sign in."""
    rows = accounts.holders(
        session, "programme", challenge.programme_id, now=real_now, roles=[Role.MANAGER]
    )
    return [row.person for row in rows if row.person.disabled_at is None]


def case_workers(session: ReadSession, challenge: Challenge, *, real_now: datetime) -> list[Person]:
    """Return the managers of the programme and the staff and approvers of the authority."""
    rows = accounts.holders(
        session,
        "authority",
        challenge.authority_id,
        now=real_now,
        roles=[Role.STAFF, Role.APPROVER],
    )
    people = {row.person_id: row.person for row in rows if row.person.disabled_at is None}
    people |= {one.id: one for one in managers(session, challenge, real_now=real_now)}
    return list(people.values())


def members_by_firm(
    session: ReadSession, firm_ids: Collection[int], *, real_now: datetime
) -> dict[int, list[Person]]:
    """Return by firm who may apply for it and can sign in; one statement for any number."""
    found = (
        select(RoleRow)
        .join(RoleRow.person)
        .options(contains_eager(RoleRow.person))
        .where(
            RoleRow.object_kind == "firm",
            RoleRow.object_id.in_(sorted(firm_ids)),
            RoleRow.role.in_([Role.LEAD.value, Role.MEMBER.value]),
            in_force(real_now),
            Person.disabled_at.is_(None),
        )
        .order_by(RoleRow.id)
    )
    people: dict[int, dict[int, Person]] = defaultdict(dict)
    for row in session.scalars(found):
        people[row.object_id][row.person_id] = row.person
    return {firm: list(members.values()) for firm, members in people.items()}
