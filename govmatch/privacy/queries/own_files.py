"""The files that somebody uploaded and may still open, to go into the copy of their data."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person
from govmatch.applications import queries as applications
from govmatch.applications.models import Application
from govmatch.files.models import StoredFile
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.pilots.models import Delivery, Milestone, Pilot
from govmatch.pilots.queries.visible import visible_to as pilots_visible_to
from govmatch.triage.models import Deficiency


def own_files(session: ReadSession, person: Person, *, real_now: datetime) -> list[StoredFile]:
    """Return what a person uploaded to applications and pilots that are still open to them.

    Who has left a firm does not take its papers along; that they were uploaded stands in the copy
    all the same.
    """
    held = accounts.roles_of(session, person, now=real_now)
    actor = Actor(person_id=person.id, roles=frozenset(held))
    found = select(StoredFile).where(
        StoredFile.uploaded_by == person.id,
        StoredFile.removed_at.is_(None),
        or_(*_open_to(actor)),
    )
    return list(session.scalars(found.order_by(StoredFile.id)))


def _open_to(actor: Actor) -> list[ColumnElement[bool]]:
    seen = select(Application.id).where(applications.visible_to(actor))
    pilots = select(Pilot.id).where(pilots_visible_to(actor))
    milestones = select(Milestone.id).where(Milestone.pilot_id.in_(pilots))
    by_owner = {
        "application": seen,
        "deficiency": select(Deficiency.id).where(Deficiency.application_id.in_(seen)),
        "pilot": pilots,
        "delivery": select(Delivery.id).where(Delivery.milestone_id.in_(milestones)),
    }
    return [
        (StoredFile.owner_kind == kind) & StoredFile.owner_id.in_(ids)
        for kind, ids in by_owner.items()
    ]
