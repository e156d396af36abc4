"""What waits for whom, from the deadline to the last milestone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from govmatch.applications.models import ASSESSING, Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.decisions.models import Decision, State
from govmatch.decisions.queries import letter_counts
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.overview.queries.reports.scope import Scope
from govmatch.overview.queries.reports.titles import challenges_by_id
from govmatch.pilots import queries as pilots
from govmatch.pilots.models import Delivery, Milestone, MilestoneState, Pilot
from govmatch.pilots.models import State as Trial
from govmatch.pilots.rules import DECISION_DAYS
from govmatch.triage.models import Handling


class Kind(StrEnum):
    OPENING = "opening"
    HANDLER = "handler"
    CONFIRMATION = "confirmation"
    RELEASE = "release"
    ANSWER = "answer"
    MILESTONE = "milestone"
    DELIVERY = "delivery"


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Something that waits: how many, since when or until when, in which challenge or pilot.

    `due` is a day for milestones and deliveries, an instant for all others.
    """

    kind: Kind
    challenge_id: int
    path: str
    count: int = 1
    since: datetime | None = None
    due: datetime | date | None = None
    is_overdue: bool = False
    firm: str = ""
    subject: str = ""
    challenge: Challenge | None = None


@dataclass(frozen=True)
class Waiting:
    """The first rows of what waits; how many there are in all, and how many are overdue."""

    rows: list[Wait]
    total: int
    late: int


def waits(session: ReadSession, scope: Scope, *, now: datetime, most: int | None = None) -> Waiting:
    """Return everything that waits, what is overdue first, or the first `most` of it.

    Seven statements however much there is. Of challenges that were not opened it says only that
    they are past their deadline. What each is about is read by `with_challenges`.
    """
    today = now.astimezone(ZoneInfo(scope.zone)).date()
    openings, unopened = _openings(session, scope, now, most)
    found = [
        *openings,
        *_unhandled(session, scope),
        *_decisions(session, scope),
        *_answers(session, scope, now),
        *_milestones(session, scope, today),
        *_deliveries(session, scope, today),
    ]
    total = len(found) - len(openings) + unopened
    order = {kind: place for place, kind in enumerate(Kind)}
    rows = sorted(found, key=lambda one: (not one.is_overdue, order[one.kind]))
    return Waiting(rows[:most], total, sum(one.is_overdue for one in rows))


def with_challenges(session: ReadSession, found: Sequence[Wait]) -> list[Wait]:
    """Return the same with the challenge of each and its titles; two statements."""
    known = challenges_by_id(session, {one.challenge_id for one in found})
    return [replace(one, challenge=known[one.challenge_id]) for one in found]


def _openings(
    session: ReadSession, scope: Scope, now: datetime, most: int | None
) -> tuple[list[Wait], int]:
    """Return the first openings, and how many there are.

    None of them is ever overdue, so that no later one would stand before these.
    """
    found = select(Challenge.id, Challenge.slug, Challenge.closes, func.count().over()).where(
        scope.cases,
        Challenge.state == Stage.PUBLISHED,
        Challenge.opened_at.is_(None),
        Challenge.closes <= now,
    )
    rows = session.execute(found.order_by(Challenge.closes).limit(most)).all()
    openings = [
        Wait(
            kind=Kind.OPENING,
            challenge_id=number,
            path=f"/desk/challenges/{slug}/opening",
            since=closes,
        )
        for number, slug, closes, _ in rows
    ]
    return openings, rows[0][3] if rows else 0


def _unhandled(session: ReadSession, scope: Scope) -> Iterator[Wait]:
    found = (
        select(Challenge.id, Challenge.slug, func.count(), func.min(Challenge.opened_at))
        .join(Application, Application.challenge_id == Challenge.id)
        .outerjoin(Handling, Handling.application_id == Application.id)
        .where(
            scope.applications_in(Challenge.state == Stage.IN_SELECTION),
            Application.state.in_(sorted(state.value for state in ASSESSING)),
            Handling.handler_id.is_(None),
        )
        .group_by(Challenge.id, Challenge.slug)
        .order_by(Challenge.id)
    )
    for number, slug, count, since in session.execute(found):
        path = f"/triage?challenge={slug}&handler=none"
        yield Wait(
            kind=Kind.HANDLER, challenge_id=number, path=path, count=count, since=since
        )  # fmt: skip


def _decisions(session: ReadSession, scope: Scope) -> Iterator[Wait]:
    """Yield what a second person confirms and what is to be released; not with a conflict."""
    found = (
        select(Decision)
        .join(Challenge, Challenge.id == Decision.challenge_id)
        .where(scope.unclouded, Decision.state.in_([State.PROPOSED, State.CONFIRMED]))
        .order_by(Decision.proposed_at, Decision.id)
    )
    decisions = list(session.scalars(found))
    letters = letter_counts(session, [one.id for one in decisions])
    for one in decisions:
        is_confirmed = one.state == State.CONFIRMED
        yield Wait(
            kind=Kind.RELEASE if is_confirmed else Kind.CONFIRMATION,
            challenge_id=one.challenge_id,
            path=f"/decisions/{one.public_id}",
            count=letters[one.id].total if is_confirmed and one.id in letters else 1,
            since=one.confirmed_at if is_confirmed else one.proposed_at,
        )


def _answers(session: ReadSession, scope: Scope, now: datetime) -> Iterator[Wait]:
    found = (
        select(Challenge.id, Challenge.slug, func.count(), func.min(Application.confirm_by))
        .join(Application, Application.challenge_id == Challenge.id)
        .where(
            scope.applications,
            Application.state == Applied.SELECTED,
            Application.confirm_by.is_not(None),
        )
        .group_by(Challenge.id, Challenge.slug)
        .order_by(func.min(Application.confirm_by))
    )
    for number, slug, count, due in session.execute(found):
        yield Wait(
            kind=Kind.ANSWER,
            challenge_id=number,
            path=f"/triage?challenge={slug}&state=selected",
            count=count,
            due=due,
            is_overdue=due is not None and due < now,
        )


def _milestones(session: ReadSession, scope: Scope, today: date) -> Iterator[Wait]:
    found = (
        select(Pilot.challenge_id, Pilot.public_id, Milestone, Firm.name)
        .join(Pilot, Pilot.id == Milestone.pilot_id)
        .join(Challenge, Challenge.id == Pilot.challenge_id)
        .join(Firm, Firm.id == Pilot.firm_id)
        .where(
            scope.cases,
            pilots.visible_to(scope.actor),
            Pilot.state == Trial.RUNNING,
            Milestone.state.in_([MilestoneState.PLANNED, MilestoneState.RETURNED]),
            Milestone.due < today,
        )
        .order_by(Milestone.due, Milestone.id)
    )
    for number, pilot, milestone, firm in session.execute(found):
        yield Wait(
            kind=Kind.MILESTONE,
            challenge_id=number,
            path=f"/pilots/{pilot}/milestones/{milestone.public_id}",
            due=milestone.due,
            is_overdue=True,
            firm=firm,
            subject=milestone.title,
        )


def _deliveries(session: ReadSession, scope: Scope, today: date) -> Iterator[Wait]:
    found = (
        select(Pilot.challenge_id, Pilot.public_id, Milestone, Delivery.at)
        .join(Pilot, Pilot.id == Milestone.pilot_id)
        .join(Delivery, Delivery.milestone_id == Milestone.id)
        .join(Challenge, Challenge.id == Pilot.challenge_id)
        .where(
            scope.cases,
            pilots.visible_to(scope.actor),
            Pilot.state == Trial.RUNNING,
            Milestone.state == MilestoneState.DELIVERED,
            Delivery.is_accepted.is_(None),
        )
        .order_by(Delivery.at, Delivery.id)
    )
    for number, pilot, milestone, at in session.execute(found):
        due = at.astimezone(ZoneInfo(scope.zone)).date() + timedelta(days=DECISION_DAYS)
        yield Wait(
            kind=Kind.DELIVERY,
            challenge_id=number,
            path=f"/pilots/{pilot}/milestones/{milestone.public_id}",
            since=at,
            due=due,
            is_overdue=due < today,
            subject=milestone.title,
        )
