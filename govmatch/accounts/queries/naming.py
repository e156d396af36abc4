"""What people are called, for many at once."""

from collections.abc import Iterable

from sqlalchemy import select

from govmatch.accounts.models import Person
from govmatch.kit.db import ReadSession


def names_by_id(session: ReadSession, ids: Iterable[int | None]) -> dict[int, str]:
    """Return names by id, of closed accounts too; empty for a person who was erased."""
    wanted = {number for number in ids if number is not None}
    found = select(Person.id, Person.name).where(Person.id.in_(wanted))
    return dict(session.execute(found).all())
