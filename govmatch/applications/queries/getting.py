"""One application by its public id: the only ways to get it, each with a right and a lock."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import defer, joinedload, selectinload

from govmatch.applications.models import Application
from govmatch.applications.queries.visible import own_to, visible_to
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import NotFound

WITH_CHALLENGE = (
    joinedload(Application.firm),
    joinedload(Application.challenge).joinedload(Challenge.authority),
    joinedload(Application.challenge).selectinload(Challenge.texts),
)
TERMS = (
    joinedload(Application.challenge).joinedload(Challenge.programme),
    joinedload(Application.challenge).joinedload(Challenge.version),
)

OF_MANY = (
    defer(Application.answers),
    selectinload(Application.firm),
    selectinload(Application.challenge).joinedload(Challenge.authority),
    selectinload(Application.challenge).joinedload(Challenge.programme),
    selectinload(Application.challenge).joinedload(Challenge.version),
)
"""Each challenge is read once: joined, its long texts would be taken apart for every row."""


def get_visible(session: ReadSession, actor: Actor, public_id: str) -> Application:
    """Return one application that the actor may see; raises `NotFound` for every other.

    Whether with names or without, `how_of` says.
    """
    return _one(session, public_id, visible_to(actor))


def get_own(session: ReadSession, actor: Actor, public_id: str) -> Application:
    """Return an application of a firm of the actor's; raises `NotFound` for every other."""
    return _one(session, public_id, own_to(actor))


def get_own_to_change(session: Session, actor: Actor, public_id: str) -> Application:
    """Return an application of a firm of the actor's as nobody else can change it now.

    Its challenge and then its row are locked until the transaction ends, so that two people who
    save follow each other, and so that neither dates nor opening change between check and commit.
    """
    _hold(session, [public_id], own_to(actor))
    return _one(session, public_id, own_to(actor), is_fresh=True)


def get_visible_to_change(session: Session, actor: Actor, public_id: str) -> Application:
    """Return an application that the actor may see as nobody else can change it now.

    Locked as in `get_own_to_change`, so that an act of staff and one of the firm's follow each
    other; raises `NotFound` where the actor may not see it.
    """
    _hold(session, [public_id], visible_to(actor))
    return _one(session, public_id, visible_to(actor), is_fresh=True)


def visible_to_change(
    session: Session, actor: Actor, public_ids: Collection[str], *, with_answers: bool = True
) -> list[Application]:
    """Return those of the applications that the actor may see, locked, in the order of their ids.

    Without their answers, which are long, an act on thousands of them is done in seconds.

    For acts on many at once: whoever acts on some of the same waits, and nobody waits in a circle,
    since rows are locked in one order.
    """
    _hold(session, public_ids, visible_to(actor))
    found = select(Application).where(Application.public_id.in_(public_ids), visible_to(actor))
    around = (*WITH_CHALLENGE, *TERMS) if with_answers else OF_MANY
    ordered = found.options(*around).order_by(Application.id)
    return list(session.scalars(ordered.execution_options(populate_existing=True)))


def _hold(session: Session, public_ids: Collection[str], condition: ColumnElement[bool]) -> None:
    """Lock the challenges, then the rows, both in the order of their ids."""
    if not needs_locks(session):
        return
    wanted = Application.public_id.in_(public_ids)
    calls = select(Application.challenge_id).where(wanted, condition).distinct()
    for challenge_id in sorted(session.scalars(calls)):
        lock_call(session, challenge_id)
    rows = select(Application.id).where(wanted, condition).order_by(Application.id)
    session.execute(rows.with_for_update(of=Application))


def lock_call(session: Session, challenge_id: int) -> None:
    """Keep a challenge as it is until the transaction ends, while others may do so too."""
    if needs_locks(session):
        held = select(Challenge).where(Challenge.id == challenge_id).with_for_update(read=True)
        # Only a row that is fetched is read anew.
        session.scalars(held.execution_options(populate_existing=True)).all()


def needs_locks(session: Session) -> bool:
    """SQLite has one writer at a time, so whoever writes is alone already."""
    return session.get_bind().dialect.name == "postgresql"


def _one(
    session: ReadSession, public_id: str, condition: ColumnElement[bool], *, is_fresh: bool = False
) -> Application:
    found = select(Application).where(Application.public_id == public_id, condition)
    whole = found.options(*WITH_CHALLENGE, *TERMS)
    application = session.scalars(whole.execution_options(populate_existing=is_fresh)).first()
    if application is None:
        raise NotFound
    return application
