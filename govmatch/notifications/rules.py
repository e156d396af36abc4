"""Whose an inbox is."""

from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.notifications.models import InboxItem


def may_read(actor: Actor, item: InboxItem) -> Ruling:
    """Whom it was sent to."""
    if actor.person_id == item.person_id:
        return YES
    return No(msg("This was not sent to you."))
