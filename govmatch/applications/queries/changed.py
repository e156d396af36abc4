"""What changed in a challenge since an application to it, and whether its firm has confirmed."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from govmatch.applications.models import Application, Confirmation, State, Version
from govmatch.applications.queries.visible import own_to
from govmatch.challenges.models import Amendment, Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class Changed:
    """Changes of its challenge since an application, newest first.

    Since the version that counts was submitted; for a draft since it was begun. `to_confirm` are
    those of them that ask to be confirmed and were not, `confirmed` what the firm has confirmed.
    """

    amendments: list[Amendment]
    to_confirm: list[Amendment]
    confirmed: list[Confirmation]


def changed(session: ReadSession, application: Application) -> Changed:
    found = select(Amendment).where(Amendment.challenge_id == application.challenge_id)
    version = _counting(session, application)
    if version is None:
        found = found.where(Amendment.at >= application.created_at)
        since = list(session.scalars(found.order_by(Amendment.id.desc())))
        return Changed(since, [], [])
    found = found.where(Amendment.id > (version.amendment_id or 0))
    since = list(session.scalars(found.order_by(Amendment.id.desc())))
    confirmed = confirmations(session, version)
    last = max((one.amendment_id for one in confirmed), default=0)
    waiting = [one for one in since if one.asks_confirmation and one.id > last]
    return Changed(since, waiting, confirmed)


def _counting(session: ReadSession, application: Application) -> Version | None:
    found = select(Version).where(
        Version.application_id == application.id,
        Version.number == application.current_version,
    )
    return session.scalars(found).first()


def confirmations(session: ReadSession, version: Version) -> list[Confirmation]:
    """Return after which changes a version was confirmed, oldest first."""
    found = select(Confirmation).where(Confirmation.version_id == version.id)
    whole = found.options(joinedload(Confirmation.amendment)).order_by(Confirmation.id)
    return list(session.scalars(whole))


def is_unconfirmed() -> ColumnElement[bool]:
    """Narrow a selection of applications to those that a change still asks to be confirmed."""
    later = exists().where(
        Confirmation.version_id == Version.id, Confirmation.amendment_id >= Amendment.id
    )
    return (
        exists()
        .where(
            Version.application_id == Application.id,
            Version.number == Application.current_version,
            Amendment.challenge_id == Application.challenge_id,
            Amendment.asks_confirmation.is_(True),
            Amendment.id > func.coalesce(Version.amendment_id, 0),
            ~later,
        )
        .correlate(Application)
    )


def unconfirmed(session: ReadSession, ids: Collection[int] | None) -> set[int]:
    """Return the applications, all or those of the ids, not confirmed after a change.

    Only challenges that were changed so are looked at, of which there are few.
    """
    if ids is not None and not ids:
        return set()
    asking = select(Amendment.challenge_id).where(Amendment.asks_confirmation.is_(True))
    found = select(Application.id).where(Application.challenge_id.in_(asking), is_unconfirmed())
    if ids is not None:
        found = found.where(Application.id.in_(sorted(ids)))
    return set(session.scalars(found))


def to_confirm(session: ReadSession, actor: Actor) -> set[int]:
    """Return the submitted applications of the actor's firms that wait to be confirmed."""
    found = select(Application.id).where(
        own_to(actor), Application.state == State.SUBMITTED, is_unconfirmed()
    )
    return set(session.scalars(found))


def of_challenge(session: ReadSession, challenge_id: int) -> list[Application]:
    """Return every application to a challenge, for telling their firms what changed."""
    found = select(Application).where(Application.challenge_id == challenge_id)
    texts = joinedload(Application.challenge).selectinload(Challenge.texts)
    whole = found.options(texts, joinedload(Application.firm)).order_by(Application.id)
    return list(session.scalars(whole))
