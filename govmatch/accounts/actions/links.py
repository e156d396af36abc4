"""Asking for links by mail. Nothing here looks whether an address has an account."""

from datetime import datetime
from ipaddress import IPv6Address, ip_address

from govmatch.accounts import links
from govmatch.accounts.events import LinkRefused, LinkRequested
from govmatch.accounts.lifetimes import LINK, LINKS_BY_CLIENT, MAILS_TO_ADDRESS, REFUSED_LINKS
from govmatch.accounts.models import LinkRequest, Person, Purpose
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.i18n import Lang, as_lang
from govmatch.kit.ids import public_id
from govmatch.kit.limits import spend
from govmatch.kit.signing import Signer


def ask_for_link(
    session: Session,
    address: str,
    *,
    purpose: Purpose,
    lang: Lang,
    client: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    next_path: str = "",
    name: str = "",
    person: Person | None = None,
) -> None:
    """Note the wish for a link to a canonical address; the worker sends one where it is due.

    It does the same whether there is an account or not, so that nobody learns that. `person` is
    whose address is to change. Raises `TooMany` after 5 mails to an address, or 30 wishes from one
    client, within an hour.
    """
    spend(session, LINKS_BY_CLIENT, client_group(client), now=real_now)
    spend(session, MAILS_TO_ADDRESS, address, now=real_now)
    request = LinkRequest(
        public_id=public_id(),
        address=address,
        purpose=purpose,
        name=name,
        person_id=person.id if person else None,
        lang=lang,
        next_path=next_path,
        at=real_now,
    )
    session.add(request)
    session.flush()
    event = LinkRequested(subject_id=request.id, purpose=purpose)
    journal.record(session, event, actor=actor, now=now)


def make_link(
    session: Session,
    person: Person,
    *,
    signer: Signer,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> str:
    """Return the path of a sign-in link, for the operator to hand over; no mail goes out."""
    request = LinkRequest(
        public_id=public_id(),
        address=person.email,
        purpose=Purpose.SHELL,
        person_id=person.id,
        lang=as_lang(person.lang),
        at=real_now,
    )
    session.add(request)
    session.flush()
    event = LinkRequested(subject_id=request.id, purpose=Purpose.SHELL)
    journal.record(session, event, actor=actor, now=now)
    link = links.Link(request.public_id, person.public_id, real_now + LINK)
    return f"/login/{links.sign(signer, link)}"


def count_refused_link(
    session: Session,
    request_id: int | None,
    *,
    client: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Note that a link was used that is over; raises `TooMany` after 20 from one client an hour."""
    spend(session, REFUSED_LINKS, client_group(client), now=real_now)
    journal.record(session, LinkRefused(subject_id=request_id or 0), actor=actor, now=now)


def client_group(client: str) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 that one line of IPv6 has."""
    try:
        address = ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
