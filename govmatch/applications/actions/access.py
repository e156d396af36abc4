"""Who beyond the firm may see an application: granted, ended, closed. Higher packages decide why.

None of these asks a rule: whoever calls has decided who may assign or declare. `why` is a word
such as review or conflict, never a name. The index follows the events.
"""

from datetime import datetime

from sqlalchemy import select

from govmatch.applications.events import (
    AccessClosed,
    AccessEnded,
    AccessGranted,
    AccessReopened,
)
from govmatch.applications.models import Access, Application, How
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg


def grant(
    session: Session,
    application: Application,
    person_id: int,
    *,
    how: How,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Let a person see the application in full or without names; the last grant counts.

    Raises `Conflict` where it is closed to the person, which only `reopen` takes back.
    """
    if how is How.CLOSED:
        raise ValueError("closing is not a way of granting")
    row = _row(session, application, person_id)
    if row is not None and row.how == How.CLOSED:
        raise Conflict(msg("This person has a conflict of interest with this application."))
    if row is not None and (row.how, row.why) == (how, why):
        return
    _keep(session, row, application, person_id, how=how, why=why, now=now)
    event = AccessGranted(application.id, person_id=person_id, how=how.value, why=why)
    journal.record(session, event, actor=actor, now=now)


def close(
    session: Session,
    application: Application,
    person_id: int,
    *,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Close the application to a person in every page, file, search, count and mail, at once."""
    row = _row(session, application, person_id)
    if row is not None and row.how == How.CLOSED:
        return
    _keep(session, row, application, person_id, how=How.CLOSED, why=why, now=now)
    event = AccessClosed(application.id, person_id=person_id, why=why)
    journal.record(session, event, actor=actor, now=now)


def end(
    session: Session,
    application: Application,
    person_id: int,
    *,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take back what was granted to a person; what is closed to them stays closed."""
    row = _row(session, application, person_id)
    if row is None or row.how == How.CLOSED:
        return
    session.delete(row)
    event = AccessEnded(application.id, person_id=person_id, why=why)
    journal.record(session, event, actor=actor, now=now)


def reopen(
    session: Session,
    application: Application,
    person_id: int,
    *,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take back a closing that was found to be wrong; what was granted before has to be again."""
    row = _row(session, application, person_id)
    if row is None or row.how != How.CLOSED:
        return
    session.delete(row)
    event = AccessReopened(application.id, person_id=person_id, why=why)
    journal.record(session, event, actor=actor, now=now)


def _row(session: Session, application: Application, person_id: int) -> Access | None:
    """Return the person's row, as nobody else can change it until the transaction ends."""
    # Two who act on one person at once follow each other, also where there is no row yet.
    held = select(Application.id).where(Application.id == application.id)
    session.execute(held.with_for_update())
    found = select(Access).where(
        Access.application_id == application.id, Access.person_id == person_id
    )
    return session.scalars(found.execution_options(populate_existing=True)).first()


def _keep(
    session: Session,
    row: Access | None,
    application: Application,
    person_id: int,
    *,
    how: How,
    why: str,
    now: datetime,
) -> None:
    if row is None:
        row = Access(application_id=application.id, person_id=person_id)
        session.add(row)
    row.how, row.why, row.since = how.value, why, now
    session.flush()
