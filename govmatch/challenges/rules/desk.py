"""On whose desk a challenge lies."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.rules.phases import is_past_deadline
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg

_BEFORE_JUDGING = frozenset(
    {State.DRAFT, State.IN_REVIEW, State.RETURNED, State.APPROVED, State.PUBLISHED}
)


def is_before_judging(challenge: Challenge, now: datetime) -> bool:
    """True until the deadline: as long as firms are looked for, and none is judged."""
    return challenge.state in _BEFORE_JUDGING and not is_past_deadline(challenge, now)


def works_on(actor: Actor, challenge: Challenge) -> bool:
    """True for who writes or approves for its authority, and who runs or approves in its programme.

    Others who may see it before its publication, such as auditors, have screens of their own.
    """
    return challenge.authority_id in actor.objects("authority", Role.STAFF, Role.APPROVER) or (
        challenge.programme_id in actor.objects("programme", Role.MANAGER, Role.APPROVER)
    )


def takes_part_in_opening(actor: Actor, challenge: Challenge) -> bool:
    """True for managers of its programme, and staff and approvers of its authority."""
    return actor.holds(Role.MANAGER, "programme", challenge.programme_id) or (
        challenge.authority_id in actor.objects("authority", Role.STAFF, Role.APPROVER)
    )


def may_choose_jury(actor: Actor, challenge: Challenge) -> Ruling:
    """A manager of its programme: invites reviewers and a chair, and ends these roles."""
    if actor.holds(Role.MANAGER, "programme", challenge.programme_id):
        return YES
    return No(msg("Only a manager of the programme may do this."))
