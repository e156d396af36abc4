"""One page of cases with what each waits for; the same statements for any number of rows."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from govmatch.accounts.models import Role, RoleRow
from govmatch.accounts.queries.holding import in_force
from govmatch.applications.models import Access, Application, How
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.decisions.models import OPEN, Decision, Determination, Kind, Outcome, State
from govmatch.decisions.queries.letters import LetterCounts, letter_counts
from govmatch.decisions.queries.questions_back import waiting_questions
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass

SIZE = 50
GOING_ON = (Stage.IN_SELECTION, Stage.DECIDED)
OVER = (Stage.PILOTING, Stage.COMPLETED, Stage.DID_NOT_PROCEED, Stage.ARCHIVED)


@dataclass(frozen=True)
class CaseRow:
    """A challenge with its latest decision; counts of what waits."""

    challenge: Challenge
    decision: Decision | None
    letters: LetterCounts
    awaited: int
    """Selected firms that have not answered yet."""
    answer_by: datetime | None
    to_plan: int
    """Firms that have taken their place and have no agreed pilot yet."""
    free: int
    reserves: int
    asked: int
    """Questions of firms about their letters that wait for an answer."""


@dataclass(frozen=True)
class CasePage:
    rows: list[CaseRow] = field(default_factory=list)
    total: int = 0


def _steps_in(actor: Actor, real_now: datetime) -> ColumnElement[bool]:
    """Return the condition for what waits for an approver of the programme.

    That is where the authority has none at all; where all of its own took part, the mail leads to
    the decision.
    """
    own = select(RoleRow.object_id).where(
        RoleRow.role == Role.APPROVER, RoleRow.object_kind == "authority", in_force(real_now)
    )
    waits = select(Decision.challenge_id).where(Decision.state == State.PROPOSED)
    return and_(
        Challenge.programme_id.in_(sorted(actor.objects("programme", Role.APPROVER))),
        Challenge.authority_id.not_in(own),
        Challenge.id.in_(waits),
    )


def _works_for(actor: Actor, real_now: datetime) -> ColumnElement[bool]:
    """Return the condition for cases of this actor, without those closed by a conflict."""
    if actor.holds(Role.AUDITOR):
        theirs: ColumnElement[bool] = true()
    else:
        theirs = or_(
            Challenge.programme_id.in_(
                sorted(actor.objects("programme", Role.MANAGER, Role.AUDITOR))
            ),
            Challenge.authority_id.in_(
                sorted(actor.objects("authority", Role.STAFF, Role.APPROVER, Role.AUDITOR))
            ),
            _steps_in(actor, real_now),
        )
    closed = (
        select(Application.challenge_id)
        .join(Access, Access.application_id == Application.id)
        .where(Access.person_id == actor.person_id, Access.how == How.CLOSED)
    )
    return theirs & Challenge.id.not_in(closed)


def case_page(
    session: ReadSession,
    actor: Actor,
    *,
    over: bool,
    page: int,
    real_now: datetime,
    size: int = SIZE,
) -> CasePage:
    """Return one page of cases: those going on, what waits longest first, or those decided."""
    stages = OVER if over else GOING_ON
    unfinished = select(Decision.challenge_id).where(Decision.state.in_(sorted(OPEN)))
    wanted: ColumnElement[bool] = Challenge.state.in_([one.value for one in stages])
    if not over:
        wanted = or_(wanted, Challenge.id.in_(unfinished))
    decided = select(Decision.challenge_id).where(Decision.state == State.RELEASED)
    if over:
        wanted &= Challenge.id.in_(decided)
    found = select(Challenge).where(_works_for(actor, real_now), wanted)
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    order = Challenge.updated_at.desc() if over else Challenge.updated_at
    shown = (
        found.options(
            joinedload(Challenge.authority),
            joinedload(Challenge.programme),
            selectinload(Challenge.texts),
        )
        .order_by(order, Challenge.id)
        .offset((page - 1) * size)
        .limit(size)
    )
    return CasePage(_rows(session, list(session.scalars(shown))), total)


def _rows(session: ReadSession, challenges: list[Challenge]) -> list[CaseRow]:
    ids = [one.id for one in challenges]
    latest = _latest(session, ids)
    letters = letter_counts(session, [one.id for one in latest.values()])
    states = _states(session, ids)
    places, to_plan = _places(session, ids), _to_plan(session, ids)
    asked = waiting_questions(session, ids)
    return [
        CaseRow(
            challenge=one,
            decision=latest.get(one.id),
            letters=letters.get(latest[one.id].id, LetterCounts())
            if one.id in latest
            else LetterCounts(),
            awaited=states[one.id][Applied.SELECTED][0],
            answer_by=states[one.id][Applied.SELECTED][1],
            to_plan=to_plan.get(one.id, 0),
            free=max(0, places.get(one.id, 0) - _taken(states[one.id])),
            reserves=states[one.id][Applied.RESERVE][0],
            asked=asked[one.id],
        )
        for one in challenges
    ]


def _latest(session: ReadSession, ids: Collection[int]) -> dict[int, Decision]:
    """Return the decision that is being made, else the last one, by challenge."""
    found = select(Decision).where(Decision.challenge_id.in_(ids)).order_by(Decision.number)
    latest: dict[int, Decision] = {}
    for one in session.scalars(found):
        if one.state in OPEN or latest.get(one.challenge_id, one).state not in OPEN:
            latest[one.challenge_id] = one
    return latest


_Count = tuple[int, datetime | None]


def _states(session: ReadSession, ids: Collection[int]) -> dict[int, dict[str, _Count]]:
    found = (
        select(
            Application.challenge_id,
            Application.state,
            func.count(),
            func.min(Application.confirm_by),
        )
        .where(
            Application.challenge_id.in_(ids),
            Application.decision_released_at.is_not(None),
        )
        .group_by(Application.challenge_id, Application.state)
    )
    states: dict[int, dict[str, _Count]] = defaultdict(lambda: defaultdict(lambda: (0, None)))
    for challenge_id, state, count, first in session.execute(found):
        states[challenge_id][state] = (count, first)
    return states


def _places(session: ReadSession, ids: Collection[int]) -> dict[int, int]:
    found = (
        select(Decision.challenge_id, func.count())
        .join(Determination, Determination.decision_id == Decision.id)
        .where(
            Decision.challenge_id.in_(ids),
            Decision.kind == Kind.SELECTION,
            Decision.state == State.RELEASED,
            Determination.outcome == Outcome.SELECTED,
        )
        .group_by(Decision.challenge_id)
    )
    return {row[0]: row[1] for row in session.execute(found)}


def _to_plan(session: ReadSession, ids: Collection[int]) -> dict[int, int]:
    found = (
        select(Application.challenge_id, func.count())
        .where(
            Application.challenge_id.in_(ids),
            Application.state == Applied.CONFIRMED,
            Application.is_pilot_agreed.is_(False),
        )
        .group_by(Application.challenge_id)
    )
    return {row[0]: row[1] for row in session.execute(found)}


def _taken(states: dict[str, _Count]) -> int:
    return states[Applied.SELECTED][0] + states[Applied.CONFIRMED][0]
