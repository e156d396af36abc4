"""What every act on one application begins with: nobody else changes it, and it is as was seen."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update

from govmatch.applications.models import Application
from govmatch.applications.queries import lock_call
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, NotFound
from govmatch.kit.i18n import msg
from govmatch.triage import rules
from govmatch.triage.models import Handling, Tag
from govmatch.triage.queries import is_closed_to
from govmatch.triage.rules import Case


def hold(session: Session, application: Application, *, actor: Actor, now: datetime) -> Handling:
    """Read the application anew and keep others from changing it until the transaction ends.

    Raises `NotFound` where the actor does not read it in triage.
    """
    lock_call(session, application.challenge_id)
    held = select(Application).where(Application.id == application.id)
    anew = held.with_for_update(of=Application).execution_options(populate_existing=True)
    session.scalars(anew).one()  # only a row that is fetched is read anew
    is_closed = is_closed_to(session, actor, application)
    if not rules.may_read(actor, application, is_closed=is_closed):
        raise NotFound
    return handlings(session, [application], now=now)[application.id]


def handlings(
    session: Session, applications: Sequence[Application], *, now: datetime
) -> Mapping[int, Handling]:
    """Return how far staff are with each, held, by application; made where there is none yet."""
    ids = sorted(application.id for application in applications)
    held = select(Handling).where(Handling.application_id.in_(ids)).order_by(Handling.id)
    rows = session.scalars(held.with_for_update().execution_options(populate_existing=True))
    found = {row.application_id: row for row in rows}
    for application_id in ids:
        if application_id not in found:
            made = Handling(application_id=application_id, revision=1, state_since=now)
            session.add(made)
            found[application_id] = made
    session.flush()
    return found


def date_states(session: Session, ids: Collection[int], *, now: datetime) -> None:
    """Say that these applications came into their states now, by a decision or an answer to it."""
    if ids:
        moved = update(Handling).where(Handling.application_id.in_(sorted(ids)))
        session.execute(moved.values(state_since=now))


def require_seen(handling: Handling, revision: int) -> None:
    """Go on where nobody changed it since the page was made; raises `Conflict` otherwise."""
    if handling.revision != revision:
        raise Conflict(msg("The application has changed meanwhile. Please look at it again."))


def case_of(session: Session, application: Application, handling: Handling) -> Case:
    found = select(Tag.word).where(Tag.application_id == application.id)
    tags = tuple(sorted(session.scalars(found)))
    return Case(application, handling.revision, handling.handler_id, tags)
