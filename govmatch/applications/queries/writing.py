"""Who has a section open at this moment, and what a firm has answered before."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from govmatch.accounts.models import Person
from govmatch.applications.models import Application, SectionWriter, State, Version
from govmatch.applications.queries.visible import own_to
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession

THERE = timedelta(seconds=60)
"""A page says every 20 seconds that it is still open; two may get lost."""

MOST_EARLIER = 20


def writers(
    session: ReadSession, application: Application, section_id: str, *, actor: Actor, now: datetime
) -> list[str]:
    """Return the names of the others who have a section open; `now` is the machine's time."""
    found = (
        select(Person.name)
        .join(SectionWriter, SectionWriter.person_id == Person.id)
        .where(
            SectionWriter.application_id == application.id,
            SectionWriter.section_id == section_id,
            SectionWriter.person_id != actor.person_id,
            SectionWriter.at > now - THERE,
        )
    )
    return [name for name in session.scalars(found.order_by(Person.name)) if name]


def writer_row(
    session: ReadSession, application: Application, section_id: str, person_id: int
) -> SectionWriter | None:
    found = select(SectionWriter).where(
        SectionWriter.application_id == application.id,
        SectionWriter.section_id == section_id,
        SectionWriter.person_id == person_id,
    )
    return session.scalars(found).first()


def earlier_versions(session: ReadSession, actor: Actor, application: Application) -> list[Version]:
    """Return what counts of the firm's other applications that the actor sees, newest first."""
    found = (
        select(Version)
        .join(Application, Application.id == Version.application_id)
        .where(
            own_to(actor),
            Application.firm_id == application.firm_id,
            Application.id != application.id,
            Application.state != State.DRAFT,
            Version.number == Application.current_version,
        )
        .options(
            joinedload(Version.application)
            .joinedload(Application.challenge)
            .selectinload(Challenge.texts),
            joinedload(Version.application).options(
                defer(Application.answers), defer(Application.saved)
            ),
        )
        .order_by(Version.at.desc(), Version.id.desc())
        .limit(MOST_EARLIER)
    )
    return list(session.scalars(found))
