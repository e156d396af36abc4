"""Inviting firms of the shortlist, and calling an interview off."""

from collections.abc import Sequence
from datetime import datetime

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.interviews import events, queries, rules
from govmatch.interviews.actions.stale import hold_row, iso
from govmatch.interviews.models import LIVE, Interview, State
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.reviews.queries import is_frozen


def invite(
    session: Session,
    challenge: Challenge,
    applications: Sequence[Application],
    *,
    until: datetime,
    message: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Ask firms to book a slot until a date; who is invited already gets the new date and words.

    Allowed to a manager until the decision is proposed, for what is on the shortlist and was not
    heard yet. Each firm is told of its own interview alone. Raises `Invalid` where nobody is
    chosen, or for a date that has passed.
    """
    require(rules.may_arrange(actor, challenge, is_frozen=is_frozen(session, challenge)))
    errors = {}
    if until <= now:
        errors["until"] = msg("Please choose a time that has not passed.")
    if not applications:
        errors["items"] = msg("Please choose at least one application.")
    if errors:
        raise Invalid(errors)
    for application in applications:
        interview = queries.interview_of(session, application.id)
        require(rules.may_invite(application, interview))
        _invite(session, application, interview, until, message, actor=actor, now=now)


def _invite(
    session: Session,
    application: Application,
    interview: Interview | None,
    until: datetime,
    message: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    assert actor.person_id is not None
    if interview is None:
        interview = Interview(
            public_id=public_id(), application=application, until=until, changed_at=now,
            invited_by=actor.person_id, invited_at=now,
        )  # fmt: skip
        session.add(interview)
    else:
        hold_row(session, interview, None)
        interview.revision += 1
        if interview.state not in LIVE:
            interview.state, interview.reason = State.INVITED.value, ""
            interview.invited_by, interview.invited_at = actor.person_id, now
    interview.until, interview.message, interview.urged_at = until, message, None
    application.interview_until = until
    session.flush()
    event = events.InterviewInvited(application.id, interview_id=interview.id, until=iso(until))
    journal.record(session, event, actor=actor, now=now)


def call_off(
    session: Session,
    interview: Interview,
    reason: str,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """End an invitation or a booking; the slot is free again, and the firm reads why.

    Allowed to a manager until it was held. Raises `Invalid` without a reason, and `Conflict` for
    an old page.
    """
    challenge = interview.application.challenge
    require(rules.may_arrange(actor, challenge, is_frozen=is_frozen(session, challenge)))
    hold_row(session, interview, revision)
    require(rules.may_call_off(interview))
    if not reason:
        raise Invalid({"reason": msg("Please say why.")})
    end(session, interview, reason, actor=actor, now=now)


def end(
    session: Session, interview: Interview, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Call an interview off, whoever asked for it; who may, the caller has asked."""
    interview.state, interview.reason = State.CALLED_OFF.value, reason
    interview.slot = None
    interview.sequence += 1
    interview.revision += 1
    interview.changed_at = now
    interview.application.interview_until = interview.application.interview_at = None
    session.flush()
    event = events.InterviewCalledOff(
        interview.application_id, interview_id=interview.id, sequence=interview.sequence
    )
    journal.record(session, event, actor=actor, now=now)
