"""Which day it is for a pilot, and what is late."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from govmatch.pilots.models import Delivery, Milestone, MilestoneState, Pilot, State

DECISION_DAYS = 14
"""How many days the authority takes at most to decide on a delivery."""


def today(pilot: Pilot, now: datetime) -> date:
    """Return the day that it is in the zone of the challenge."""
    return now.astimezone(ZoneInfo(pilot.challenge.zone)).date()


def days_left(due: date, pilot: Pilot, now: datetime) -> int:
    return (due - today(pilot, now)).days


def decide_by(delivery: Delivery, pilot: Pilot) -> date:
    """Return the last day on which the authority decides on a delivery."""
    day = delivery.at.astimezone(ZoneInfo(pilot.challenge.zone)).date()
    return day + timedelta(days=DECISION_DAYS)


def is_overdue(milestone: Milestone, pilot: Pilot, now: datetime) -> bool:
    """True where the firm should have delivered before today."""
    waits = milestone.state in {MilestoneState.PLANNED, MilestoneState.RETURNED}
    return pilot.state == State.RUNNING and waits and days_left(milestone.due, pilot, now) < 0
