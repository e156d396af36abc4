"""What the firms of a person have begun and sent in."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from govmatch.accounts.models import Person
from govmatch.accounts.queries import roles_of
from govmatch.applications import rules
from govmatch.applications.models import Application, State
from govmatch.applications.queries.getting import WITH_CHALLENGE
from govmatch.applications.queries.visible import own_to
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor, Held
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import own_firms


@dataclass(frozen=True)
class Counted:
    """How many applications of the actor's firms there are, in all and by state."""

    total: int
    by_state: dict[str, int]


def count_own(session: ReadSession, actor: Actor) -> Counted:
    found = select(Application.state, func.count()).where(own_to(actor))
    rows = session.execute(found.group_by(Application.state))
    by_state = {row[0]: row[1] for row in rows}
    return Counted(sum(by_state.values()), by_state)


def own(
    session: ReadSession, actor: Actor, *, states: Collection[str] = (), offset: int, size: int
) -> list[Application]:
    """Return applications of the actor's firms, newest first, ready to be shown in a list."""
    # Whether late codes are taken is asked of the programme as it stood.
    terms = joinedload(Application.challenge).selectinload(Challenge.version)
    found = select(Application).where(own_to(actor)).options(*WITH_CHALLENGE, terms)
    if states:
        found = found.where(Application.state.in_(states))
    page = found.order_by(Application.id.desc()).offset(offset).limit(size)
    return list(session.scalars(page))


def waiting(
    session: ReadSession,
    actor: Actor,
    states: Collection[str],
    *,
    most: int,
    others: Collection[int] = (),
) -> list[Application]:
    """Return the newest applications in these states, and `others` by their ids.

    With their challenges, in one statement.
    """
    is_one = or_(Application.state.in_(states), Application.id.in_(sorted(others)))
    found = (
        select(Application)
        .where(own_to(actor), is_one)
        .options(joinedload(Application.challenge).joinedload(Challenge.texts))
        .order_by(Application.id.desc())
        .limit(most)
    )
    return list(session.scalars(found).unique())


def own_for(
    session: ReadSession, challenge: Challenge, firm_ids: Collection[int]
) -> list[Application]:
    """Return what these firms have for a challenge, newest first."""
    found = select(Application).where(
        Application.challenge_id == challenge.id, Application.firm_id.in_(sorted(firm_ids))
    )
    return list(session.scalars(found.order_by(Application.id.desc())))


def find_single(session: ReadSession, single_key: str) -> Application | None:
    """Return the one application of a firm for a challenge that allows one."""
    return session.scalars(select(Application).where(Application.single_key == single_key)).first()


def count_drafts(session: ReadSession, firm: Firm, programme_id: int) -> int:
    """Return how many drafts a firm has in one programme."""
    found = (
        select(func.count())
        .select_from(Application)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .where(Application.firm_id == firm.id, Application.state == State.DRAFT)
        .where(Challenge.programme_id == programme_id)
    )
    return session.execute(found).scalar_one()


def applying_firms(session: ReadSession, actor: Actor) -> list[Firm]:
    """Return the firms for which the actor may apply, by name."""
    ids = rules.firms_written_by(actor)
    return [f for f in own_firms(session, actor) if f.id in ids and f.closed_at is None]


def every_role(session: ReadSession, actor: Actor, *, real_now: datetime) -> set[Held]:
    """Return all roles of the person in force, those too that wait for a second factor."""
    person = session.get(Person, actor.person_id) if actor.person_id is not None else None
    return roles_of(session, person, now=real_now) if person is not None else set()
