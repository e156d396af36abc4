"""A firm books a slot, takes another, gives it up: first come, first served, in one transaction."""

from datetime import datetime

from govmatch.interviews import events, queries, rules
from govmatch.interviews.actions.stale import iso
from govmatch.interviews.models import Interview, Slot, State
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, NotFound
from govmatch.kit.i18n import msg


class Taken(Conflict):
    """Somebody else was first, or the slot is not offered any more."""

    def __init__(self) -> None:
        super().__init__(msg("This time is taken by now. Please choose another one."))


def book(
    session: Session,
    interview: Interview,
    slot_public_id: str,
    *,
    needs: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a slot, or another one instead of the firm's own, which is free again at once.

    `interview` was got to be changed. Allowed to whoever writes for the firm that leads, until the
    date of the invitation. Raises `Taken` where somebody else was first: then the own slot stays.
    Booking the own slot again changes only what the firm needs.
    """
    application = interview.application
    require(rules.may_book(actor, application, interview, now=now))
    slot = _held(session, interview, slot_public_id)
    before = interview.slot
    if before is not None and before.id == slot.id:
        interview.needs = needs
        session.flush()
        return
    if not rules.is_free(slot, queries.taken(session, application.challenge).keys(), now):
        raise Taken
    interview.slot, interview.needs = slot, needs
    interview.state = State.BOOKED.value
    interview.last_at = slot.starts
    interview.booked_by, interview.booked_at = actor.person_id, now
    _changed(interview, slot, now)
    session.flush()
    kind = events.InterviewBooked if before is None else events.InterviewMoved
    _record(session, kind, interview, slot, actor=actor, now=now)


def _held(session: Session, interview: Interview, public_id: str) -> Slot:
    """Return the slot as nobody else can book it now; one that is gone counts as taken."""
    try:
        return queries.get_slot(session, interview.application.challenge, public_id, held=True)
    except NotFound:
        raise Taken from None


def give_up(session: Session, interview: Interview, *, actor: Actor, now: datetime) -> None:
    """Let the booked slot go; until the date of the invitation the firm can book another one."""
    application = interview.application
    require(rules.may_give_up(actor, application, interview, now=now))
    slot = interview.slot
    assert slot is not None
    interview.slot, interview.state = None, State.INVITED.value
    _changed(interview, None, now)
    session.flush()
    _record(session, events.InterviewGivenUp, interview, slot, actor=actor, now=now)


def _changed(interview: Interview, slot: Slot | None, now: datetime) -> None:
    """Raise the sequence of the calendar entry, and push the time down to the application."""
    interview.sequence += 1
    interview.revision += 1
    interview.changed_at, interview.reminded_at = now, None
    interview.application.interview_at = slot.starts if slot is not None else None


def _record(
    session: Session,
    kind: type[events.SlotEvent],
    interview: Interview,
    slot: Slot,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    event = kind(
        interview.application_id, interview_id=interview.id, slot_id=slot.id,
        starts=iso(slot.starts), sequence=interview.sequence,
    )  # fmt: skip
    journal.record(session, event, actor=actor, now=now)
