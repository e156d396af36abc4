"""What firms were asked to hand in, for both sides."""

from collections.abc import Collection
from datetime import datetime
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from govmatch.applications import queries as applications
from govmatch.applications.models import Application, State
from govmatch.applications.rules import is_applicant
from govmatch.challenges.models import Challenge
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import NotFound
from govmatch.triage import rules
from govmatch.triage.models import Deficiency

OWNER = "deficiency"


def requests_of(session: ReadSession, actor: Actor, application: Application) -> list[Deficiency]:
    """Return what the firm was asked for, newest first; to the firm and to triage alone."""
    if not (is_applicant(actor, application) or rules.may_read(actor, application)):
        return []
    found = select(Deficiency).where(Deficiency.application_id == application.id)
    return list(session.scalars(found.order_by(Deficiency.id.desc())))


def open_request(session: ReadSession, application: Application) -> Deficiency | None:
    """Return the request that is not settled; there is at most one."""
    return open_requests(session, [application.id]).get(application.id)


def open_requests(session: ReadSession, ids: Collection[int]) -> dict[int, Deficiency]:
    """Return the requests that are not settled, by the application's id; one statement."""
    found = select(Deficiency).where(
        Deficiency.application_id.in_(sorted(ids)), Deficiency.settled_at.is_(None)
    )
    rows = session.scalars(found.order_by(Deficiency.id)) if ids else ()
    return {row.application_id: row for row in rows}


def get_request(
    session: ReadSession, actor: Actor, application_id: str, public_id: str
) -> Deficiency:
    """Return a request of this very application: to its firm, and to those who read it in triage.

    Raises `NotFound` for everybody else, reviewers included.
    """
    application = applications.get_visible(session, actor, application_id)
    if not (is_applicant(actor, application) or rules.may_read(actor, application)):
        raise NotFound
    return _of(session, application, public_id)


def get_request_to_answer(
    session: Session, actor: Actor, application_id: str, public_id: str
) -> Deficiency:
    """Return a request of the actor's own firm, its application locked; raises `NotFound`."""
    application = applications.get_own_to_change(session, actor, application_id)
    return _of(session, application, public_id)


def _of(session: ReadSession, application: Application, public_id: str) -> Deficiency:
    found = select(Deficiency).where(
        Deficiency.application_id == application.id, Deficiency.public_id == public_id
    )
    asked = session.scalars(found.execution_options(populate_existing=True)).first()
    if asked is None:
        raise NotFound
    return asked


def files_of(session: ReadSession, asked: Deficiency) -> list[StoredFile]:
    """Return what came with the answer, oldest first."""
    return of_owner(session, OWNER, asked.id)


def by_id(session: ReadSession, deficiency_id: int) -> Deficiency | None:
    """Return a request with its application and challenge, for work in the background."""
    found = select(Deficiency).where(Deficiency.id == deficiency_id)
    challenge = joinedload(Deficiency.application).joinedload(Application.challenge)
    whole = found.options(challenge.selectinload(Challenge.texts))
    return session.scalars(whole).first()


def due_soon(session: ReadSession, *, now: datetime, most: int = 200) -> list[Deficiency]:
    """Return requests that nobody answered and of which the firm is to be reminded now.

    `rules.is_to_remind` says when that is; a request is looked at again until its time is over.
    """
    found = (
        select(Deficiency)
        .join(Deficiency.application)
        .where(
            Deficiency.due_at > now,
            Deficiency.due_at <= now + rules.REMIND_FIRST,
            Deficiency.answered_at.is_(None),
            Deficiency.settled_at.is_(None),
            Application.state == State.INCOMPLETE,
        )
        .order_by(Deficiency.due_at, Deficiency.id)
    )
    waiting = (one for one in session.scalars(found) if rules.is_to_remind(one, now=now))
    return list(islice(waiting, most))
