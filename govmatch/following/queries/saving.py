"""Which searches somebody saved."""

from sqlalchemy import func, select

from govmatch.following.models import SavedSearch
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound


def saved(session: ReadSession, actor: Actor) -> list[SavedSearch]:
    """Return an actor's own saved searches, the newest first."""
    found = select(SavedSearch).where(SavedSearch.person_id == actor.person_id)
    return list(session.scalars(found.order_by(SavedSearch.id.desc())))


def count(session: ReadSession, actor: Actor) -> int:
    found = select(func.count()).where(SavedSearch.person_id == actor.person_id)
    return session.execute(found).scalar_one()


def find_saved(session: ReadSession, actor: Actor, query: str) -> SavedSearch | None:
    """Return the actor's saved search of exactly this query."""
    found = select(SavedSearch).where(
        SavedSearch.person_id == actor.person_id, SavedSearch.query == query
    )
    return session.scalars(found).first()


def get_own(session: ReadSession, actor: Actor, public_id: str) -> SavedSearch:
    """Return the actor's own saved search; raises `NotFound` for anybody else's."""
    found = select(SavedSearch).where(
        SavedSearch.public_id == public_id, SavedSearch.person_id == actor.person_id
    )
    one = session.scalars(found).first()
    if one is None:
        raise NotFound
    return one
