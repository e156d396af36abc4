"""Asking a firm for a formal thing that is missing, answering, and settling."""

from datetime import datetime, timedelta

from govmatch.applications.models import Application, State
from govmatch.applications.rules import is_writer, not_writing
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import Message, msg
from govmatch.triage.models import Deficiency
from govmatch.triage.rules.roles import may_run

SHORTEST = timedelta(days=2)
LONGEST = timedelta(days=60)
REMIND_FIRST, REMIND_LAST = timedelta(days=3), timedelta(days=1)
"""How long before its time is over a firm is reminded of a request."""


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


def is_to_remind(asked: Deficiency, *, now: datetime) -> bool:
    """True once three days are left and once one is, where the firm was not reminded since.

    The first is left out where the request itself came within the day before.
    """
    left = REMIND_LAST if asked.due_at - now <= REMIND_LAST else REMIND_FIRST
    from_then = asked.due_at - left
    if now < from_then or (left == REMIND_FIRST and asked.asked_at > from_then - REMIND_LAST):
        return False
    return asked.reminded_at is None or asked.reminded_at < from_then


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
    if not is_writer(actor, application):
        return not_writing(actor, application)
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
