"""What a plan has to say before both sides can agree to it, and what does not fit into it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

from govmatch.challenges.models import Challenge
from govmatch.kit.i18n import Message, msg
from govmatch.pilots.models import Kpi, Milestone, Pilot

Shown = Callable[[int], str]
"""Puts an amount into words for the reader, with its currency."""

HIGHEST_BUDGET = 10**9
LONGEST_DAYS = 3 * 366


def sum_of_amounts(milestones: Iterable[Milestone]) -> int:
    return sum(milestone.amount for milestone in milestones)


def budget_fault(budget: int, challenge: Challenge, spent: int, shown: Shown) -> Message | None:
    """Return what is wrong with a budget: more than the challenge offers, less than is planned."""
    most = challenge.budget_max
    if most is not None and budget > most:
        return msg("The challenge offers at most {most} for a pilot.", most=shown(most))
    if budget < spent:
        return msg("The milestones cost {spent} together already.", spent=shown(spent))
    return None


def amount_fault(amount: int, others: int, budget: int, shown: Shown) -> Message | None:
    """Return that an amount goes beyond the budget, with what is left for it."""
    if others + amount <= budget:
        return None
    return msg(
        "This goes beyond the budget of {budget}: at most {rest} is left for this milestone.",
        budget=shown(budget),
        rest=shown(max(0, budget - others)),
    )


def due_fault(due: date, starts: date, ends: date) -> Message | None:
    if starts <= due <= ends:
        return None
    return msg("The day has to lie within the time of the pilot.")


def days_fault(starts: date, ends: date, dues: Collection[date]) -> Message | None:
    """Return what is wrong with the last day of a pilot."""
    if ends <= starts:
        return msg("The end has to come after the beginning.")
    if (ends - starts).days > LONGEST_DAYS:
        return msg("A pilot takes at most three years.")
    if any(not starts <= due <= ends for due in dues):
        return msg("A milestone is due outside this time. Change its day first.")
    return None


def missing(
    pilot: Pilot, challenge: Challenge, milestones: Sequence[Milestone], kpis: Sequence[Kpi]
) -> list[Message]:
    """Return what keeps the plan from being agreed to, in the order of its page."""
    found: list[Message] = []
    if not any(pilot.summary.values()):
        found.append(msg("The public summary is missing."))
    if not milestones:
        found.append(msg("There is no milestone yet."))
    if not kpis:
        found.append(msg("There is no key figure yet."))
    if sum_of_amounts(milestones) > pilot.budget:
        found.append(msg("The milestones go beyond the budget."))
    if challenge.budget_max is not None and pilot.budget > challenge.budget_max:
        found.append(msg("The budget goes beyond what the challenge offers."))
    if any(due_fault(one.due, pilot.starts, pilot.ends) for one in milestones):
        found.append(msg("A milestone is due outside the time of the pilot."))
    return found


def reaches_target(kpi: Kpi, value: Decimal) -> bool:
    """True where a value is as good as its target; the direction follows from the baseline."""
    if kpi.target >= kpi.baseline:
        return value >= kpi.target
    return value <= kpi.target
