"""Keeping a view of triage under a name, and how one wants the table."""

from collections.abc import Sequence
from datetime import datetime

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.triage import queries, rules
from govmatch.triage.events import TriageViewDeleted, TriageViewShared
from govmatch.triage.models import Preference, View

LONGEST_NAME = 60
MOST_VIEWS = 50


def save_view(
    session: Session,
    *,
    name: str,
    query: str,
    is_board: bool,
    programme_id: int | None,
    has_words: bool,
    actor: Actor,
    now: datetime,
) -> View:
    """Keep a list under a name: for the actor alone, or for everybody of a programme.

    Raises `Invalid` for no name, one that is too long, and more than 50 views; `NotAllowed` where
    the actor does not run the programme, or where words are looked for in what is shared.
    """
    if not name:
        raise Invalid({"name": msg("Please fill in this field.")})
    if len(name) > LONGEST_NAME:
        limit = msg("Please use at most {limit} characters.", limit=LONGEST_NAME)
        raise Invalid({"name": limit})
    if queries.count_own_views(session, actor) >= MOST_VIEWS:
        raise Invalid({"name": msg("You can keep {n} views. Delete one first.", n=MOST_VIEWS)})
    if programme_id is not None:
        require(rules.may_share(actor, programme_id, has_words=has_words))
    view = View(
        public_id=public_id(),
        by=actor.person_id,
        at=now,
        name=name,
        query=query,
        is_board=is_board,
        programme_id=programme_id,
    )
    session.add(view)
    session.flush()
    if programme_id is not None:
        event = TriageViewShared(programme_id, view_id=view.id)
        journal.record(session, event, actor=actor, now=now)
    return view


def delete_view(session: Session, view: View, *, actor: Actor, now: datetime) -> None:
    """Forget a view; refused to who neither made it nor runs the programme that it is shared in."""
    require(rules.may_delete_view(actor, view))
    if view.programme_id is not None:
        event = TriageViewDeleted(view.programme_id, view_id=view.id)
        journal.record(session, event, actor=actor, now=now)
    session.delete(view)
    session.flush()


def choose_columns(session: Session, columns: Sequence[str] | None, *, actor: Actor) -> None:
    """Show the actor these columns from now on; None for the usual ones."""
    _own(session, actor).columns = None if columns is None else list(columns)
    session.flush()


def choose_keys(session: Session, *, has_keys: bool, actor: Actor) -> None:
    """Let single letters act on the actor's table, or not."""
    _own(session, actor).has_keys = has_keys
    session.flush()


def _own(session: Session, actor: Actor) -> Preference:
    found = queries.preference_of(session, actor)
    if found is None:
        found = Preference(person_id=actor.person_id, columns=None, has_keys=True)
        session.add(found)
    return found
