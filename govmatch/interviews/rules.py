"""Who invites, books, asks, listens and writes down, and until when. Pure: no rows are read."""

from collections.abc import Collection
from datetime import datetime, timedelta

from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.applications.rules import is_applicant, leads, not_writing
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.interviews.models import LIVE, Interview, Slot, State
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import Message, msg
from govmatch.reviews.rules import (
    chairs,
    frozen,
    has_interviews,
    may_oversee,
    runs,
    sits_on,
)

SHORTEST, LONGEST = 10, 240
"""Minutes of a slot."""
MOST_AT_ONCE = 24
"""How many slots one form makes, one after the other."""
MOST = 200
"""How many slots a challenge has."""
URGE_BEFORE = timedelta(days=2)
"""How long before its date a firm is reminded to book."""
REMIND_BEFORE = timedelta(days=1)
"""How long before the slot everybody is reminded of it."""

_OVER = msg("The selection of this challenge is over.")


def may_read(actor: Actor, challenge: Challenge) -> Ruling:
    """Whoever oversees the reviews, and the jury; of single interviews by their applications."""
    return YES if sits_on(actor, challenge) else may_oversee(actor, challenge)


def may_arrange(actor: Actor, challenge: Challenge, *, is_frozen: bool) -> Ruling:
    """A manager of the programme, from the opening until the decision is proposed."""
    if not runs(actor, challenge):
        return No(msg("Only a manager of the programme may do this."))
    return _goes_on(challenge, is_frozen=is_frozen)


def _goes_on(challenge: Challenge, *, is_frozen: bool) -> Ruling:
    if not has_interviews(challenge):
        return No(msg("This programme has no interviews."))
    if challenge.opened_at is None:
        return No(msg("The applications have not been opened yet."))
    if challenge.state != Stage.IN_SELECTION:
        return No(_OVER)
    return frozen() if is_frozen else YES


def may_invite(application: Application, interview: Interview | None) -> Ruling:
    """What is on the shortlist, unless its interview was held; who may arrange, is asked before."""
    if application.state != Applied.SHORTLISTED:
        return No(msg("Only what is on the shortlist is invited."))
    if interview is not None and interview.state == State.HELD:
        return No(msg("This interview was held already."))
    return YES


def may_call_off(interview: Interview) -> Ruling:
    return YES if interview.state in LIVE else No(msg("This interview was held or called off."))


def may_see_as_firm(actor: Actor, application: Application) -> Ruling:
    """Everybody who sees the application for the firm that leads, or for a partner."""
    if is_applicant(actor, application):
        return YES
    return No(msg("This application is not open to you."))


def may_book(
    actor: Actor, application: Application, interview: Interview, *, now: datetime
) -> Ruling:
    """Who writes for the firm that leads, until the date of the invitation; also to change it."""
    if not leads(actor, application):
        return not_writing(actor, application)
    if interview.state not in LIVE or application.state != Applied.SHORTLISTED:
        return No(msg("This interview was held or called off."))
    if application.challenge.state != Stage.IN_SELECTION:
        return No(_OVER)
    if now >= interview.until:
        return No(msg("The time to book or change is over. Please write to the authority."))
    if interview.slot is not None and now >= interview.slot.starts:
        return No(msg("The interview has begun already."))
    return YES


def may_give_up(
    actor: Actor, application: Application, interview: Interview, *, now: datetime
) -> Ruling:
    """Who may book, while a slot is booked."""
    ruling = may_book(actor, application, interview, now=now)
    return ruling if not ruling or interview.slot is not None else No(msg("No slot is booked."))


def is_free(slot: Slot, taken: Collection[int], now: datetime) -> bool:
    """True for what can be booked: nobody has, and it has not begun."""
    return slot.id not in taken and now < slot.starts


def may_prepare(
    actor: Actor, interview: Interview, *, is_frozen: bool, has_open_review: bool
) -> Ruling:
    """A manager, and the jury once its own review of the application is submitted.

    Questions follow from where reviewers part: whoever still scores is not to be led by them. That
    the application is open to the actor, is asked before.
    """
    ruling = _works_on(actor, interview, is_frozen=is_frozen)
    if ruling and has_open_review:
        return No(msg("Submit your own review first. Questions would lead you."))
    if ruling and interview.state not in LIVE:
        return No(msg("This interview was held or called off."))
    return ruling


def may_release(actor: Actor, interview: Interview, *, is_frozen: bool) -> Ruling:
    """A manager, until the interview is held."""
    ruling = may_arrange(actor, interview.application.challenge, is_frozen=is_frozen)
    return may_call_off(interview) if ruling else ruling


def may_hold(actor: Actor, interview: Interview, *, is_frozen: bool, now: datetime) -> Ruling:
    """A manager or the chair of the jury, once the booked time has come."""
    challenge = interview.application.challenge
    if not runs(actor, challenge) and not chairs(actor, challenge):
        return No(msg("Only a manager of the programme or the chair of the jury may do this."))
    ruling = _goes_on(challenge, is_frozen=is_frozen)
    if not ruling:
        return ruling
    if interview.state != State.BOOKED or interview.slot is None:
        return No(msg("Only what is booked can be held."))
    if now < interview.slot.starts:
        return No(msg("The booked time has not come yet."))
    return YES


def may_note(actor: Actor, interview: Interview, *, is_frozen: bool) -> Ruling:
    """A manager and the jury, from the booking until the decision is proposed."""
    ruling = _works_on(actor, interview, is_frozen=is_frozen)
    if ruling and interview.state not in {State.BOOKED, State.HELD}:
        return No(msg("Notes are written from the booking on."))
    return ruling


def may_write_named(*, is_named: bool) -> Ruling:
    """Whoever reads names: notes speak of people, and are read with them alone."""
    return YES if is_named else No(msg("Names are still hidden from you. Declare your ties first."))


def _works_on(actor: Actor, interview: Interview, *, is_frozen: bool) -> Ruling:
    challenge = interview.application.challenge
    if not runs(actor, challenge) and not sits_on(actor, challenge):
        return No(msg("Only the jury and the managers of the programme may do this."))
    return _goes_on(challenge, is_frozen=is_frozen)


def faults_of_times(
    new: Collection[tuple[datetime, datetime]],
    old: Collection[tuple[datetime, datetime]],
    *,
    now: datetime,
) -> dict[str, Message]:
    """Return what is wrong with times (from, until) by field; one jury is in one place at a time.

    `old` are those that stay.
    """
    if any(starts <= now for starts, _ in new):
        return {"starts": msg("Please choose a time that has not passed.")}
    if any(starts < ends and begins < until
           for begins, ends in new for starts, until in old):  # fmt: skip
        return {"starts": msg("At this time there is another slot already.")}
    return {}
