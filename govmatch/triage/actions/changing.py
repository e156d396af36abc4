"""Carrying out what was planned for one application, and keeping the act so that it is undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete

from govmatch.applications.actions.moving import move as set_state
from govmatch.applications.models import State
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.triage.events import HandlerAssigned, TagsChanged
from govmatch.triage.models import Handling, Move, Tag
from govmatch.triage.rules import Change, Kind, Planned, Value


def carry_out(
    session: Session,
    planned: Planned,
    handling: Handling,
    change: Change,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Give the application what was planned; the caller has held it and asked the rule."""
    put(session, planned, handling, change.kind, planned.after, actor=actor, now=now)


def put(
    session: Session,
    planned: Planned,
    handling: Handling,
    kind: Kind,
    value: Value,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Set state, handler or tags of an application to a value, and count its revision on.

    Nothing of it is in the database before the next flush: thousands at once go in one statement.
    """
    application = planned.case.application
    match kind:
        case Kind.STATE:
            set_state(session, application, State(str(value)), actor=actor, now=now)
            handling.state_since = now
        case Kind.HANDLER:
            to = value if isinstance(value, int) else None
            event = HandlerAssigned(application.id, from_id=handling.handler_id, to_id=to)
            handling.handler_id = to
            journal.record(session, event, actor=actor, now=now)
        case Kind.TAG | Kind.UNTAG:
            _set_tags(session, planned, value, actor=actor, now=now)
    handling.revision += 1


def _set_tags(
    session: Session, planned: Planned, value: Value, *, actor: Actor, now: datetime
) -> None:
    application_id = planned.case.application.id
    wanted = set(value) if isinstance(value, list) else set()
    there = set(planned.case.tags)
    gone, fresh = sorted(there - wanted), sorted(wanted - there)
    if gone:
        session.execute(delete(Tag).where(Tag.application_id == application_id, Tag.word.in_(gone)))
    session.add_all([Tag(application_id=application_id, word=word) for word in fresh])
    event = TagsChanged(application_id, added=len(fresh), removed=len(gone))
    journal.record(session, event, actor=actor, now=now)


def keep(
    session: Session,
    change: Change,
    done: Sequence[Planned],
    handlings: Mapping[int, Handling],
    *,
    actor: Actor,
    now: datetime,
) -> Move:
    """Keep the act with what each application had before and the revision it has now."""
    made = Move(
        public_id=public_id(),
        by=actor.person_id,
        at=now,
        kind=change.kind.value,
        items=[
            {
                "application": one.case.application.id,
                "before": one.before,
                "after": one.after,
                "revision": handlings[one.case.application.id].revision,
            }
            for one in done
        ],
    )
    session.add(made)
    session.flush()
    return made
