"""What lies on the desks of authorities and programmes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.queries.people import own_approvers
from govmatch.challenges.rules import may_approve, may_publish
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession


def find_by_slug(session: ReadSession, slug: str) -> Challenge | None:
    """Return a challenge whoever asks; for commands and files, never for a page."""
    return session.scalars(select(Challenge).where(Challenge.slug == slug)).first()


def on_desk(
    session: ReadSession, actor: Actor, *, offset: int = 0, size: int = 50
) -> list[Challenge]:
    """Return the challenges of the actor's authorities and programmes, latest change first."""
    found = _with_words(select(Challenge).where(_theirs(actor)))
    ordered = found.order_by(Challenge.updated_at.desc(), Challenge.id.desc())
    return list(session.scalars(ordered.offset(offset).limit(size)))


def waiting_for(session: ReadSession, actor: Actor, *, now: datetime) -> list[Challenge]:
    """Return what this actor may approve or publish now, longest waiting first."""
    states = [State.IN_REVIEW.value, State.APPROVED.value]
    found = select(Challenge).where(_theirs(actor), Challenge.state.in_(states))
    rows = session.scalars(_with_words(found).order_by(Challenge.updated_at, Challenge.id))
    return [one for one in rows if _is_next_step(session, actor, one, now)]


def returned_to(session: ReadSession, actor: Actor) -> list[Challenge]:
    """Return what was sent back to the authorities for which the actor writes, latest first."""
    authorities = actor.objects("authority", Role.STAFF)
    found = select(Challenge).where(
        Challenge.authority_id.in_(authorities), Challenge.state == State.RETURNED.value
    )
    return list(session.scalars(_with_words(found).order_by(Challenge.updated_at.desc())))


def _is_next_step(session: ReadSession, actor: Actor, challenge: Challenge, now: datetime) -> bool:
    if challenge.state == State.APPROVED:
        return bool(may_publish(actor, challenge))
    own = own_approvers(session, challenge, now=now)
    return bool(may_approve(actor, challenge, own_approvers=own))


def _theirs(actor: Actor) -> ColumnElement[bool]:
    conditions: Sequence[ColumnElement[bool]] = [
        Challenge.authority_id.in_(actor.objects("authority")),
        Challenge.programme_id.in_(actor.objects("programme")),
    ]
    return or_(false(), *conditions)


def _with_words(found: Select[Challenge]) -> Select[Challenge]:
    return found.options(
        joinedload(Challenge.authority),
        joinedload(Challenge.programme),
        selectinload(Challenge.texts),
    )
