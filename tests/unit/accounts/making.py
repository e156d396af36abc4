"""People, roles and sessions for tests of accounts."""

from datetime import UTC, datetime, timedelta
from typing import Any

from govmatch.accounts import actions, links, queries
from govmatch.accounts.models import LinkRequest, Person, Purpose, Role, SessionRow
from govmatch.accounts.people import SessionPeople
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.journal import JournalRow
from govmatch.kit.signing import Signer
from govmatch.settings import Settings

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
QUARTER_PAST = NOW + timedelta(minutes=15)
SITE_NOW = NOW + timedelta(days=40)  # a demonstration's clock is ahead; the journal follows it
SITE_KEY = "a key for tests only, of more than 32 characters"
SIGNER = Signer(SITE_KEY)
TIMES: dict[str, Any] = {"now": SITE_NOW, "real_now": NOW}
KIM = Actor(person_id=None, roles=frozenset({Held(Role.ADMINISTRATOR, "site", 0)}))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def person(session: Session, name: str, *, address: str = "") -> Person:
    """Return a new person whose address is their name at example.org, in lower case."""
    return actions.create_person(
        session,
        address=address or f"{name.lower()}@example.org",
        name=name,
        lang="en",
        actor=VISITOR,
        **TIMES,
    )


def administrator(session: Session, name: str = "Kim") -> Actor:
    """Return a new person acting as administrator of the site."""
    made = person(session, name)
    actions.give_role(session, made, Role.ADMINISTRATOR, "site", 0, actor=VISITOR, **TIMES)
    return acting(made, Held(Role.ADMINISTRATOR, "site", 0))


def acting(who: Person, *held: Held) -> Actor:
    return Actor(person_id=who.id, name=who.name, roles=frozenset(held))


def signed_in(session: Session, who: Person, **more: Any) -> actions.SignedInNow:
    """Begin a session of `who` at NOW."""
    given: dict[str, Any] = {"user_agent": "", "session_days": 14, "actor": VISITOR, **TIMES}
    return actions.open_session(session, who, way="link", **{**given, **more})


def seen(session: Session, token: str, at: datetime) -> Actor | None:
    """Return who the site takes the holder of this cookie for at an instant."""
    found = SessionPeople(14).find(session, token, now=at)
    return found.actor if found else None


def asked(session: Session, address: str, **more: Any) -> LinkRequest:
    """Ask for a link at NOW and return the request."""
    given: dict[str, Any] = {
        "purpose": Purpose.SIGN_IN,
        "lang": "en",
        "client": "192.0.2.1",
        "actor": VISITOR,
        **TIMES,
        **more,
    }
    actions.ask_for_link(session, address, **given)
    return session.query(LinkRequest).order_by(LinkRequest.id.desc()).first()  # type: ignore[return-value]


def link(request: LinkRequest, who: Person | None, *, until: datetime = QUARTER_PAST) -> str:
    """Return the token that the worker would mail for a request."""
    made = links.Link(request.public_id, who.public_id if who else "", until)
    return links.sign(SIGNER, made)


def opened(
    session: Session, token: str, *, at: datetime = NOW, changes_address: bool = False
) -> queries.OpenLink:
    return queries.open_link(session, SIGNER, token, changes_address=changes_address, now=at)


def row_of(session: Session, done: actions.SignedInNow) -> SessionRow:
    session.flush()
    session.refresh(done.row)
    return done.row


def journal_of(session: Session) -> list[JournalRow]:
    """Seal what was recorded and return the journal, oldest first."""
    commit(session)
    return session.query(JournalRow).order_by(JournalRow.id).all()


def happened(session: Session) -> list[str]:
    return [row.event for row in journal_of(session)]


def background(**more: Any) -> Background:
    given: dict[str, Any] = {"now": SITE_NOW, "real_now": NOW, **more}
    return Background(settings=Settings(default_lang="de"), signer=SIGNER, **given)
