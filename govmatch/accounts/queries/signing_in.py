"""Links, sessions and codes. `now` is the machine's time."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from govmatch.accounts import links
from govmatch.accounts.models import LinkRequest, Person, Purpose, RecoveryCode, SessionRow
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import Gone
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer


@dataclass(frozen=True)
class OpenLink:
    """A link that can still be used; `person` is None where it makes the account."""

    request: LinkRequest
    person: Person | None


def open_link(
    session: ReadSession, signer: Signer, token: str, *, changes_address: bool, now: datetime
) -> OpenLink:
    """Return what a mailed link opens at this moment.

    Raises `Gone` for links that are not ours, used, older than 15 minutes, of a disabled account,
    or mailed to an address that is no longer the account's.
    """
    link = links.read(signer, token)
    request = _request(session, link.request_id) if link else None
    if link is None or request is None or changes_address != _changes_address(request):
        raise Gone(msg("This link is not complete, or it is older than a day."))
    if request.used_at is not None:
        raise Gone(msg("This link has been used. Each link works once."))
    if link.expires_at <= now:
        raise Gone(msg("This link is older than 15 minutes."))
    return OpenLink(request, _person(session, link, request))


def link_request_id(session: ReadSession, signer: Signer, token: str) -> int | None:
    """Return which request a link belongs to, open or over; None when it is not ours."""
    link = links.read(signer, token)
    request = _request(session, link.request_id) if link else None
    return request.id if request else None


def _request(session: ReadSession, public_id: str) -> LinkRequest | None:
    found = select(LinkRequest).where(LinkRequest.public_id == public_id)
    return session.scalars(found).first()


def _changes_address(request: LinkRequest) -> bool:
    return request.purpose == Purpose.CHANGE_ADDRESS


def _person(session: ReadSession, link: links.Link, request: LinkRequest) -> Person | None:
    """Return whose link it is; who registered meanwhile by another link is that person."""
    if link.person_id:
        found = select(Person).where(Person.public_id == link.person_id)
    else:
        found = select(Person).where(Person.email == request.address)
    person = session.scalars(found).first()
    if person is None and not link.person_id:
        return None
    moved = person is not None and person.email != request.address
    if person is None or person.disabled_at or (moved and not _changes_address(request)):
        raise Gone(msg("This link no longer opens an account."))
    return person


def live_session(session: ReadSession, token_digest: str, *, now: datetime) -> SessionRow | None:
    """Return the session of a cookie, with its person, while both may be used."""
    row = session.scalars(
        select(SessionRow)
        .options(joinedload(SessionRow.person))
        .where(SessionRow.token_digest == token_digest)
    ).first()
    if row is None or row.ended_at is not None or row.ends_at <= now:
        return None
    return None if row.person.disabled_at is not None else row


def session_by_id(session: ReadSession, session_id: int) -> SessionRow:
    found = select(SessionRow).options(joinedload(SessionRow.person))
    return session.scalars(found.where(SessionRow.id == session_id)).one()


def uses_shared_device(session: ReadSession, actor: Actor) -> bool:
    """True where this person said on signing in that others use the device too."""
    found = select(SessionRow.is_shared).where(SessionRow.id == actor.session_id)
    return bool(session.scalar(found))


def live_sessions(session: ReadSession, person: Person, *, now: datetime) -> list[SessionRow]:
    """Return where a person is signed in, last used first."""
    found = select(SessionRow).where(
        SessionRow.person_id == person.id,
        SessionRow.ended_at.is_(None),
        SessionRow.ends_at > now,
    )
    return list(session.scalars(found.order_by(SessionRow.last_used_at.desc(), SessionRow.id)))


def recovery_codes_left(session: ReadSession, person: Person) -> int:
    found = select(func.count()).select_from(RecoveryCode)
    unused = found.where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return session.execute(unused).scalar_one()
