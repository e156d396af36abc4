"""Asking a firm for a formal thing that is missing, answering, and settling."""

from datetime import datetime, timedelta

from govmatch.applications.models import Application, State
from govmatch.applications.rules import is_applicant
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import Message, msg
from govmatch.triage.models import Deficiency
from govmatch.triage.rules.roles import NOT_OPEN, may_run

SHORTEST = timedelta(days=2)
LONGEST = timedelta(days=60)
REMIND_BEFORE = timedelta(days=1)


def may_ask(actor: Actor, application: Application, *, is_waiting: bool) -> Ruling:
    """A manager, for what is in the formal check; one request at a time (`is_waiting`)."""
    ruling = may_run(actor, application)
    if not ruling:
        return ruling
    if is_waiting:
        return No(msg("A request is open already. Settle it before you ask again."))
    if application.state != State.SUBMITTED:
        return No(msg("Only what is in the formal check can be sent back to the firm."))
    return YES


def wrong_due(due_at: datetime, *, now: datetime) -> Message | None:
    """Return what is wrong with a date: the firm gets at least 2 days, and at most 60."""
    if due_at < now + SHORTEST:
        return msg("The firm needs at least two days from now.")
    if due_at > now + LONGEST:
        return msg("At most 60 days from now.")
    return None


def is_over(asked: Deficiency, *, now: datetime) -> bool:
    return asked.settled_at is not None or now >= asked.due_at


def may_answer(actor: Actor, asked: Deficiency, *, now: datetime) -> Ruling:
    """Members of the firm, until the date, as often as they want, unless it is settled."""
    application = asked.application
    if not is_applicant(actor, application):
        return No(NOT_OPEN)
    if asked.settled_at is not None:
        return No(msg("This request is closed. The authority has looked at what you sent."))
    if now >= asked.due_at:
        return No(msg("The time for an answer is over."))
    if application.state != State.INCOMPLETE:
        return No(msg("The application takes no part any more, so nothing is to be sent."))
    return YES


def may_settle(actor: Actor, asked: Deficiency, *, is_mended: bool, now: datetime) -> Ruling:
    """A manager; that nothing came, or not enough, only once the firm's time is over."""
    ruling = may_run(actor, asked.application)
    if not ruling:
        return ruling
    if asked.settled_at is not None:
        return No(msg("This request was settled already."))
    if asked.application.state != State.INCOMPLETE:
        return No(msg("The application does not wait for an answer any more."))
    if not is_mended and now < asked.due_at:
        return No(msg("The firm may still answer until the date that it was given."))
    return YES
