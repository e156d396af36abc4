"""Registering with an account and without one, waiting, moving up, giving up.

A place is counted while the gathering is held (`holding`). The line is fair: whoever came first
has the smaller number, and moves up first, in the very transaction that frees a place.
"""

from datetime import datetime, timedelta

from govmatch.accounts.actions.links import client_group
from govmatch.accounts.lifetimes import MAILS_TO_ADDRESS
from govmatch.accounts.models import Person
from govmatch.accounts.queries import by_email
from govmatch.gatherings import queries, rules
from govmatch.gatherings.actions.holding import fill, hold, hold_registration
from govmatch.gatherings.events import (
    RegistrationChanged,
    SeatAwaited,
    SeatGivenUp,
    SeatRequested,
    SeatTaken,
)
from govmatch.gatherings.models import (
    Gathering,
    Registration,
    Seat,
    SeatRequest,
    Shows,
)
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from govmatch.kit.i18n import Lang, as_lang, msg
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer

HOUR = timedelta(hours=1)
REQUESTS_BY_CLIENT = Limit("seat_requests_by_client", 30, HOUR)
REGISTRATIONS_BY_PERSON = Limit("registrations_by_person", 30, HOUR)
MAX_ANSWER = 1_000
MAX_NEEDS = 1_000


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody types to register; name and address of an account are the account's."""

    name: str = ""
    email: str = ""
    organisation: str = ""
    answer: str = ""
    needs: str = ""


def register(
    session: Session,
    gathering: Gathering,
    wish: Wish,
    *,
    lang: Lang,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Registration:
    """Give the actor a place, or the next turn in the waiting list.

    Whoever is registered already stays so and keeps the turn. Raises `NotAllowed` when registration
    is closed, and `TooMany` after 30 registrations within an hour.
    """
    require_signed_in(actor)
    hold(session, gathering)
    person = session.get_one(Person, actor.person_id)
    known = queries.live_of(session, gathering, email=person.email, person_id=person.id)
    if known is not None:
        known.person_id = known.person_id or person.id
        return known
    require(rules.may_register(gathering, now))
    spend(session, REGISTRATIONS_BY_PERSON, str(person.id), now=real_now)
    theirs = Wish(
        name=person.name,
        email=person.email,
        organisation=wish.organisation,
        answer=wish.answer,
        needs=wish.needs,
    )
    return _sit(session, gathering, theirs, person=person, lang=lang, actor=actor, now=now)


def require_signed_in(actor: Actor) -> None:
    if not actor.is_signed_in:
        raise NotAllowed(msg("Please sign in first."))


def ask(
    session: Session,
    gathering: Gathering,
    wish: Wish,
    *,
    lang: Lang,
    client: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Note the wish of somebody without an account; a place is taken with the mailed link.

    It does the same whether the address is registered, has an account, or neither. Raises
    `TooMany` after 5 mails to one address, or 30 wishes from one client, within an hour.
    """
    require(rules.may_register(gathering, now))
    spend(session, REQUESTS_BY_CLIENT, client_group(client), now=real_now)
    spend(session, MAILS_TO_ADDRESS, wish.email, now=real_now)
    request = SeatRequest(
        public_id=public_id(),
        gathering_id=gathering.id,
        name=wish.name,
        email=wish.email,
        organisation=wish.organisation,
        answer=wish.answer,
        needs=wish.needs,
        lang=lang,
        at=real_now,
    )
    session.add(request)
    session.flush()
    event = SeatRequested(subject_id=gathering.id, request_id=request.id)
    journal.record(session, event, actor=actor, now=now)


def confirm(
    session: Session,
    signer: Signer,
    token: str,
    *,
    slug: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Registration:
    """Register who was mailed this link, once; raises `Gone` as `queries.open_request` does.

    Whoever opens the link reads the mailbox: where the address has an account, the registration is
    that account's too.
    """
    request = queries.open_request(session, signer, token, slug=slug, now=now, real_now=real_now)
    gathering = request.gathering
    hold(session, gathering)
    request = queries.open_request(session, signer, token, slug=slug, now=now, real_now=real_now)
    request.used_at = real_now
    person = by_email(session, request.email)
    known = queries.live_of(
        session, gathering, email=request.email, person_id=person.id if person else None
    )
    if known is not None:
        return known
    wish = Wish(
        name=request.name,
        email=request.email,
        organisation=request.organisation,
        answer=request.answer,
        needs=request.needs,
    )
    lang = as_lang(request.lang)
    return _sit(session, gathering, wish, person=person, lang=lang, actor=actor, now=now)


def _sit(
    session: Session,
    gathering: Gathering,
    wish: Wish,
    *,
    person: Person | None,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> Registration:
    """Add the registration at the end of the line; the caller holds the gathering."""
    gathering.asked += 1
    has_room = queries.taken(session, gathering) < rules.limit_of(gathering)
    made = Registration(
        public_id=public_id(),
        gathering_id=gathering.id,
        person_id=person.id if person else None,
        seat=(Seat.TAKEN if has_room else Seat.WAITING).value,
        number=gathering.asked,
        name=wish.name,
        email=wish.email,
        organisation=wish.organisation,
        answer=wish.answer,
        needs=wish.needs,
        lang=lang,
        at=now,
        shows=Shows.NOTHING.value,
    )
    session.add(made)
    session.flush()
    happened = SeatTaken if has_room else SeatAwaited
    event = happened(subject_id=gathering.id, registration_id=made.id)
    journal.record(session, event, actor=actor, now=now)
    fill(session, gathering, actor=actor, now=now)
    return made


def give_up(session: Session, registration: Registration, *, actor: Actor, now: datetime) -> None:
    """Take one's registration back; who waits longest moves up at once.

    Whoever has the signed link, or the account, is whose it is: the view has asked. Raises
    `NotAllowed` once the event has begun.
    """
    _free(session, registration, by_host=False, actor=actor, now=now)


def remove(session: Session, registration: Registration, *, actor: Actor, now: datetime) -> None:
    """Take a registration away as its host, such as one made twice; the person is told."""
    require(rules.may_see_participants(actor, registration.gathering))
    _free(session, registration, by_host=True, actor=actor, now=now)


def _free(
    session: Session, registration: Registration, *, by_host: bool, actor: Actor, now: datetime
) -> None:
    hold_registration(session, registration)
    gathering = registration.gathering
    require(rules.may_give_up(registration, gathering, now))
    registration.seat, registration.given_up_at = Seat.GIVEN_UP.value, now
    registration.needs = registration.answer = ""
    event = SeatGivenUp(subject_id=gathering.id, registration_id=registration.id, by_host=by_host)
    journal.record(session, event, actor=actor, now=now)
    fill(session, gathering, actor=actor, now=now)


def change(
    session: Session,
    registration: Registration,
    wish: Wish,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write another organisation, answer or need; the turn in the line stays."""
    hold_registration(session, registration)
    require(rules.may_change_registration(registration, registration.gathering, now))
    registration.organisation = wish.organisation
    registration.answer, registration.needs = wish.answer, wish.needs
    _note_change(session, registration, actor=actor, now=now)


def choose_shown(
    session: Session, registration: Registration, shows: Shows, *, actor: Actor, now: datetime
) -> None:
    """Keep what everybody may read of a certificate who has its code."""
    hold_registration(session, registration)
    require(rules.may_choose_shown(registration))
    registration.shows = shows.value
    _note_change(session, registration, actor=actor, now=now)


def _note_change(
    session: Session, registration: Registration, *, actor: Actor, now: datetime
) -> None:
    event = RegistrationChanged(
        subject_id=registration.gathering_id, registration_id=registration.id
    )
    journal.record(session, event, actor=actor, now=now)
