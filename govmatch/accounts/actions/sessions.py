"""Signing in and out."""

from datetime import datetime, timedelta

from sqlalchemy import update

from govmatch.accounts.actions.people import new_person
from govmatch.accounts.actions.sessions_ending import end_all, end_one
from govmatch.accounts.events import (
    PersonRegistered,
    SessionEnded,
    SessionsEnded,
    SignedIn,
    SignedOut,
)
from govmatch.accounts.lifetimes import SESSION_AT_MOST, SHARED_SESSION
from govmatch.accounts.models import LinkRequest, Person, SessionRow
from govmatch.accounts.queries import OpenLink, by_email, session_by_id
from govmatch.accounts.rules import may_end_sessions
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Gone, NotAllowed
from govmatch.kit.i18n import as_lang, msg
from govmatch.kit.ids import digest, public_id, token
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class SignedInNow:
    """Who signed in, the row of the new session, and its cookie's token, which is kept nowhere."""

    person: Person
    row: SessionRow
    token: str


def use_link(
    session: Session,
    link: OpenLink,
    *,
    user_agent: str,
    session_days: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    is_shared: bool = False,
) -> SignedInNow:
    """Spend a sign-in link: a session begins, and the one that this browser had ends.

    A link for an address without an account makes it. `is_shared`: others use the device too.
    Raises `Gone` when the link was spent meanwhile: of several at once, one succeeds.
    """
    spend_request(session, link.request, now=real_now)
    person = link.person or _register(
        session, link.request, actor=actor, now=now, real_now=real_now
    )
    if person.verified_at is None:
        person.verified_at = real_now
    return open_session(
        session,
        person,
        way="link",
        user_agent=user_agent,
        session_days=session_days,
        actor=actor,
        now=now,
        real_now=real_now,
        is_shared=is_shared,
    )


def spend_request(session: Session, request: LinkRequest, *, now: datetime) -> None:
    """Mark a link as used; raises `Gone` where another transaction was first."""
    spent = session.execute(
        update(LinkRequest)
        .where(LinkRequest.id == request.id, LinkRequest.used_at.is_(None))
        .values(used_at=now)
        .returning(LinkRequest.id)
    )
    if spent.first() is None:
        raise Gone(msg("This link has been used. Each link works once."))


def _register(
    session: Session, request: LinkRequest, *, actor: Actor, now: datetime, real_now: datetime
) -> Person:
    person = new_person(
        session,
        email=request.address,
        name=request.name,
        lang=as_lang(request.lang),
        real_now=real_now,
        terms_at=request.at,
    )
    if person is None:
        found = by_email(session, request.address)
        if found is None or found.disabled_at is not None:
            raise Gone(msg("This link no longer opens an account."))
        return found
    journal.record(session, PersonRegistered(subject_id=person.id), actor=actor, now=now)
    return person


def open_session(
    session: Session,
    person: Person,
    *,
    way: str,
    user_agent: str,
    session_days: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    with_factor: bool = False,
    is_shared: bool = False,
) -> SignedInNow:
    """Begin a session and end the one that `actor` acts in; the token is a new one each time.

    `way` is what the journal calls it. `with_factor` counts the second factor as given, which only
    the demonstration's personas may have.
    """
    if actor.session_id is not None:
        end_one(session, actor.session_id, now=real_now)
    new_token = token()
    row = SessionRow(
        public_id=public_id(),
        token_digest=digest(new_token),
        person=person,
        created_at=real_now,
        last_used_at=real_now,
        ends_at=real_now
        + min(timedelta(days=session_days), SHARED_SESSION if is_shared else SESSION_AT_MOST),
        factor_at=real_now if with_factor else None,
        user_agent=user_agent[:200],
        flashes=[],
        is_shared=is_shared,
    )
    session.add(row)
    session.flush()
    event = SignedIn(subject_id=person.id, session_id=row.id, way=way)
    journal.record(session, event, actor=Actor(person_id=person.id), now=now)
    return SignedInNow(person, row, new_token)


def renew_token(row: SessionRow) -> str:
    """Give a session another token and return it; copies of the old cookie are worthless."""
    new_token = token()
    row.token_digest = digest(new_token)
    return new_token


def sign_out(session: Session, *, actor: Actor, now: datetime, real_now: datetime) -> None:
    """End the session that `actor` acts in; harmless for who has none."""
    if actor.session_id is None or actor.person_id is None:
        return
    if end_one(session, actor.session_id, now=real_now):
        event = SignedOut(subject_id=actor.person_id, session_id=actor.session_id)
        journal.record(session, event, actor=actor, now=now)


def end_session(
    session: Session, row: SessionRow, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """End one session; allowed to its person and to administrators."""
    _ask(actor, row.person)
    if end_one(session, row.id, now=real_now):
        event = SessionEnded(subject_id=row.person_id, session_id=row.id)
        journal.record(session, event, actor=actor, now=now)


def end_other_sessions(session: Session, *, actor: Actor, now: datetime, real_now: datetime) -> int:
    """End all sessions of the person who acts but the one they act in; return how many."""
    if actor.session_id is None:
        return 0
    person = session_by_id(session, actor.session_id).person
    return _end(session, person, actor=actor, now=now, real_now=real_now, but=actor.session_id)


def end_sessions(
    session: Session, person: Person, *, actor: Actor, now: datetime, real_now: datetime
) -> int:
    """End all sessions of a person; allowed to themselves and to administrators."""
    return _end(session, person, actor=actor, now=now, real_now=real_now, but=None)


def _end(
    session: Session,
    person: Person,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    but: int | None,
) -> int:
    _ask(actor, person)
    count = end_all(session, person, now=real_now, but=but)
    journal.record(session, SessionsEnded(subject_id=person.id, count=count), actor=actor, now=now)
    return count


def _ask(actor: Actor, person: Person) -> None:
    ruling = may_end_sessions(actor, person)
    if not ruling:
        raise NotAllowed(ruling.reason)
