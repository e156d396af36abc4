"""How pilots are put into words on pages: states, next steps, amounts. Texts, no HTML."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.pilots import rules
from govmatch.pilots.models import (
    SETTLED,
    Change,
    ChangeState,
    Delivery,
    Kpi,
    Milestone,
    MilestoneState,
    Outcome,
    Pilot,
    Side,
    State,
)
from govmatch.pilots.units import shown

Badge = tuple[Message, str]

STATES: Mapping[str, Badge] = {
    State.PLANNED: (msg("Planned"), "neutral"),
    State.RUNNING: (msg("Running"), "info"),
    State.COMPLETED: (msg("Completed"), "success"),
    State.STOPPED: (msg("Stopped early"), "warning"),
}
"""What each state of a pilot is called, and its badge."""

MILESTONE_STATES: Mapping[str, Badge] = {
    MilestoneState.PLANNED: (msg("Planned"), "neutral"),
    MilestoneState.DELIVERED: (msg("Delivered"), "info"),
    MilestoneState.RETURNED: (msg("Returned"), "warning"),
    MilestoneState.ACCEPTED: (msg("Accepted"), "success"),
    MilestoneState.INVOICED: (msg("Invoiced"), "success"),
    MilestoneState.PAID: (msg("Paid"), "success"),
}

OUTCOMES: Mapping[str, tuple[Message, Message]] = {
    Outcome.SCALE: (msg("Scale up"), msg("It works: more places or people are to use it.")),
    Outcome.EXTEND: (msg("Extend"), msg("It is tried for longer before anything is bought.")),
    Outcome.PROCURE: (msg("Procure"), msg("It works: the authority procures a solution.")),
    Outcome.HAND_OVER: (msg("Hand over"), msg("Somebody else goes on with what was found.")),
    Outcome.STOP: (msg("Stop"), msg("It is not pursued any further.")),
}
"""Each outcome: what it is called, and what it means."""

CHANGE_STATES: Mapping[str, Badge] = {
    ChangeState.OPEN: (msg("Waits for an answer"), "info"),
    ChangeState.AGREED: (msg("Agreed"), "success"),
    ChangeState.DECLINED: (msg("Declined"), "warning"),
    ChangeState.WITHDRAWN: (msg("Taken back"), "neutral"),
}

SIDES: Mapping[str, Message] = {
    Side.FIRM: msg("The firm"),
    Side.AUTHORITY: msg("The authority"),
}

OVERDUE: Badge = (msg("Overdue"), "danger")
DECISION_OVERDUE: Badge = (msg("Decision overdue"), "danger")


@dataclass(frozen=True)
class Step:
    """The one thing that comes next for this reader; without a label there is nothing to do."""

    words: Message
    label: Message | None = None
    path: str = ""


@dataclass(frozen=True)
class Course:
    """What a next step follows from: the pilot and its parts as they are now."""

    pilot: Pilot
    milestones: Sequence[Milestone]
    waiting: Mapping[int, Delivery]
    """By milestone, the delivery that nobody has decided on."""
    change: Change | None
    missing: Sequence[Message]


def path_of(pilot: Pilot) -> str:
    return f"/pilots/{pilot.public_id}"


def milestone_badges(
    milestone: Milestone, pilot: Pilot, waiting: Delivery | None, now: datetime
) -> list[Badge]:
    """Return its state, and whether something about it is overdue; for both sides alike."""
    found = [MILESTONE_STATES[milestone.state]]
    if rules.is_overdue(milestone, pilot, now):
        found.append(OVERDUE)
    if waiting is not None and rules.days_left(rules.decide_by(waiting, pilot), pilot, now) < 0:
        found.append(DECISION_OVERDUE)
    return found


def due_text(days: int) -> Message:
    """Return how far away a day is."""
    if days == 0:
        return msg("today")
    if days < 0:
        return msgn("{n} day ago", "{n} days ago", n=-days)
    return msgn("in {n} day", "in {n} days", n=days)


def value_text(kpi: Kpi, value: Decimal, lang: Lang) -> str:
    return shown(value, kpi.unit, lang)


def next_step(course: Course, side: Side | None, now: datetime) -> Step:
    """Return what the reader does next; for those without a side, what happens next."""
    state = State(course.pilot.state)
    if state is State.PLANNED:
        return _while_planned(course, side)
    if state is State.RUNNING:
        return _while_running(course, side, now)
    return _at_the_end(course, side)


def _while_planned(course: Course, side: Side | None) -> Step:
    if side is None:
        return Step(msg("The two sides are agreeing on the plan."))
    is_offered = course.pilot.authority_agreed_at is not None
    if side is Side.AUTHORITY:
        return (
            Step(msg("Nothing to do now: the plan is with the firm."))
            if is_offered
            else (_authority_while_planned(course))
        )
    if is_offered:
        words = msg("Read the plan. Agree to it, or return it with remarks.")
        return Step(words, msg("Answer"), "#agree")
    return Step(msg("Nothing to do now: the authority is writing the plan."))


def _authority_while_planned(course: Course) -> Step:
    label, path = msg("Write the plan"), f"{path_of(course.pilot)}/plan"
    if course.missing:
        return Step(msg("Complete the plan."), label, path)
    if course.pilot.remarks:
        words = msg("The firm returned the plan. Read its remarks, change the plan, offer it.")
        return Step(words, label, path)
    return Step(msg("The plan is complete. Offer it to the firm."), msg("Offer"), "#agree")


def _while_running(course: Course, side: Side | None, now: datetime) -> Step:
    path = path_of(course.pilot)
    if course.change is not None and side is not None and course.change.side != side:
        return Step(
            msg("The other side wishes a change of the plan."), msg("Answer"), f"{path}/change"
        )
    if all(one.state in SETTLED for one in course.milestones):
        if side is Side.AUTHORITY:
            return Step(
                msg("Every milestone is accepted. State the outcome."),
                msg("State the outcome"),
                f"{path}/outcome",
            )
        return Step(msg("Every milestone is accepted. The authority states the outcome."))
    if side is Side.AUTHORITY:
        return _authority_while_running(course, path)
    return _firm_while_running(course, path, side, now)


def _authority_while_running(course: Course, path: str) -> Step:
    for milestone in course.milestones:
        if milestone.id in course.waiting:
            return Step(
                msg("Decide on the delivery of milestone {n}.", n=milestone.number),
                msg("Read the delivery"),
                f"{path}/milestones/{milestone.public_id}",
            )
    return Step(msg("Nothing to do now: the firm delivers next."))


def _firm_while_running(course: Course, path: str, side: Side | None, now: datetime) -> Step:
    for milestone in course.milestones:
        if milestone.state not in {MilestoneState.PLANNED, MilestoneState.RETURNED}:
            continue
        when = due_text(rules.days_left(milestone.due, course.pilot, now))
        if side is not Side.FIRM:
            return Step(msg("Next: milestone {n}, due {when}.", n=milestone.number, when=when))
        words = (
            msg("Milestone {n} was returned. Mend it and deliver again.", n=milestone.number)
            if milestone.state == MilestoneState.RETURNED
            else msg("Deliver milestone {n}, due {when}.", n=milestone.number, when=when)
        )
        return Step(words, msg("To the milestone"), f"{path}/milestones/{milestone.public_id}")
    return Step(msg("Nothing to do now: the authority decides on what was delivered."))


def _at_the_end(course: Course, side: Side | None) -> Step:
    pilot, path = course.pilot, path_of(course.pilot)
    if pilot.outcome is None and pilot.agreed_at is not None and side is Side.AUTHORITY:
        return Step(
            msg("The pilot was stopped. State the outcome."),
            msg("State the outcome"),
            f"{path}/outcome",
        )
    if pilot.outcome is not None:
        return Step(msg("The pilot is over, and its outcome is published."))
    return Step(msg("The pilot is over."))
