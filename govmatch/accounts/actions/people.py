"""Making, disabling and enabling accounts."""

import secrets
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from govmatch.accounts.actions.sessions_ending import end_all
from govmatch.accounts.events import PersonCreated, PersonDisabled, PersonEnabled
from govmatch.accounts.models import Person
from govmatch.accounts.queries import by_email
from govmatch.accounts.rules import canonical_email, may_disable
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.kit.i18n import Lang, msg
from govmatch.kit.ids import public_id


def create_person(
    session: Session,
    *,
    address: str,
    name: str,
    lang: Lang | None,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    zone: str | None = None,
) -> Person:
    """Make an account from the shell, its address taken as verified.

    Raises `Invalid` for what is no address, `Conflict` when the address has an account.
    """
    email = canonical_email(address)
    if email is None:
        raise Invalid({"email": msg("Please enter an e-mail address such as name@example.org.")})
    person = new_person(session, email=email, name=name, lang=lang, zone=zone, real_now=real_now)
    if person is None:
        raise Conflict(msg("This address already has an account."))
    journal.record(session, PersonCreated(subject_id=person.id), actor=actor, now=now)
    return person


def new_person(
    session: Session,
    *,
    email: str,
    name: str,
    lang: Lang | None,
    real_now: datetime,
    zone: str | None = None,
    terms_at: datetime | None = None,
) -> Person | None:
    """Return the new account, or None when its address was taken, even at this very moment."""
    if by_email(session, email) is not None:
        return None
    person = Person(
        public_id=public_id(),
        email=email,
        name=name,
        lang=lang,
        zone=zone,
        salt=secrets.token_hex(32),
        created_at=real_now,
        verified_at=real_now,
        terms_at=terms_at,
        totp_count=0,
    )
    try:
        with session.begin_nested():
            session.add(person)
            session.flush()
    except IntegrityError:
        return None
    return person


def disable_person(
    session: Session, person: Person, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Close the account: every session ends, no link opens it any more; its roles are kept.

    Allowed to administrators, not for themselves.
    """
    ruling = may_disable(actor, person)
    if not ruling:
        raise NotAllowed(ruling.reason)
    if person.disabled_at is not None:
        return
    person.disabled_at = real_now
    end_all(session, person, now=real_now)
    journal.record(session, PersonDisabled(subject_id=person.id), actor=actor, now=now)


def enable_person(session: Session, person: Person, *, actor: Actor, now: datetime) -> None:
    """Open a disabled account again; the person signs in anew. Allowed to administrators."""
    ruling = may_disable(actor, person)
    if not ruling:
        raise NotAllowed(ruling.reason)
    if person.disabled_at is None:
        return
    person.disabled_at = None
    journal.record(session, PersonEnabled(subject_id=person.id), actor=actor, now=now)
