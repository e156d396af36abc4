"""One page of a desk: the challenges of one part, with what it takes to say who comes next."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.accounts.queries.holding import in_force
from govmatch.challenges.models import Challenge, State
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass

SIZE = 50
Approvers = Mapping[int, frozenset[int]]
"""By authority, the ids of who approves for it."""


class Part(StrEnum):
    """The parts of a desk: what is being made, what the public sees, what is over."""

    IN_WORK = "in_work"
    PUBLISHED = "published"
    FINISHED = "finished"


STATES: Mapping[Part, frozenset[State]] = {
    Part.IN_WORK: frozenset({State.DRAFT, State.RETURNED, State.IN_REVIEW, State.APPROVED}),
    Part.PUBLISHED: frozenset({State.PUBLISHED, State.IN_SELECTION, State.DECIDED, State.PILOTING}),
    Part.FINISHED: frozenset(
        {State.COMPLETED, State.DID_NOT_PROCEED, State.CANCELLED, State.ARCHIVED}
    ),
}


@dataclass(frozen=True)
class DeskPage:
    """Some challenges of a part, and how many there are in all."""

    challenges: list[Challenge]
    total: int
    approvers: Approvers


def works_for(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for what lies on this actor's desk; the same as `rules.works_on`."""
    return or_(
        Challenge.authority_id.in_(actor.objects("authority", Role.STAFF, Role.APPROVER)),
        Challenge.programme_id.in_(actor.objects("programme", Role.MANAGER, Role.APPROVER)),
    )


def counts(session: ReadSession, actor: Actor) -> dict[Part, int]:
    """Return how many challenges each part of the desk has."""
    found = select(Challenge.state, func.count()).where(works_for(actor)).group_by(Challenge.state)
    by_state = dict(session.execute(found).all())
    return {part: sum(by_state.get(one.value, 0) for one in STATES[part]) for part in Part}


def desk_page(
    session: ReadSession,
    actor: Actor,
    part: Part,
    *,
    real_now: datetime,
    page: int,
    size: int = SIZE,
) -> DeskPage:
    """Return one page of a part: what waits longest first, of what is over the latest first.

    Who approves is asked at `real_now`, since roles begin and end by the machine's clock.
    """
    states = sorted(state.value for state in STATES[part])
    found = select(Challenge).where(works_for(actor), Challenge.state.in_(states))
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    orders = {
        Part.IN_WORK: (Challenge.updated_at, Challenge.id),
        Part.PUBLISHED: (Challenge.closes, Challenge.id),
        Part.FINISHED: (Challenge.updated_at.desc(), Challenge.id.desc()),
    }
    shown = (
        found.options(
            joinedload(Challenge.authority),
            joinedload(Challenge.programme),
            selectinload(Challenge.texts),
        )
        .order_by(*orders[part])
        .offset((page - 1) * size)
        .limit(size)
    )
    rows = list(session.scalars(shown))
    waiting = {row.authority_id for row in rows if row.state == State.IN_REVIEW}
    return DeskPage(rows, total, _approvers(session, waiting, now=real_now))


def to_open(session: ReadSession, actor: Actor, *, now: datetime) -> list[Challenge]:
    """Return the challenges of a desk that are past their deadline and not opened, oldest first.

    They are published, but somebody has to act on them: the desk leads with them. At most `SIZE`.
    """
    found = (
        select(Challenge)
        .where(
            works_for(actor),
            Challenge.state == State.PUBLISHED,
            Challenge.opened_at.is_(None),
            Challenge.closes <= now,
        )
        .options(
            joinedload(Challenge.authority),
            joinedload(Challenge.programme),
            selectinload(Challenge.texts),
        )
        .order_by(Challenge.closes, Challenge.id)
        .limit(SIZE)
    )
    return list(session.scalars(found))


def to_answer(session: ReadSession, actor: Actor, *, now: datetime) -> list[Challenge]:
    """Return the public challenges of a desk with open questions, the first to end first.

    At most `SIZE`. Those past their deadline that nobody has opened stand in `to_open`.
    """
    found = (
        select(Challenge)
        .where(
            works_for(actor),
            Challenge.open_questions > 0,
            Challenge.state.in_((State.PUBLISHED, State.IN_SELECTION)),
            Challenge.published_at <= now,
            or_(Challenge.closes > now, Challenge.opened_at.is_not(None)),
        )
        .options(
            joinedload(Challenge.authority),
            joinedload(Challenge.programme),
            selectinload(Challenge.texts),
        )
        .order_by(Challenge.questions_until, Challenge.id)
        .limit(SIZE)
    )
    return list(session.scalars(found))


def _approvers(session: ReadSession, authorities: Collection[int], *, now: datetime) -> Approvers:
    """Return who approves for each of these authorities and can sign in, in one statement."""
    found = (
        select(RoleRow.object_id, RoleRow.person_id)
        .join(Person, Person.id == RoleRow.person_id)
        .where(
            RoleRow.role == Role.APPROVER,
            RoleRow.object_kind == "authority",
            RoleRow.object_id.in_(authorities),
            in_force(now),
            Person.disabled_at.is_(None),
        )
    )
    by_authority: dict[int, set[int]] = {}
    for authority_id, person_id in session.execute(found):
        by_authority.setdefault(authority_id, set()).add(person_id)
    return {number: frozenset(people) for number, people in by_authority.items()}
