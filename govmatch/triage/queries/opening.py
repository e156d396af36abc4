"""The opening of a challenge's applications: begun, done, and by whom it can be completed."""

from datetime import datetime

from sqlalchemy import func, select

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person, Role
from govmatch.applications.models import Application, Version
from govmatch.applications.rules import COUNTING
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession, Session
from govmatch.triage.models import Opening
from govmatch.triage.queries.seeing import readable_to


def opening_of(session: ReadSession, challenge: Challenge) -> Opening | None:
    """Return what was begun or done; how many entries it has is None until it is done."""
    found = select(Opening).where(Opening.challenge_id == challenge.id)
    return session.scalars(found).first()


def can_complete(
    session: ReadSession, challenge: Challenge, *, besides: int | None, real_now: datetime
) -> list[Person]:
    """Return who else can complete the opening: managers, and the authority's staff, by name."""
    rows = [
        *accounts.holders(
            session, "programme", challenge.programme_id, now=real_now, roles=[Role.MANAGER]
        ),
        *accounts.holders(
            session,
            "authority",
            challenge.authority_id,
            now=real_now,
            roles=[Role.STAFF, Role.APPROVER],
        ),
    ]
    people = {row.person_id: row.person for row in rows if row.person.disabled_at is None}
    people.pop(besides or 0, None)
    return sorted(people.values(), key=lambda person: (person.name, person.id))


def can_begin(session: ReadSession, challenge: Challenge, *, real_now: datetime) -> list[Person]:
    """Return the managers of the programme who can sign in, by name."""
    rows = accounts.holders(
        session, "programme", challenge.programme_id, now=real_now, roles=[Role.MANAGER]
    )
    return [row.person for row in rows if row.person.disabled_at is None]


def count_readable(session: ReadSession, actor: Actor, challenge: Challenge) -> int:
    """Return how many opened applications the actor reads; what a conflict closes is not counted.

    Nothing before the opening.
    """
    found = select(func.count()).select_from(Application)
    mine = found.where(Application.challenge_id == challenge.id, readable_to(actor))
    return session.execute(mine).scalar_one()


def entries(session: Session, challenge: Challenge) -> list[tuple[Application, Version]]:
    """Return every submitted application with the version that counts, in the order of hashes.

    For the opening alone: nothing else may read this before it. The order tells nothing of when
    they came.
    """
    found = (
        select(Application, Version)
        .join(
            Version,
            (Version.application_id == Application.id)
            & (Version.number == Application.current_version),
        )
        .where(
            Application.challenge_id == challenge.id,
            Application.state.in_(sorted(COUNTING)),
        )
        .order_by(Version.content_hash)
    )
    return [(application, version) for application, version in session.execute(found)]
