"""Final presentation, stopping, outcome, and completing the challenge."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.pilots.models import Pilot, Side, State
from govmatch.pilots.rules.reasons import NOT_AUTHORITY, NOT_RUNNING
from govmatch.pilots.rules.sides import side_of


def may_plan_presentation(actor: Actor, pilot: Pilot) -> Ruling:
    """The authority's side, while the pilot runs and it has not taken place."""
    if side_of(actor, pilot) is not Side.AUTHORITY:
        return NOT_AUTHORITY
    if pilot.state != State.RUNNING:
        return NOT_RUNNING
    if pilot.presented_at is not None:
        return No(msg("The final presentation has taken place."))
    return YES


def may_note_presentation(actor: Actor, pilot: Pilot, now: datetime) -> Ruling:
    """Who plans it, once its time has come."""
    ruling = may_plan_presentation(actor, pilot)
    if ruling and (pilot.presentation_at is None or now < pilot.presentation_at):
        return No(msg("The final presentation has not begun yet."))
    return ruling


def may_stop(actor: Actor, pilot: Pilot) -> Ruling:
    """Either side while it runs; while it is planned the authority, which made it."""
    side = side_of(actor, pilot)
    if side is None:
        return NOT_AUTHORITY
    if pilot.state == State.RUNNING or (pilot.state == State.PLANNED and side is Side.AUTHORITY):
        return YES
    return NOT_RUNNING


def may_state_outcome(actor: Actor, pilot: Pilot, *, unsettled: int) -> Ruling:
    """The authority's side, once, when all milestones are accepted or the pilot was stopped.

    `unsettled` is how many milestones are not accepted.
    """
    if side_of(actor, pilot) is not Side.AUTHORITY:
        return NOT_AUTHORITY
    if pilot.outcome is not None:
        return No(msg("The outcome is stated already."))
    if pilot.agreed_at is None:
        return No(msg("It was never agreed, so nothing came of it."))
    if pilot.state == State.RUNNING and unsettled:
        return No(msg("The outcome follows when every milestone is accepted."))
    return YES


def may_complete(
    actor: Actor, challenge: Challenge, *, agreed: int, unfinished: int, without_letter: int
) -> Ruling:
    """A manager of the programme, when every pilot has an outcome and everybody their reasons.

    `agreed` counts the pilots that were agreed, `unfinished` those without an outcome that were not
    given up before agreement, `without_letter` the applications that still wait for their reasons.
    """
    if not actor.holds(Role.MANAGER, "programme", challenge.programme_id):
        return No(msg("Only a manager of the programme may do this."))
    if challenge.state not in {ChallengeState.DECIDED, ChallengeState.PILOTING}:
        return No(msg("In this state it cannot be completed."))
    if not agreed:
        return No(msg("There was no pilot. End it with the reason why it did not proceed."))
    if unfinished:
        return No(msg("Not every pilot has an outcome yet."))
    if without_letter:
        return No(msg("Somebody who applied has no letter with reasons yet."))
    return YES
