"""Who may have the file of a case. Who may read the case at all, `decisions.queries` says."""

from datetime import datetime

from govmatch.applications.secrecy_rules import works_on
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.dossiers.models import Dossier
from govmatch.dossiers.proposed import Standing
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.reviews.rules import sits_on

_UNDECIDED = frozenset({Stage.PUBLISHED, Stage.IN_SELECTION})


def may_have(actor: Actor, challenge: Challenge, *, is_applicant: bool) -> Ruling:
    """Whoever reads the case, but not on the side of a firm that applied, nor while they score it.

    `is_applicant` is true for a member of such a firm, whatever they are besides.
    """
    if is_applicant:
        return No(msg("You belong to a firm that applied here, so the file is closed to you."))
    if sits_on(actor, challenge) and challenge.state in _UNDECIDED:
        return No(msg("You score here yourself: the file opens to you with the decision."))
    return YES


def may_narrow(actor: Actor, challenge: Challenge) -> Ruling:
    """Who works on the case leaves out more, whatever it waits for; auditors read along."""
    if not works_on(actor, challenge):
        return No(msg("Only people who work on this challenge may do this."))
    return YES


def may_release(actor: Actor, challenge: Challenge, standing: Standing) -> Ruling:
    """Who works on the case, once it is decided and the firm was heard about its secrets."""
    ruling = may_narrow(actor, challenge)
    if not ruling:
        return ruling
    if standing is Standing.UNDECIDED:
        return No(msg("Nothing goes out before the firm has the decision."))
    if standing is Standing.ASKED:
        return No(msg("The firm still has time to answer."))
    if standing is Standing.UNHEARD:
        return No(msg("The firm was not asked yet what is a trade secret."))
    return YES


def is_there(dossier: Dossier, *, real_now: datetime) -> bool:
    """True while the archive can be taken."""
    return (
        dossier.made_at is not None
        and dossier.gone_at is None
        and dossier.expires_at is not None
        and dossier.expires_at > real_now
    )


def may_take(dossier: Dossier, *, real_now: datetime) -> Ruling:
    if not is_there(dossier, real_now=real_now):
        return No(msg("This file is not there any more. Please have a new one made."))
    return YES
