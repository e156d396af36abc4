"""Changing one's own account."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from govmatch.accounts.actions.sessions import spend_request
from govmatch.accounts.events import AddressChanged, DetailsChanged
from govmatch.accounts.models import Person
from govmatch.accounts.queries import OpenLink, by_email
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Gone
from govmatch.kit.i18n import Lang, msg
from govmatch.kit.ids import digest


def change_details(
    session: Session,
    person: Person,
    *,
    name: str,
    lang: Lang | None,
    zone: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep name, language (None: the browser's) and time zone (None: the site's)."""
    if (person.name, person.lang, person.zone) == (name, lang, zone):
        return
    person.name, person.lang, person.zone = name, lang, zone
    journal.record(session, DetailsChanged(subject_id=person.id), actor=actor, now=now)


def change_address(
    session: Session, link: OpenLink, *, now: datetime, real_now: datetime
) -> Person:
    """Give the account the address that the link was mailed to.

    Links mailed to the old address open nothing any more. Raises `Gone` when the link was spent, or
    when the address has come to another account meanwhile.
    """
    person, new_address = link.person, link.request.address
    if person is None:
        raise Gone(msg("This link no longer opens an account."))
    spend_request(session, link.request, now=real_now)
    event = AddressChanged(
        subject_id=person.id,
        request_id=link.request.id,
        old_digest=_salted(person, person.email),
        new_digest=_salted(person, new_address),
    )
    owner = by_email(session, new_address)
    if owner is not None and owner.id != person.id:
        raise Gone(msg("This address cannot be used for your account."))
    link.request.old_address = person.email
    try:
        with session.begin_nested():
            person.email = new_address
            person.verified_at = real_now
            session.flush()
    except IntegrityError as error:
        raise Gone(msg("This address cannot be used for your account.")) from error
    journal.record(session, event, actor=Actor(person_id=person.id), now=now)
    return person


def _salted(person: Person, address: str) -> str:
    return digest(f"{person.salt}:{address}")
