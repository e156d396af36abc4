"""Which conflicts of interest were noted, which of them hold, and which were noted wrongly."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.applications.rules import firms_in
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.reviews.models import Conflict, ConflictKind, Declaration

HOLDS = Conflict.kind != ConflictKind.CLEARED
"""What was noted and not cleared since."""


@dataclass(frozen=True)
class Named:
    """A conflict on a page: the person's name, and the reason where the reader may see it."""

    application: Application
    person: str
    person_key: str
    person_id: int
    kind: ConflictKind
    reason: str
    at: datetime


def conflicts(
    session: ReadSession, challenge: Challenge, *, application_ids: Collection[int]
) -> list[Named]:
    """Return what was noted about these applications, cleared conflicts too, newest first."""
    found = (
        select(Conflict, Application, Person.name, Person.public_id)
        .join(Application, Application.id == Conflict.application_id)
        .join(Person, Person.id == Conflict.person_id)
        .where(Application.challenge_id == challenge.id, Application.id.in_(application_ids))
        .order_by(Conflict.at.desc(), Conflict.id.desc())
    )
    return [
        Named(application, name, key, row.person_id, ConflictKind(row.kind), row.reason, row.at)
        for row, application, name, key in session.execute(found)
    ]


def conflict_of(session: ReadSession, application_id: int, person_id: int) -> Conflict | None:
    """Return the conflict that closes an application to a person, None also for a cleared one."""
    found = noted(session, application_id, person_id)
    return found if found is not None and found.kind != ConflictKind.CLEARED else None


def noted(session: ReadSession, application_id: int, person_id: int) -> Conflict | None:
    """Return what was ever noted between a person and an application."""
    found = select(Conflict).where(
        Conflict.application_id == application_id, Conflict.person_id == person_id
    )
    return session.scalars(found).first()


def cleared_firms(session: ReadSession, declaration: Declaration) -> set[int]:
    """Return the firms whose applications were closed to the juror of a declaration by mistake."""
    found = (
        select(Application)
        .join(Conflict, Conflict.application_id == Application.id)
        .where(
            Application.challenge_id == declaration.challenge_id,
            Conflict.person_id == declaration.person_id,
            ~HOLDS,
        )
    )
    return {firm for one in session.scalars(found) for firm in firms_in(one)}
