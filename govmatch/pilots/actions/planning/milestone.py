"""The milestones of a plan."""

from datetime import date, datetime

from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from govmatch.kit.i18n import Lang, msg
from govmatch.kit.ids import public_id
from govmatch.kit.records import dataclass
from govmatch.pilots import plan, queries, rules
from govmatch.pilots.actions.planning.revision import new_revision, next_number, refuse, shown
from govmatch.pilots.models import Milestone, Pilot


@dataclass(frozen=True, kw_only=True)
class MilestoneData:
    title: str
    acceptance: str
    amount: int
    due: date


def add_milestone(
    session: Session,
    pilot: Pilot,
    data: MilestoneData,
    *,
    revision: int,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> Milestone:
    """Add a milestone within the budget and the time of the pilot."""
    with new_revision(session, pilot, revision, actor=actor, now=now):
        there = queries.milestones(session, pilot)
        if len(there) >= rules.MOST_MILESTONES:
            raise NotAllowed(msg("A pilot has at most {n} milestones.", n=rules.MOST_MILESTONES))
        _check_milestone(pilot, data, there, lang=lang)
        milestone = Milestone(
            public_id=public_id(),
            pilot=pilot,
            number=next_number(session, Milestone.number, Milestone.pilot_id, pilot),
            title=data.title,
            acceptance=data.acceptance,
            amount=data.amount,
            due=data.due,
        )
        session.add(milestone)
    return milestone


def change_milestone(
    session: Session,
    pilot: Pilot,
    milestone: Milestone,
    data: MilestoneData,
    *,
    revision: int,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> None:
    with new_revision(session, pilot, revision, actor=actor, now=now):
        others = [one for one in queries.milestones(session, pilot) if one.id != milestone.id]
        _check_milestone(pilot, data, others, lang=lang)
        milestone.title, milestone.acceptance = data.title, data.acceptance
        milestone.amount, milestone.due = data.amount, data.due


def _check_milestone(
    pilot: Pilot, data: MilestoneData, others: list[Milestone], *, lang: Lang
) -> None:
    spent = plan.sum_of_amounts(others)
    found = {
        "amount": plan.amount_fault(data.amount, spent, pilot.budget, shown(pilot, lang)),
        "due": plan.due_fault(data.due, pilot.starts, pilot.ends),
    }
    refuse(found)
