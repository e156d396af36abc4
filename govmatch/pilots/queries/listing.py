"""One page of pilots as a list shows them, and the applications that wait for one."""

from datetime import date

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload, load_only, selectinload

from govmatch.accounts.models import Role
from govmatch.applications.models import Access, Application, How
from govmatch.applications.models import State as ApplicationState
from govmatch.challenges.models import Challenge, ChallengeText
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority, Firm
from govmatch.pilots.models import Milestone, MilestoneState, Pilot, State
from govmatch.pilots.queries.visible import visible_to

SIZE = 25
OPEN_MILESTONES = (
    MilestoneState.PLANNED.value,
    MilestoneState.RETURNED.value,
    MilestoneState.DELIVERED.value,
)


@dataclass(frozen=True)
class Listed:
    """A pilot in a list: what is due next in it, and how many milestones are accepted."""

    pilot: Pilot
    next_due: date | None
    next_title: str
    delivered: int
    settled: int
    milestones: int


def _of(column: InstrumentedAttribute[int], slug: str) -> ColumnElement[bool]:
    """Return the condition for rows of the challenge with this short name; of all without one."""
    if not slug:
        return true()
    return column == select(Challenge.id).where(Challenge.slug == slug).scalar_subquery()


def counts(session: ReadSession, actor: Actor, *, challenge: str = "") -> dict[State, int]:
    """Return how many pilots of each state the actor sees, of one challenge where it is named."""
    found = (
        select(Pilot.state, func.count())
        .where(visible_to(actor), _of(Pilot.challenge_id, challenge))
        .group_by(Pilot.state)
    )
    by_state = dict(session.execute(found).all())
    return {state: by_state.get(state.value, 0) for state in State}


def pilots_page(
    session: ReadSession,
    actor: Actor,
    states: frozenset[State],
    *,
    challenge: str = "",
    page: int,
    size: int = SIZE,
) -> list[Listed]:
    """Return one page: what is due first comes first, what is over the latest first."""
    due = _next_due()
    found = (
        select(Pilot, due.c.due)
        .outerjoin(due, due.c.pilot_id == Pilot.id)
        .where(
            visible_to(actor),
            Pilot.state.in_(sorted(state.value for state in states)),
            _of(Pilot.challenge_id, challenge),
        )
        .options(*_AS_LISTED)
        .order_by(due.c.due.is_(None), due.c.due, Pilot.id.desc())
        .offset((page - 1) * size)
        .limit(size)
    )
    rows = session.execute(found).all()
    milestones = _milestones(session, [row[0].id for row in rows])
    return [_listed(row[0], milestones.get(row[0].id, [])) for row in rows]


def _next_due() -> Subquery:
    """Return for each running pilot the day of its first milestone that is still open."""
    return (
        select(Milestone.pilot_id, func.min(Milestone.due).label("due"))
        .where(Milestone.state.in_(OPEN_MILESTONES))
        .group_by(Milestone.pilot_id)
        .subquery()
    )


_AS_LISTED = (
    load_only(
        Pilot.public_id,
        Pilot.challenge_id,
        Pilot.firm_id,
        Pilot.application_id,
        Pilot.state,
        Pilot.title,
        Pilot.budget,
        Pilot.currency,
        Pilot.starts,
        Pilot.ends,
        Pilot.authority_agreed_at,
        Pilot.agreed_at,
        Pilot.outcome,
    ),
    joinedload(Pilot.challenge)
    .load_only(
        Challenge.slug,
        Challenge.zone,
        Challenge.main_lang,
        Challenge.authority_id,
        Challenge.programme_id,
    )
    .options(
        joinedload(Challenge.authority).load_only(Authority.names),
        selectinload(Challenge.texts).load_only(
            ChallengeText.challenge_id, ChallengeText.lang, ChallengeText.title
        ),
    ),
    joinedload(Pilot.firm).load_only(Firm.name),
)


def _milestones(session: ReadSession, ids: list[int]) -> dict[int, list[Milestone]]:
    found = select(Milestone).where(Milestone.pilot_id.in_(ids))
    by_pilot: dict[int, list[Milestone]] = {}
    for milestone in session.scalars(found.order_by(Milestone.due, Milestone.number)):
        by_pilot.setdefault(milestone.pilot_id, []).append(milestone)
    return by_pilot


def _listed(pilot: Pilot, milestones: list[Milestone]) -> Listed:
    waiting = [one for one in milestones if one.state in {"planned", "returned"}]
    delivered = [one for one in milestones if one.state == MilestoneState.DELIVERED]
    return Listed(
        pilot=pilot,
        next_due=waiting[0].due if waiting else None,
        next_title=waiting[0].title if waiting else "",
        delivered=len(delivered),
        settled=len(milestones) - len(waiting) - len(delivered),
        milestones=len(milestones),
    )


def _may_be_made_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for confirmed applications on this actor's side; not for conflicts."""
    closed = select(Access.application_id).where(
        Access.person_id == (actor.person_id or 0), Access.how == How.CLOSED
    )
    return and_(
        Application.state == ApplicationState.CONFIRMED,
        or_(
            Challenge.authority_id.in_(actor.objects("authority", Role.STAFF)),
            Challenge.programme_id.in_(actor.objects("programme", Role.MANAGER)),
        ),
        Application.id.not_in(closed),
    )


def confirmed_without_pilot(
    session: ReadSession, actor: Actor, *, challenge: str = "", most: int = 20
) -> list[Application]:
    """Return confirmed applications on the actor's side from which no pilot was made yet."""
    found = (
        select(Application)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .where(
            _may_be_made_by(actor),
            Challenge.state.in_([ChallengeState.DECIDED.value, ChallengeState.PILOTING.value]),
            Application.id.not_in(select(Pilot.application_id)),
            _of(Application.challenge_id, challenge),
        )
        .options(
            joinedload(Application.firm),
            joinedload(Application.challenge).selectinload(Challenge.texts),
        )
        # By challenge, so that its index is walked and not every application.
        .order_by(Application.challenge_id, Application.id)
        .limit(most)
    )
    return list(session.scalars(found))


def get_confirmed(session: ReadSession, actor: Actor, public_id: str) -> Application:
    """Return a confirmed application from which this actor may make a pilot; or `NotFound`."""
    found = (
        select(Application)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .where(_may_be_made_by(actor), Application.public_id == public_id)
        .options(
            joinedload(Application.firm),
            joinedload(Application.challenge).selectinload(Challenge.texts),
            joinedload(Application.challenge).joinedload(Challenge.authority),
        )
    )
    application = session.scalars(found).first()
    if application is None:
        raise NotFound
    return application
