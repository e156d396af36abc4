"""This package's share of one person's data: exported, and erased."""

from datetime import datetime

from sqlalchemy import delete, select

from govmatch.accounts.queries import by_id
from govmatch.following import actions, queries
from govmatch.following.models import Follow, SavedSearch
from govmatch.kit.db import ReadSession, Session


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what a person saved and follows, as JSON values."""
    own = select(Follow).where(Follow.person_id == person_id).order_by(Follow.id)
    subscriber = queries.by_address(session, by_id(session, person_id).email)
    alone = queries.by_subscriber(session, subscriber) if subscriber else []
    found = select(SavedSearch).where(SavedSearch.person_id == person_id).order_by(SavedSearch.id)
    return {
        "saved_searches": [
            {"at": one.created_at.isoformat(), "name": one.name, "query": one.query}
            for one in session.scalars(found)
        ],
        "follows": [_told(one) for one in session.scalars(own)],
        "follows_by_address_alone": [_told(one) for one in alone],
    }


def _told(one: Follow) -> dict[str, object]:
    return {
        "since": one.created_at.isoformat(),
        "kind": one.kind,
        "titles": one.titles,
        "address": one.path,
        "how_often": one.how,
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Delete a person's saved searches and follows, those by their address alone too."""
    actions.forget(session, person_id, by_id(session, person_id).email, now=now)
    session.execute(delete(SavedSearch).where(SavedSearch.person_id == person_id))
