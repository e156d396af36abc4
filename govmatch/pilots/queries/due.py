"""What the background looks for: milestones and decisions whose day comes or is past."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from govmatch.kit.db import Session
from govmatch.pilots.models import Delivery, Milestone, MilestoneState, Pilot, State
from govmatch.pilots.rules import DECISION_DAYS

FIRST = 7
PAST = -1
_ZONES = timedelta(days=1)
"""A day may have begun elsewhere already; which day it is there, the caller asks exactly."""


def milestones_due(session: Session, *, today: date, most: int) -> list[Milestone]:
    """Return open milestones of running pilots that may want a reminder, locked; by day.

    `today` is in UTC. Those whose last reminder said that they are overdue are left out.
    """
    found = (
        select(Milestone)
        .join(Milestone.pilot)
        .join(Pilot.challenge)
        .options(contains_eager(Milestone.pilot).contains_eager(Pilot.challenge))
        .where(
            Pilot.state == State.RUNNING,
            Milestone.state.in_([MilestoneState.PLANNED.value, MilestoneState.RETURNED.value]),
            Milestone.due <= today + timedelta(days=FIRST) + _ZONES,
            or_(Milestone.reminded.is_(None), Milestone.reminded > PAST),
        )
        .order_by(Milestone.due, Milestone.id)
        .limit(most)
        .with_for_update(of=Milestone, skip_locked=True)
    )
    return list(session.scalars(found))


def deliveries_due(session: Session, *, now: datetime, most: int) -> list[Delivery]:
    """Return deliveries that the authority has not decided on and may have to be reminded of."""
    latest = now - timedelta(days=DECISION_DAYS - FIRST) + _ZONES
    found = (
        select(Delivery)
        .join(Delivery.milestone)
        .join(Milestone.pilot)
        .join(Pilot.challenge)
        .options(
            contains_eager(Delivery.milestone)
            .contains_eager(Milestone.pilot)
            .contains_eager(Pilot.challenge)
        )
        .where(
            Pilot.state == State.RUNNING,
            Milestone.state == MilestoneState.DELIVERED,
            Delivery.is_accepted.is_(None),
            Delivery.at <= latest,
            or_(Delivery.reminded.is_(None), Delivery.reminded > PAST),
        )
        .order_by(Delivery.at, Delivery.id)
        .limit(most)
        .with_for_update(of=Delivery, skip_locked=True)
    )
    return list(session.scalars(found))
