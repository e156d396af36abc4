"""Saving a search, and deleting it."""

from datetime import datetime

from govmatch.following import queries, rules
from govmatch.following.models import SavedSearch
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id


def save(session: Session, query: str, *, name: str, actor: Actor, now: datetime) -> SavedSearch:
    """Keep a search under a name; one that is kept already only gets the new name."""
    known = queries.find_saved(session, actor, query)
    if known is not None:
        known.name = name
        return known
    require(rules.may_save(actor, kept=queries.count(session, actor)))
    made = SavedSearch(
        public_id=public_id(),
        person_id=actor.person_id,
        name=name,
        query=query,
        created_at=now,
    )
    session.add(made)
    return made


def delete(session: Session, search: SavedSearch, *, actor: Actor) -> None:
    """Forget a saved search; only its owner can."""
    if search.person_id != actor.person_id:
        raise NotAllowed(msg("This search was saved by somebody else."))
    session.delete(search)
