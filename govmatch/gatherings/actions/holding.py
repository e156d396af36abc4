"""What every action on a gathering begins with, and how places are given out.

Whoever takes or frees a place holds the gathering's row: so two people who want the last place at
once come one after the other, and the second sees that the first has it.
"""

from datetime import datetime

from sqlalchemy import select

from govmatch.gatherings import queries, rules
from govmatch.gatherings.events import MovedUp, PlacesFilled, PlacesFree
from govmatch.gatherings.models import Gathering, Registration, Seat
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session


def hold(session: Session, gathering: Gathering) -> None:
    """Read the gathering anew and keep others from changing it until this transaction ends."""
    session.execute(
        select(Gathering)
        .where(Gathering.id == gathering.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    session.expire(gathering, ["texts", "links", "authority", "programme"])


def hold_registration(session: Session, registration: Registration) -> None:
    """Hold its gathering, and read the registration as it is then."""
    hold(session, registration.gathering)
    session.refresh(registration)


def fill(session: Session, gathering: Gathering, *, actor: Actor, now: datetime) -> None:
    """Give free places to those who wait longest, and keep whether there is any left.

    The caller holds the gathering. Nobody moves up once it has begun.
    """
    session.flush()
    taken, limit = queries.taken(session, gathering), rules.limit_of(gathering)
    if rules.moves_up(gathering, now) and taken < limit:
        for one in queries.waiting(session, gathering, most=limit - taken):
            one.seat, one.moved_up_at = Seat.TAKEN.value, now
            taken += 1
            event = MovedUp(subject_id=gathering.id, registration_id=one.id)
            journal.record(session, event, actor=actor, now=now)
    is_full = taken >= limit
    if is_full != gathering.is_full:
        gathering.is_full = is_full
        crossed = PlacesFilled if is_full else PlacesFree
        journal.record(session, crossed(subject_id=gathering.id), actor=actor, now=now)
