"""What another challenge may begin as a copy of."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.phases import is_public
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg


def may_copy(actor: Actor, challenge: Challenge, now: datetime) -> Ruling:
    """Staff: what everybody may read, and what their own authority has written in any state."""
    if actor.holds(Role.STAFF, "authority", challenge.authority_id):
        return YES
    if actor.objects("authority", Role.STAFF) and is_public(challenge, now):
        return YES
    return No(msg("Only what is published, or written by your authority, can be copied."))
