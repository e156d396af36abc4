"""Offering times: a row of slots in one room, a slot moved or with another room, one taken away."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from govmatch.challenges.models import Challenge
from govmatch.interviews import events, queries, rules
from govmatch.interviews.actions.stale import STALE, iso
from govmatch.interviews.models import Interview, Offer, Slot, State
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.ids import public_id
from govmatch.kit.records import dataclass
from govmatch.reviews.queries import is_frozen


@dataclass(frozen=True, kw_only=True)
class Room:
    """Where firms come to, and what it offers; `offers` of `Offer`."""

    place: str
    video: str
    offers: tuple[str, ...]
    access: str


@dataclass(frozen=True, kw_only=True)
class Series:
    """Slots of `minutes`, one after the other from `starts` on, with `pause` minutes between."""

    starts: datetime
    minutes: int
    pause: int
    count: int
    room: Room

    def times(self) -> list[tuple[datetime, datetime]]:
        length, step = self.minutes, self.minutes + self.pause
        begins = [self.starts + timedelta(minutes=step * place) for place in range(self.count)]
        return [(one, one + timedelta(minutes=length)) for one in begins]


def add_slots(
    session: Session, challenge: Challenge, series: Series, *, actor: Actor, now: datetime
) -> list[Slot]:
    """Offer times to whoever is or will be invited.

    Allowed to a manager until the decision is proposed. Raises `Invalid` for a time that has
    passed or that overlaps with another slot, since one jury listens to all, for a room that is
    nowhere, and for more than 200 slots in all.
    """
    _hold(session, challenge)
    require(rules.may_arrange(actor, challenge, is_frozen=is_frozen(session, challenge)))
    assert actor.person_id is not None
    there = queries.slots_of(session, challenge)
    errors = _faults(series.room) | _faults_of_times(series.times(), there, now=now)
    if len(there) + series.count > rules.MOST:
        errors["count"] = msg("At most {n} slots are offered for one challenge.", n=rules.MOST)
    if errors:
        raise Invalid(errors)
    made = [
        Slot(
            public_id=public_id(),
            challenge_id=challenge.id,
            starts=starts,
            minutes=series.minutes,
            made_by=actor.person_id,
            made_at=now,
            **_columns(series.room),
        )
        for starts, _ in series.times()
    ]
    session.add_all(made)
    session.flush()
    event = events.InterviewSlotsAdded(challenge.id, slot_ids=tuple(one.id for one in made))
    journal.record(session, event, actor=actor, now=now)
    return made


def change_slot(
    session: Session,
    slot: Slot,
    *,
    starts: datetime,
    minutes: int,
    room: Room,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Move a slot, or give it another room; who booked it is told and finds it in the calendar.

    Allowed as adding is. Raises `Conflict` for an old page and for what was held already, and
    `Invalid` as adding does.
    """
    challenge = slot.challenge
    _hold(session, challenge)
    require(rules.may_arrange(actor, challenge, is_frozen=is_frozen(session, challenge)))
    session.refresh(slot)
    if slot.revision != revision:
        raise Conflict(STALE)
    booked = session.scalars(select(Interview).where(Interview.slot_id == slot.id)).first()
    if booked is not None and booked.state == State.HELD:
        raise Conflict(msg("This interview was held already."))
    others = [one for one in queries.slots_of(session, challenge) if one.id != slot.id]
    new = [(starts, starts + timedelta(minutes=minutes))]
    if errors := _faults(room) | _faults_of_times(new, others, now=now):
        raise Invalid(errors)
    slot.starts, slot.minutes = starts, minutes
    for name, value in _columns(room).items():
        setattr(slot, name, value)
    slot.revision += 1
    session.flush()
    event = events.InterviewSlotChanged(challenge.id, slot_id=slot.id)
    journal.record(session, event, actor=actor, now=now)
    if booked is not None:
        _change_booked(session, booked, slot, actor=actor, now=now)


def _change_booked(
    session: Session, interview: Interview, slot: Slot, *, actor: Actor, now: datetime
) -> None:
    interview.sequence += 1
    interview.changed_at, interview.reminded_at = now, None
    interview.last_at = interview.application.interview_at = slot.starts
    event = events.InterviewChanged(
        interview.application_id, interview_id=interview.id, slot_id=slot.id,
        starts=iso(slot.starts), sequence=interview.sequence,
    )  # fmt: skip
    journal.record(session, event, actor=actor, now=now)


def remove_slot(session: Session, slot: Slot, *, actor: Actor, now: datetime) -> None:
    """Take a free slot away. Raises `Conflict` for one that is or was booked: that is kept."""
    challenge = slot.challenge
    require(rules.may_arrange(actor, challenge, is_frozen=is_frozen(session, challenge)))
    queries.get_slot(session, challenge, slot.public_id, held=True)
    if slot.id in queries.taken(session, challenge):
        raise Conflict(msg("This slot is booked. Change it, or call the interview off first."))
    event = events.InterviewSlotRemoved(challenge.id, slot_id=slot.id)
    journal.record(session, event, actor=actor, now=now)
    session.delete(slot)
    session.flush()


def _hold(session: Session, challenge: Challenge) -> None:
    """Let two who offer times follow each other."""
    session.execute(select(Challenge.id).where(Challenge.id == challenge.id).with_for_update())


def _columns(room: Room) -> dict[str, object]:
    offers = [one.value for one in Offer if one.value in room.offers]
    return {"place": room.place, "video": room.video, "offers": offers, "access": room.access}


def _faults(room: Room) -> dict[str, Message]:
    if room.place or room.video:
        return {}
    return {"place": msg("Please say where, or give an address at which to join.")}


def _faults_of_times(
    new: list[tuple[datetime, datetime]], there: Collection[Slot], *, now: datetime
) -> dict[str, Message]:
    return rules.faults_of_times(new, [(one.starts, one.ends) for one in there], now=now)
