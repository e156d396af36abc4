"""Who may mark a trade secret, ask about marks, answer, and lift one. Pure, as all rules are."""

from datetime import datetime, timedelta

from govmatch.accounts.models import Role
from govmatch.applications import rules
from govmatch.applications.models import Application, State
from govmatch.applications.secrecy_models import SecrecyInquiry
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg

SHORTEST_TIME, USUAL_TIME, LONGEST_TIME = timedelta(days=14), timedelta(days=30), timedelta(days=90)
"""To answer; a month is what § 8 (1) of the German IFG gives whoever is concerned."""

TIME_TO_OBJECT = timedelta(days=30)
"""From a decision until a lifted mark counts as lifted: nothing goes out before the firm could
object (§ 8 (2) of the German IFG)."""


def may_mark(actor: Actor, application: Application) -> Ruling:
    """Whoever writes it, at any time: a secret does not end with the deadline."""
    if not rules.is_writer(actor, application):
        return rules.not_writing(actor, application)
    if application.emptied_at is not None:
        return No(msg("This application is not kept any more."))
    return YES


def works_on(actor: Actor, challenge: Challenge) -> bool:
    """True for managers of the programme and for staff and approvers of the authority."""
    return actor.holds(Role.MANAGER, "programme", challenge.programme_id) or (
        challenge.authority_id in actor.objects("authority", Role.STAFF, Role.APPROVER)
    )


def may_ask(actor: Actor, application: Application, *, is_waiting: bool) -> Ruling:
    """Who works on the case, from the opening on, while no other inquiry waits."""
    if not works_on(actor, application.challenge):
        return No(msg("Only people who work on this challenge may do this."))
    if not rules.is_opened(application) or application.state == State.DRAFT:
        return No(msg("The applications have not been opened yet."))
    if is_waiting:
        return No(msg("The firm is being asked already."))
    return YES


def is_over(inquiry: SecrecyInquiry, now: datetime) -> bool:
    """True once the firm was heard: it has answered, or its date has passed."""
    return inquiry.answered_at is not None or now >= inquiry.due_at


def may_answer(actor: Actor, application: Application, inquiry: SecrecyInquiry) -> Ruling:
    """Whoever writes for the firm that leads; also late, until it is decided."""
    if not rules.leads(actor, application):
        return rules.not_writing(actor, application)
    if inquiry.answered_at is not None:
        return No(msg("Your firm has answered this already."))
    if inquiry.decided_at is not None:
        return No(msg("This was decided already."))
    return YES


def may_decide(
    actor: Actor, application: Application, inquiry: SecrecyInquiry, now: datetime
) -> Ruling:
    """Who works on the case, once the firm was heard about marks that are doubted."""
    if not works_on(actor, application.challenge):
        return No(msg("Only people who work on this challenge may do this."))
    if not inquiry.doubted or inquiry.decided_at is not None:
        return No(msg("There is nothing to decide here."))
    if not is_over(inquiry, now):
        return No(msg("The firm still has time to answer."))
    return YES


def is_lifted(inquiry: SecrecyInquiry, now: datetime) -> bool:
    """True once what it lifts does not hold any more."""
    return inquiry.decided_at is not None and now >= inquiry.decided_at + TIME_TO_OBJECT
