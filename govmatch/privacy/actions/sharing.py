"""Ending what others see of a person, from the ledger."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from govmatch.following import actions as following
from govmatch.following.queries import own_follows
from govmatch.gatherings.models import Registration, Shows
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import NotFound
from govmatch.organisations import queries as organisations
from govmatch.organisations.actions.profile import save_profile
from govmatch.organisations.profile import Visibility
from govmatch.privacy.events import SharingEnded
from govmatch.privacy.queries.ledger import Sharing

Ending = Callable[[Session, str, Actor, datetime, datetime], int]


def end_sharing(
    session: Session,
    kind: Sharing,
    key: str,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Take back one line of the ledger; `key` is that of its line.

    Raises `NotFound` for what is not the actor's or cannot be ended here, and `NotAllowed` where a
    firm's profile is not theirs to change.
    """
    ending = _ENDINGS.get(kind)
    if ending is None:
        raise NotFound
    thing = ending(session, key, actor, now, real_now)
    event = SharingEnded(actor.person_id or 0, kind=kind.value, thing_id=thing)
    journal.record(session, event, actor=actor, now=now)


def _leave_directory(
    session: Session, key: str, actor: Actor, now: datetime, _real_now: datetime
) -> int:
    return _show_less(session, key, actor, now, is_public=False)


def _switch_matching_off(
    session: Session, key: str, actor: Actor, now: datetime, _real_now: datetime
) -> int:
    return _show_less(session, key, actor, now, matching=False)


def _show_less(session: Session, key: str, actor: Actor, now: datetime, **changes: bool) -> int:
    firm = organisations.get_own_firm(session, actor, key)
    kept = organisations.profile_of(session, firm).section("visibility")
    assert isinstance(kept, Visibility)
    save_profile(session, firm, replace(kept, **changes), actor=actor, now=now)
    return firm.id


def _end_follows(
    session: Session, _key: str, actor: Actor, now: datetime, real_now: datetime
) -> int:
    follows = own_follows(session, actor)
    following.end(session, follows, actor=actor, now=now, real_now=real_now)
    return 0


def _forget_needs(
    session: Session, key: str, actor: Actor, _now: datetime, _real_now: datetime
) -> int:
    registration = _own_registration(session, key, actor)
    registration.needs = ""
    return registration.id


def _hide_certificate(
    session: Session, key: str, actor: Actor, _now: datetime, _real_now: datetime
) -> int:
    registration = _own_registration(session, key, actor)
    registration.shows = Shows.NOTHING.value
    return registration.id


def _own_registration(session: Session, key: str, actor: Actor) -> Registration:
    found = select(Registration).where(
        Registration.public_id == key, Registration.person_id == actor.person_id
    )
    registration = session.scalars(found).first()
    if registration is None:
        raise NotFound
    return registration


_ENDINGS: Mapping[Sharing, Ending] = {
    Sharing.DIRECTORY: _leave_directory,
    Sharing.MATCHING: _switch_matching_off,
    Sharing.FOLLOWS: _end_follows,
    Sharing.EVENT_NEEDS: _forget_needs,
    Sharing.CERTIFICATE: _hide_certificate,
}
