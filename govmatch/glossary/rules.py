"""Who may change the glossary."""

from govmatch.accounts.models import Role
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg

EDITORS = (Role.MANAGER, Role.ADMINISTRATOR)


def may_edit(actor: Actor) -> Ruling:
    """Programme managers and administrators: the glossary is one for all programmes."""
    if actor.has_any(EDITORS):
        return YES
    return No(msg("Only programme managers and administrators change the glossary."))
