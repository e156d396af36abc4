"""Due work: the firm is reminded of milestones, the authority of deliveries to decide on.

Seven days before the day, one day before it, and once it is past: each once, whatever was missed
while the worker was away. A day that is moved by an agreed change begins anew.
"""

from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.pilots import queries, rules
from govmatch.pilots.events import AcceptanceDue, MilestoneDue

STAGES = (7, 1)
PAST = -1
_MOST = 1_000


def stage(days: int) -> int | None:
    """Return which reminder `days` before a day calls for: 7, 1, -1 once it is past, or none."""
    if days < 0:
        return PAST
    reached = [one for one in STAGES if days <= one]
    return min(reached) if reached else None


def is_new(due: int | None, reminded: int | None) -> bool:
    """True where this reminder, or a later one, has not gone out yet."""
    return due is not None and (reminded is None or due < reminded)


def remind_of_milestones(background: Background, session: Session) -> None:
    """Note in the journal whom to remind of a milestone; the notices follow from that."""
    now = background.now
    for milestone in queries.milestones_due(session, today=now.date(), most=_MOST):
        pilot = milestone.pilot
        due = stage(rules.days_left(milestone.due, pilot, now))
        if due is not None and is_new(due, milestone.reminded):
            milestone.reminded = due
            event = MilestoneDue(subject_id=pilot.id, milestone_id=milestone.id, days=due)
            journal.record(session, event, actor=VISITOR, now=now)


def remind_of_decisions(background: Background, session: Session) -> None:
    """The same for deliveries that the authority has not decided on."""
    now = background.now
    for delivery in queries.deliveries_due(session, now=now, most=_MOST):
        pilot = delivery.milestone.pilot
        due = stage(rules.days_left(rules.decide_by(delivery, pilot), pilot, now))
        if due is not None and is_new(due, delivery.reminded):
            delivery.reminded = due
            event = AcceptanceDue(subject_id=pilot.id, milestone_id=delivery.milestone_id, days=due)
            journal.record(session, event, actor=VISITOR, now=now)


DUE = [remind_of_milestones, remind_of_decisions]
