"""Who has a place, who waits, and whose registration is asked for."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.gatherings.models import Gathering, Registration, Seat, SeatRequest
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession

LIVE = (Seat.TAKEN.value, Seat.WAITING.value)


def taken(session: ReadSession, gathering: Gathering) -> int:
    """Return how many places are taken."""
    found = select(func.count()).where(
        Registration.gathering_id == gathering.id, Registration.seat == Seat.TAKEN
    )
    return session.execute(found).scalar_one()


def waiting(session: ReadSession, gathering: Gathering, *, most: int) -> list[Registration]:
    """Return who waits longest."""
    found = select(Registration).where(
        Registration.gathering_id == gathering.id, Registration.seat == Seat.WAITING
    )
    return list(session.scalars(found.order_by(Registration.number).limit(most)))


def place_in_line(session: ReadSession, registration: Registration) -> int:
    """Return the place on the waiting list, from 1; 0 for whoever does not wait."""
    if registration.seat != Seat.WAITING:
        return 0
    found = select(func.count()).where(
        Registration.gathering_id == registration.gathering_id,
        Registration.seat == Seat.WAITING,
        Registration.number <= registration.number,
    )
    return session.execute(found).scalar_one()


def live_of(
    session: ReadSession, gathering: Gathering, *, email: str, person_id: int | None
) -> Registration | None:
    """Return the registration that an address or a person has and has not given up."""
    mine = Registration.email == email
    if person_id is not None:
        mine = mine | (Registration.person_id == person_id)
    found = select(Registration).where(
        Registration.gathering_id == gathering.id, Registration.seat.in_(LIVE), mine
    )
    return session.scalars(found.order_by(Registration.number)).first()


def own(session: ReadSession, actor: Actor, gathering: Gathering) -> Registration | None:
    """Return the actor's own latest registration, given up or not."""
    if actor.person_id is None:
        return None
    found = (
        select(Registration)
        .options(joinedload(Registration.gathering))
        .where(Registration.gathering_id == gathering.id, Registration.person_id == actor.person_id)
        .order_by(Registration.number.desc())
    )
    return session.scalars(found).first()


def of_person(session: ReadSession, person_id: int) -> list[Registration]:
    """Return a person's registrations with their gatherings, the next event first."""
    found = (
        select(Registration)
        .join(Registration.gathering)
        .options(joinedload(Registration.gathering).selectinload(Gathering.texts))
        .where(Registration.person_id == person_id)
        .order_by(Gathering.starts, Registration.number)
    )
    return list(session.scalars(found))


def by_public_id(session: ReadSession, public_id: str) -> Registration | None:
    """Return one registration with its gathering; for links that we signed."""
    found = (
        select(Registration)
        .options(joinedload(Registration.gathering))
        .where(Registration.public_id == public_id)
    )
    return session.scalars(found).first()


def by_id(session: ReadSession, registration_id: int) -> Registration | None:
    found = (
        select(Registration)
        .options(joinedload(Registration.gathering), joinedload(Registration.person))
        .where(Registration.id == registration_id)
    )
    return session.scalars(found).first()


def by_certificate(session: ReadSession, code: str) -> Registration | None:
    """Return the registration that a code of a certificate stands for."""
    gathering = joinedload(Registration.gathering)
    found = (
        select(Registration)
        .options(
            gathering.joinedload(Gathering.authority),
            gathering.joinedload(Gathering.programme),
            gathering.selectinload(Gathering.texts),
        )
        .where(Registration.certificate == code)
    )
    return session.scalars(found).first()


def participants(session: ReadSession, gathering: Gathering) -> list[Registration]:
    """Return everybody who is registered, who has a place first; whoever asks asked for rights."""
    found = select(Registration).where(
        Registration.gathering_id == gathering.id, Registration.seat.in_(LIVE)
    )
    return list(session.scalars(found.order_by(Registration.seat, Registration.number)))


def registered(
    session: ReadSession, gathering_id: int, seats: Collection[Seat]
) -> list[Registration]:
    """Return those with one of these seats, with their accounts, in the order of the line."""
    found = (
        select(Registration)
        .options(joinedload(Registration.person), joinedload(Registration.gathering))
        .where(
            Registration.gathering_id == gathering_id,
            Registration.seat.in_([seat.value for seat in seats]),
        )
    )
    return list(session.scalars(found.order_by(Registration.number)))


def find_request(session: ReadSession, request_id: int) -> SeatRequest | None:
    found = (
        select(SeatRequest)
        .options(joinedload(SeatRequest.gathering).options(selectinload(Gathering.texts)))
        .where(SeatRequest.id == request_id)
    )
    return session.scalars(found).first()


def request_by_public_id(session: ReadSession, public_id: str) -> SeatRequest | None:
    found = (
        select(SeatRequest)
        .options(joinedload(SeatRequest.gathering).options(selectinload(Gathering.texts)))
        .where(SeatRequest.public_id == public_id)
        .execution_options(populate_existing=True)
    )
    return session.scalars(found).first()
