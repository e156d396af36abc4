"""Milestones and key figures while a pilot runs."""

from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.pilots.models import SETTLED, Milestone, MilestoneState, Pilot, Side, State
from govmatch.pilots.rules.reasons import NOT_AUTHORITY, NOT_FIRM, NOT_RUNNING
from govmatch.pilots.rules.sides import side_of

MOST_FILES = 5
"""Files of one delivery."""


def may_deliver(actor: Actor, pilot: Pilot, milestone: Milestone) -> Ruling:
    """The firm, what is planned or was returned, while the pilot runs."""
    if side_of(actor, pilot) is not Side.FIRM:
        return NOT_FIRM
    if pilot.state != State.RUNNING:
        return NOT_RUNNING
    if milestone.state == MilestoneState.DELIVERED:
        return No(msg("It was delivered already. The authority decides on it now."))
    if milestone.state in SETTLED:
        return No(msg("It was accepted already."))
    return YES


def may_decide(actor: Actor, pilot: Pilot, milestone: Milestone) -> Ruling:
    """The authority's side, on what was delivered, until an outcome is stated.

    What was handed in before a pilot was stopped is still decided on: the firm may have earned it.
    """
    if side_of(actor, pilot) is not Side.AUTHORITY:
        return NOT_AUTHORITY
    if pilot.outcome is not None:
        return No(msg("The pilot is over."))
    if milestone.state != MilestoneState.DELIVERED:
        return No(msg("There is no delivery to decide on."))
    return YES


def may_measure(actor: Actor, pilot: Pilot) -> Ruling:
    """The firm, while the pilot runs."""
    if side_of(actor, pilot) is not Side.FIRM:
        return NOT_FIRM
    return YES if pilot.state == State.RUNNING else NOT_RUNNING
