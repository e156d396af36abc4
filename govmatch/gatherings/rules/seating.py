"""Who may register, give up, move up, and see where it is joined online."""

from datetime import datetime, timedelta

from govmatch.gatherings.models import Gathering, Kind, Registration, Seat, State
from govmatch.gatherings.plan import MOST_PLACES
from govmatch.gatherings.rules.phases import closing, has_begun, is_over
from govmatch.kit.actor import YES, No, Ruling
from govmatch.kit.i18n import msg

REQUEST_LASTS = timedelta(hours=24)
"""How long the link holds with which somebody without an account registers."""

MANAGED_FOR = timedelta(days=30)
"""How long after its end a mailed link still leads to one's registration; certificates stay."""


def limit_of(gathering: Gathering) -> int:
    """Return how many have room; without a limit of its own, what one list can hold."""
    return MOST_PLACES if gathering.places is None else gathering.places


def may_register(gathering: Gathering, now: datetime) -> Ruling:
    """Everybody, while registration is open; a full one has a waiting list."""
    if gathering.state == State.CANCELLED:
        return No(msg("This event was cancelled."))
    if gathering.state != State.PUBLISHED:
        return No(msg("This event is not published yet."))
    if not gathering.registers:
        return No(msg("Nobody needs to register for this event."))
    if is_over(gathering, now):
        return No(msg("This event is over."))
    if closing(gathering) <= now:
        return No(msg("Registration has closed."))
    return YES


def may_give_up(registration: Registration, gathering: Gathering, now: datetime) -> Ruling:
    """Whoever is registered, until it begins."""
    if registration.seat == Seat.GIVEN_UP:
        return No(msg("This registration was cancelled already."))
    if gathering.state != State.PUBLISHED:
        return No(msg("This event was cancelled."))
    if has_begun(gathering, now):
        return No(msg("The event has begun. The registration stays as it is."))
    return YES


def may_change_registration(
    registration: Registration, gathering: Gathering, now: datetime
) -> Ruling:
    return may_give_up(registration, gathering, now)


def may_choose_shown(registration: Registration) -> Ruling:
    """The holder of a certificate."""
    if registration.certificate is None:
        return No(msg("There is no certificate."))
    return YES


def moves_up(gathering: Gathering, now: datetime) -> bool:
    """True while a place that becomes free is of use to whoever waits."""
    return gathering.state == State.PUBLISHED and not has_begun(gathering, now)


def sees_link(registration: Registration | None, gathering: Gathering) -> bool:
    """True for who has a place at what takes place."""
    has_place = registration is not None and registration.seat == Seat.TAKEN
    return has_place and gathering.state == State.PUBLISHED


def earns_certificate(gathering: Gathering) -> bool:
    return gathering.kind == Kind.COURSE
