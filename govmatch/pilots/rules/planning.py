"""Making a pilot, writing its plan, and agreeing to it."""

from govmatch.applications.models import Application
from govmatch.applications.models import State as ApplicationState
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.pilots.models import Pilot, Side, State
from govmatch.pilots.rules.reasons import NOT_AUTHORITY, NOT_FIRM, NOT_PLANNED
from govmatch.pilots.rules.sides import side_of, works_for

MOST_MILESTONES = 20
MOST_KPIS = 10


def may_make(actor: Actor, application: Application, *, made: int) -> Ruling:
    """Staff of the authority or a manager of the programme, from a confirmed application.

    `made` is how many pilots of the challenge count: all but those given up before agreement.
    """
    challenge = application.challenge
    if not works_for(actor, challenge):
        return NOT_AUTHORITY
    if application.state != ApplicationState.CONFIRMED:
        return No(msg("A pilot is made from an application that its firm has confirmed."))
    if challenge.state not in {ChallengeState.DECIDED, ChallengeState.PILOTING}:
        return No(msg("In this state the challenge takes no pilot."))
    if made >= challenge.pilots_max:
        return No(msg("This challenge may have {n} pilots, and they are made.", n=made))
    return YES


def may_write_plan(actor: Actor, pilot: Pilot) -> Ruling:
    """The authority's side, until both sides have agreed."""
    if side_of(actor, pilot) is not Side.AUTHORITY:
        return NOT_AUTHORITY
    return YES if pilot.state == State.PLANNED else NOT_PLANNED


def may_agree(actor: Actor, pilot: Pilot) -> Ruling:
    """First the authority, which offers the plan by it, then the firm; each once a revision."""
    side = side_of(actor, pilot)
    if side is None:
        return NOT_AUTHORITY
    if pilot.state != State.PLANNED:
        return NOT_PLANNED
    if pilot.application.state != ApplicationState.CONFIRMED:
        return No(msg("The application of this pilot was withdrawn."))
    is_offered = pilot.authority_agreed_at is not None
    if side is Side.AUTHORITY and is_offered:
        return No(msg("The plan was offered already. It is with the firm."))
    if side is Side.FIRM and not is_offered:
        return No(msg("The authority is still writing the plan."))
    return YES


def may_return_plan(actor: Actor, pilot: Pilot) -> Ruling:
    """The firm, while the plan lies before it."""
    if side_of(actor, pilot) is not Side.FIRM:
        return NOT_FIRM
    return may_agree(actor, pilot)
