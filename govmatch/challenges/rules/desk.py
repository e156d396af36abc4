"""On whose desk a challenge lies."""

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg


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
