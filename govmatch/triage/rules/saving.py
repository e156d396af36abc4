"""Who may share a view of triage, and who may delete one."""

from govmatch.accounts.models import Role
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.triage.models import View


def may_share(actor: Actor, programme_id: int, *, has_words: bool) -> Ruling:
    """Managers of the programme, where the view looks for no words.

    A word may be that of a firm, and to somebody it may be closed that this firm has applied.
    """
    if not actor.holds(Role.MANAGER, "programme", programme_id):
        return No(msg("Only a manager of the programme may do this."))
    if has_words:
        return No(msg("A shared view looks for no words, since they may name a firm. Use fields."))
    return YES


def may_delete_view(actor: Actor, view: View) -> Ruling:
    """Whoever made it; a shared one also the managers of its programme."""
    if view.by == actor.person_id:
        return YES
    if view.programme_id and actor.holds(Role.MANAGER, "programme", view.programme_id):
        return YES
    return No(msg("Only a manager of the programme may do this."))
