"""Changing days and amounts of a plan that is agreed."""

from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.pilots.models import Change, ChangeState, Pilot, State
from govmatch.pilots.rules.reasons import NOT_AUTHORITY, NOT_RUNNING
from govmatch.pilots.rules.sides import side_of


def may_propose_change(actor: Actor, pilot: Pilot, *, is_one_open: bool) -> Ruling:
    """Either side, while the pilot runs and no other change waits for its answer."""
    if side_of(actor, pilot) is None:
        return NOT_AUTHORITY
    if pilot.state != State.RUNNING:
        return NOT_RUNNING
    if is_one_open:
        return No(msg("A change is waiting for its answer already."))
    return YES


def may_answer_change(actor: Actor, pilot: Pilot, change: Change) -> Ruling:
    """The side that did not propose it, while the pilot runs."""
    ruling = _may_touch_change(actor, pilot, change)
    if ruling and side_of(actor, pilot) == change.side:
        return No(msg("The other side answers a change."))
    return ruling


def may_withdraw_change(actor: Actor, pilot: Pilot, change: Change) -> Ruling:
    """The side that proposed it."""
    ruling = _may_touch_change(actor, pilot, change)
    if ruling and side_of(actor, pilot) != change.side:
        return No(msg("Only the side that proposed it may take it back."))
    return ruling


def _may_touch_change(actor: Actor, pilot: Pilot, change: Change) -> Ruling:
    if side_of(actor, pilot) is None:
        return NOT_AUTHORITY
    if pilot.state != State.RUNNING:
        return NOT_RUNNING
    if change.state != ChangeState.OPEN:
        return No(msg("This change was answered already."))
    return YES
