"""Letting the members of a meeting read what they discuss, without names while names are hidden."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select

from govmatch.applications.actions import access
from govmatch.applications.models import Access, Application, How
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.reviews.actions import is_blind
from govmatch.reviews.queries import confirmed_among

WHY = "panel"


def let_read(
    session: Session,
    items: Iterable[Application],
    people: Collection[int],
    *,
    barred: Collection[tuple[int, int]],
    actor: Actor,
    now: datetime,
) -> None:
    """Open what is discussed to those who have no conflict of interest with it.

    Names are shown from the phase of the programme on in which they are not hidden any more, or
    once they were revealed, to whoever has declared their ties since; who sees them already goes on
    seeing them.
    """
    items = list(items)
    declared = confirmed_among(session, {one.challenge_id for one in items}, people)
    for one in items:
        held = _held(session, one)
        for person in people:
            how = _how(one, declared.get((one.challenge_id, person)))
            if (one.id, person) in barred or held.get(person) in {How.FULL, How.CLOSED, how}:
                continue
            access.grant(session, one, person, how=how, why=WHY, actor=actor, now=now)


def _how(application: Application, declared_at: datetime | None) -> How:
    hides = is_blind(
        application.challenge,
        state=application.state,
        shown_at=application.names_shown_at,
        declared_at=declared_at,
    )
    return How.BLIND if hides else How.FULL


def end_reading(
    session: Session,
    items: Iterable[Application],
    people: Collection[int],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Close again what people could read for the meeting alone."""
    for one in items:
        found = select(Access.person_id).where(
            Access.application_id == one.id, Access.person_id.in_(people), Access.why == WHY
        )
        for person in list(session.scalars(found)):
            access.end(session, one, person, why=WHY, actor=actor, now=now)


def _held(session: Session, application: Application) -> dict[int, str]:
    found = select(Access.person_id, Access.how).where(Access.application_id == application.id)
    return {row.person_id: row.how for row in session.execute(found)}
