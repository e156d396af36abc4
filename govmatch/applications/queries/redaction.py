"""What people changed in the copies that are read without names."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from govmatch.applications.models import Application
from govmatch.applications.queries.visible import with_names_to
from govmatch.applications.redaction_models import RedactedCopy
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession


def assessed(session: ReadSession, actor: Actor, challenge: Challenge) -> list[Application]:
    """Return the applications of a challenge that the actor sees with names, by their aliases."""
    found = select(Application).where(
        Application.challenge_id == challenge.id, with_names_to(actor)
    )
    whole = found.options(joinedload(Application.firm))
    return list(session.scalars(whole.order_by(Application.alias, Application.id)))


def redacted_copy(session: ReadSession, application_id: int) -> RedactedCopy | None:
    """Return what was done by hand in one copy; None where nobody did anything."""
    found = select(RedactedCopy).where(RedactedCopy.application_id == application_id)
    return session.scalars(found).first()


def redacted_copies(
    session: ReadSession, application_ids: Collection[int]
) -> dict[int, RedactedCopy]:
    """Return the same of several applications, by their ids; one statement."""
    found = select(RedactedCopy).where(RedactedCopy.application_id.in_(sorted(application_ids)))
    return {row.application_id: row for row in session.scalars(found)}
