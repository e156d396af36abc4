"""Opening: after the deadline, by two people unless the programme asks for one."""

from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Phase
from govmatch.challenges.queries import terms_of
from govmatch.challenges.rules import is_past_deadline
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.programmes.queries import rule_value
from govmatch.programmes.switches import Rule
from govmatch.triage.models import Opening
from govmatch.triage.rules.roles import owns, runs


def people_needed(challenge: Challenge) -> int:
    """Return how many people open: 2, or 1 where the programme says so."""
    return int(rule_value(terms_of(challenge), Rule.OPENING_PEOPLE))


def may_follow_opening(actor: Actor, challenge: Challenge) -> bool:
    """True for those who can take part in it: managers, and staff and approvers."""
    return runs(actor, challenge) or owns(actor, challenge)


def may_begin(
    actor: Actor, challenge: Challenge, opening: Opening | None, *, now: datetime
) -> Ruling:
    """A manager of the programme, once the deadline has passed."""
    if not runs(actor, challenge):
        return No(msg("Only a manager of the programme may begin the opening."))
    ruling = _in_time(challenge, now)
    if not ruling:
        return ruling
    if opening is not None:
        return No(msg("The opening was begun already."))
    return YES


def may_complete(
    actor: Actor, challenge: Challenge, opening: Opening | None, *, now: datetime
) -> Ruling:
    """Another manager, or staff or an approver of the authority; never who began it."""
    if not may_follow_opening(actor, challenge):
        return No(msg("Only the programme's managers and the authority's staff may do this."))
    ruling = _in_time(challenge, now)
    if not ruling:
        return ruling
    if opening is None:
        return No(msg("The opening was not begun yet. A manager of the programme begins it."))
    if opening.begun_by == actor.person_id:
        return No(msg("You began the opening. Somebody else has to complete it."))
    return YES


def may_take_back(actor: Actor, challenge: Challenge, opening: Opening | None) -> Ruling:
    """Any manager of the programme, as long as nobody has completed it."""
    if not runs(actor, challenge):
        return No(msg("Only a manager of the programme may do this."))
    if opening is None or opening.completed_at is not None:
        return No(msg("There is no opening that could be taken back."))
    return YES


def _in_time(challenge: Challenge, now: datetime) -> Ruling:
    if challenge.opened_at is not None:
        return No(msg("The applications were opened already."))
    if challenge.state != Phase.PUBLISHED:
        return No(msg("In this state there is nothing to open."))
    if not is_past_deadline(challenge, now):
        return No(msg("The deadline has not passed yet. Until then everything stays sealed."))
    return YES
