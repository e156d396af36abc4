"""Who has how much to do: reviewers, managers and approvers, in one's own challenges."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from govmatch.accounts.models import Role
from govmatch.applications.models import ASSESSING, Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.decisions.models import Decision, State
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.overview.queries.reports.keeping import kept
from govmatch.overview.queries.reports.scope import Scope, with_opened
from govmatch.reviews.models import ENDED, SCORING, Review
from govmatch.reviews.models import State as Reviewed
from govmatch.triage.models import Handling


@dataclass(frozen=True)
class Load:
    """What one person was given and what of it is done; `first_due` is of what is still open."""

    person_id: int
    given: int
    done: int
    open: int
    overdue: int = 0
    first_due: datetime | None = None


@dataclass(frozen=True)
class Approved:
    """How many decisions somebody confirmed, and the median days from proposal to that."""

    person_id: int
    confirmed: int
    days: float


def oversees(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for challenges whose reviewers the actor knows: managers, auditors."""
    if actor.holds(Role.AUDITOR):
        return true()
    return or_(
        Challenge.programme_id.in_(sorted(actor.objects("programme", Role.MANAGER, Role.AUDITOR))),
        Challenge.authority_id.in_(sorted(actor.objects("authority", Role.AUDITOR))),
    )


def _running(scope: Scope) -> ColumnElement[bool]:
    """Applications of challenges in selection, with the right to know who works on them."""
    in_selection = Challenge.state == Stage.IN_SELECTION
    if not scope.counts:
        in_selection = and_(oversees(scope.actor), in_selection)
    return scope.applications_in(in_selection)


def loads(session: ReadSession, scope: Scope, *, now: datetime) -> list[Load]:
    """Return the reviews of challenges in selection by reviewer, the most overdue first.

    With a scope of contents only for who manages or audits, with one of counts for every reader;
    never about applications closed to the reader.
    """
    return _sorted(_kept(session, scope, "reviewers", _reviews), now)


def handled(session: ReadSession, scope: Scope, *, now: datetime) -> list[Load]:
    """Return the applications of challenges in selection by who looks after them."""
    return _sorted(_kept(session, scope, "managers", _handled), now)


Pile = tuple[int, datetime | None, int, int, int]
"""(person, due, given, done, open): what is due at the same instant."""


def _kept(
    session: ReadSession,
    scope: Scope,
    name: str,
    make: Callable[[ReadSession, Scope], list[Pile]],
) -> list[Pile]:
    return kept(session, (name, scope), lambda: make(session, with_opened(session, scope)))


def _reviews(session: ReadSession, scope: Scope) -> list[Pile]:
    is_open = and_(Review.state.in_(_names(SCORING)), Review.frozen_at.is_(None))
    due = case((is_open, Review.due_at)).label("due")
    found = (
        select(
            Review.person_id,
            due,
            func.count(),
            _number_of(Review.state == Reviewed.SUBMITTED),
            _number_of(is_open),
        )
        .where(
            Review.application_id.in_(select(Application.id).where(_running(scope))),
            Review.state.not_in(_names(ENDED)),
        )
        # By its name: PostgreSQL takes the same words with other parameters for another expression.
        .group_by(Review.person_id, "due")
    )
    return [tuple(row) for row in session.execute(found)]


def _handled(session: ReadSession, scope: Scope) -> list[Pile]:
    is_open = Application.state.in_(_names(ASSESSING))
    found = (
        select(
            Handling.handler_id,
            func.count(),
            _number_of(~is_open),
            _number_of(is_open),
        )
        .join(Application, Application.id == Handling.application_id)
        .where(_running(scope), Handling.handler_id.is_not(None))
        .group_by(Handling.handler_id)
    )
    rows = session.execute(found)
    return [(person or 0, None, given, done, open_) for person, given, done, open_ in rows]


def _names(states: Iterable[Any]) -> list[str]:
    return sorted(state.value for state in states)


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _sorted(piles: Iterable[Pile], now: datetime) -> list[Load]:
    by_person: dict[int, list[Pile]] = defaultdict(list)
    for pile in piles:
        by_person[pile[0]].append(pile)
    found = [_load(person, theirs, now) for person, theirs in by_person.items()]
    return sorted(found, key=lambda one: (-one.overdue, -one.open, -one.given, one.person_id))


def _load(person: int, piles: list[Pile], now: datetime) -> Load:
    return Load(
        person,
        given=sum(pile[2] for pile in piles),
        done=sum(pile[3] for pile in piles),
        open=sum(pile[4] for pile in piles),
        overdue=sum(pile[4] for pile in piles if pile[1] is not None and pile[1] < now),
        first_due=min((pile[1] for pile in piles if pile[1] is not None), default=None),
    )


def approved(session: ReadSession, scope: Scope) -> list[Approved]:
    """Return the decisions by who confirmed them, most first; one statement.

    With a scope of contents only of challenges that the reader manages or audits.
    """
    found = (
        select(Decision.confirmed_by, Decision.proposed_at, Decision.confirmed_at)
        .join(Challenge, Challenge.id == Decision.challenge_id)
        .where(
            scope.unclouded,
            true() if scope.counts else oversees(scope.actor),
            Decision.confirmed_by.is_not(None),
            Decision.state.in_([State.CONFIRMED.value, State.RELEASED.value]),
        )
    )
    days: dict[int, list[float]] = defaultdict(list)
    for person, proposed_at, confirmed_at in session.execute(found):
        if person is not None and proposed_at is not None and confirmed_at is not None:
            days[person].append((confirmed_at - proposed_at).total_seconds() / 86_400)
    rows = [Approved(person, len(one), float(median(one))) for person, one in days.items()]
    return sorted(rows, key=lambda one: (-one.confirmed, one.person_id))


def to_confirm(session: ReadSession, scope: Scope) -> int:
    """Return how many proposed decisions wait for their second person."""
    found = (
        select(func.count())
        .select_from(Decision)
        .join(Challenge, Challenge.id == Decision.challenge_id)
        .where(scope.unclouded, Decision.state == State.PROPOSED)
    )
    return session.execute(found).scalar_one()
