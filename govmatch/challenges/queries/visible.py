"""Which challenges somebody may see: the rule `may_see` once more, in SQL."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from govmatch.accounts.models import Role
from govmatch.challenges.models import AFTER_PUBLICATION, Challenge
from govmatch.challenges.rules.may import READERS_OF_PROGRAMME
from govmatch.kit.actor import SITE, Actor
from govmatch.kit.content import is_files
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound

_PUBLIC_STATES = tuple(sorted(state.value for state in AFTER_PUBLICATION))


def public_at(now: datetime) -> ColumnElement[bool]:
    """Return the condition for what everybody may read at `now`."""
    return Challenge.published_at.is_not(None) & (
        (Challenge.published_at <= now) & Challenge.state.in_(_PUBLIC_STATES)
    )


def visible_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return the condition for what this actor may see at `now`; the same as `rules.may_see`."""
    if actor.holds(Role.AUDITOR, SITE) or is_files(actor):
        return true()
    conditions = [public_at(now)]
    if authorities := actor.objects("authority"):
        conditions.append(Challenge.authority_id.in_(authorities))
    if programmes := actor.objects("programme", *READERS_OF_PROGRAMME):
        conditions.append(Challenge.programme_id.in_(programmes))
    return or_(*conditions)


def get_visible(session: ReadSession, *, actor: Actor, now: datetime, slug: str) -> Challenge:
    """Return the challenge with its words, terms, authority and programme.

    Raises `NotFound` where there is none, or none for this actor.
    """
    found = session.scalars(
        select(Challenge)
        .options(
            joinedload(Challenge.authority),
            joinedload(Challenge.programme),
            joinedload(Challenge.version),
            joinedload(Challenge.round),
            selectinload(Challenge.texts),
            selectinload(Challenge.terms),
        )
        .where(Challenge.slug == slug, visible_to(actor, now))
    ).first()
    if found is None:
        raise NotFound
    return found


def visible_among(
    session: ReadSession, ids: Iterable[int], *, actor: Actor, now: datetime
) -> set[int]:
    """Return which of these challenges the actor may see."""
    wanted = select(Challenge.id).where(Challenge.id.in_(list(ids)), visible_to(actor, now))
    return set(session.scalars(wanted))
