"""Who takes part in triage of a challenge's applications, and as what."""

from govmatch.accounts.models import Role
from govmatch.applications.models import Application
from govmatch.applications.rules import READERS, is_applicant, is_opened
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Phase
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import Message, msg

NOT_OPEN = msg("This application is not open to you.")


def runs(actor: Actor, challenge: Challenge) -> bool:
    """True for the managers of its programme."""
    return actor.holds(Role.MANAGER, "programme", challenge.programme_id)


def owns(actor: Actor, challenge: Challenge) -> bool:
    """True for staff and approvers of its authority."""
    return challenge.authority_id in actor.objects("authority", Role.STAFF, Role.APPROVER)


def reads_all_of(actor: Actor, challenge: Challenge) -> bool:
    """True for those who run, own or audit it."""
    return (
        actor.holds(Role.AUDITOR)
        or challenge.programme_id in actor.objects("programme", *READERS["programme"])
        or challenge.authority_id in actor.objects("authority", *READERS["authority"])
    )


def may_read(actor: Actor, application: Application, *, is_closed: bool = False) -> Ruling:
    """Those who run, own or audit the challenge, from the opening on.

    Never a member of the applying firm, whatever else they are: internal notes, tags and states
    are for nobody there. `is_closed` says that a conflict of interest closes it to the actor.
    """
    is_barred = is_closed or is_applicant(actor, application) or not is_opened(application)
    if is_barred or not reads_all_of(actor, application.challenge):
        return No(NOT_OPEN)
    return YES


def may_run(actor: Actor, application: Application) -> Ruling:
    """Managers of the programme, while applications are being assessed."""
    if not may_read(actor, application):
        return No(NOT_OPEN)
    if not runs(actor, application.challenge):
        return No(msg("Only a manager of the programme may do this."))
    return _while_assessed(application)


def may_work(actor: Actor, application: Application) -> Ruling:
    """Managers, and staff and approvers of the authority, while applications are assessed."""
    ruling = may_remark(actor, application)
    return _while_assessed(application) if ruling else ruling


def may_remark(actor: Actor, application: Application) -> Ruling:
    """Managers, and staff and approvers of the authority, from the opening on; not auditors."""
    if not may_read(actor, application):
        return No(NOT_OPEN)
    challenge = application.challenge
    if runs(actor, challenge) or owns(actor, challenge):
        return YES
    return No(msg("Only the programme's managers and the authority's staff may do this."))


def _while_assessed(application: Application) -> Ruling:
    if application.challenge.state != Phase.IN_SELECTION:
        return No(AFTERWARDS)
    if application.decision_released_at is not None:
        return No(AFTERWARDS)
    return YES


AFTERWARDS: Message = msg("The applications to this challenge are no longer being assessed.")
