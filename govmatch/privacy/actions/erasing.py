"""Asking for erasure, taking it back, and noting that it is done."""

from datetime import datetime, timedelta

from govmatch.accounts.models import Person
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.privacy import queries, rules
from govmatch.privacy.events import ErasureAsked, ErasureTakenBack, PersonErased
from govmatch.privacy.models import Erasure, Why
from govmatch.privacy.periods import WARNED
from govmatch.settings import Settings


def ask_erasure(
    session: Session,
    person_id: int,
    *,
    settings: Settings,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Erasure:
    """Have a person erased when the days to take it back are over; asking again changes nothing.

    Allowed to the person alone, and not to the only administrator.
    """
    is_only = queries.is_only_administrator(session, person_id, real_now=real_now)
    require(rules.may_be_erased(actor, person_id, is_only_administrator=is_only))
    known = queries.open_erasure(session, person_id)
    if known is not None and known.why == Why.ASKED:
        return known
    if known is not None:  # nobody used the account, and now its person wants it gone at once
        known.taken_back_at = real_now
        session.flush()
    due_at = real_now + timedelta(days=settings.erasure_days)
    return _begin(session, person_id, Why.ASKED, due_at, actor=actor, now=now, real_now=real_now)


def order_erasure(
    session: Session, person: Person, *, now: datetime, real_now: datetime
) -> Erasure:
    """Have a person erased at once who asked the operator; for the commands.

    Raises `NotAllowed` for the only administrator.
    """
    is_only = queries.is_only_administrator(session, person.id, real_now=real_now)
    themselves = Actor(person_id=person.id)
    require(rules.may_be_erased(themselves, person.id, is_only_administrator=is_only))
    known = queries.open_erasure(session, person.id)
    return known or _begin(
        session, person.id, Why.OFFICE, real_now, actor=VISITOR, now=now, real_now=real_now
    )


def warn_idle(session: Session, person: Person, *, now: datetime, real_now: datetime) -> Erasure:
    """Tell a person that an account that nobody uses is erased in a month."""
    due_at = real_now + WARNED
    return _begin(session, person.id, Why.IDLE, due_at, actor=VISITOR, now=now, real_now=real_now)


def _begin(
    session: Session,
    person_id: int,
    why: Why,
    due_at: datetime,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Erasure:
    erasure = Erasure(
        public_id=public_id(),
        person_id=person_id,
        why=why.value,
        asked_at=real_now,
        due_at=due_at,
        kept=[],
    )
    session.add(erasure)
    session.flush()
    journal.record(session, ErasureAsked(erasure.id, why=why.value), actor=actor, now=now)
    return erasure


def take_back(
    session: Session, erasure: Erasure, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Keep the account as it is. Allowed to its person until it is done."""
    require(rules.may_take_back(actor, erasure))
    if erasure.taken_back_at is None:
        erasure.taken_back_at = real_now
        journal.record(session, ErasureTakenBack(erasure.id), actor=actor, now=now)


def stay(session: Session, erasure: Erasure, *, now: datetime, real_now: datetime) -> None:
    """Note that whoever was thought to be gone has signed in again."""
    erasure.taken_back_at = real_now
    journal.record(session, ErasureTakenBack(erasure.id), actor=VISITOR, now=now)


def finish_erasure(
    session: Session,
    erasure: Erasure,
    kept: list[queries.Kept],
    *,
    now: datetime,
    real_now: datetime,
) -> None:
    """Note that it is done, and what of the person is kept until when; that names nobody."""
    erasure.done_at = real_now
    erasure.kept = [
        {"kind": one.what.value, "until": one.until.isoformat() if one.until else ""}
        for one in kept
    ]
    event = PersonErased(erasure.id, person_id=erasure.person_id)
    journal.record(session, event, actor=VISITOR, now=now)
