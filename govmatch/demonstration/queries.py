"""What /demo shows."""

from datetime import datetime

from sqlalchemy import func, select

from govmatch.accounts.models import Person
from govmatch.kit.db import ReadSession


def people_by_email(session: ReadSession, addresses: list[str]) -> dict[str, Person]:
    """Return the seeded people, by address."""
    found = session.scalars(select(Person).where(Person.email.in_(addresses)))
    return {person.email: person for person in found}


def seeded_at(session: ReadSession) -> datetime | None:
    """Return when this world was made: when its first person was."""
    return session.execute(select(func.min(Person.created_at))).scalar_one()
