"""Which needs somebody may see: the rule `may_see` once more, in SQL."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from govmatch.accounts.models import Role
from govmatch.kit.actor import SITE, Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.needs.models import Need
from govmatch.needs.rules import READERS
from govmatch.organisations.rules import EDITORS


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for what this actor may see; the same as `rules.may_see`."""
    if actor.holds(Role.AUDITOR, SITE):
        return true()
    conditions: list[ColumnElement[bool]] = [Need.hidden_at.is_(None)]
    if actor.person_id is not None:
        conditions.append(Need.by == actor.person_id)
    if firms := actor.objects("firm", *EDITORS):
        conditions.append(Need.firm_id.in_(firms))
    if programmes := actor.objects("programme", *READERS):
        conditions.append(Need.programme_id.in_(programmes))
    return or_(*conditions)


def get_visible(session: ReadSession, *, actor: Actor, public_id: str) -> Need:
    """Return the need with its words, authority, firm and programme.

    Raises `NotFound` where there is none, or none for this actor.
    """
    found = session.scalars(
        select(Need)
        .options(
            joinedload(Need.authority),
            joinedload(Need.programme),
            joinedload(Need.firm),
            selectinload(Need.texts),
        )
        .where(Need.public_id == public_id, visible_to(actor))
    ).first()
    if found is None:
        raise NotFound
    return found


def visible_among(session: ReadSession, ids: Iterable[int], *, actor: Actor) -> set[int]:
    """Return which of these needs the actor may see."""
    wanted = select(Need.id).where(Need.id.in_(list(ids)), visible_to(actor))
    return set(session.scalars(wanted))


def by_ids(session: ReadSession, ids: Iterable[int], *, actor: Actor) -> dict[int, Need]:
    """Return those of these needs that the actor may see, with words and authority, by id."""
    found = (
        select(Need)
        .options(joinedload(Need.authority), selectinload(Need.texts))
        .where(Need.id.in_(list(ids)), visible_to(actor))
    )
    return {need.id: need for need in session.scalars(found)}


def with_texts(session: ReadSession, need_id: int) -> Need | None:
    """Return a need for the background, whoever may see it."""
    found = (
        select(Need)
        .options(joinedload(Need.authority), joinedload(Need.firm), selectinload(Need.texts))
        .where(Need.id == need_id)
    )
    return session.scalars(found).first()


def where_it_went(session: ReadSession, need: Need) -> list[Need]:
    """Return the needs into which this one was merged, step by step; the last one is where its
    voices are. None where it was not merged.
    """
    steps, seen, found = list[Need](), {need.id}, need
    while found.merged_into_id is not None and found.merged_into_id not in seen:
        seen.add(found.merged_into_id)
        after = with_texts(session, found.merged_into_id)
        if after is None:
            break
        found = after
        steps.append(found)
    return steps


def merged_into(session: ReadSession, need: Need, *, actor: Actor) -> list[Need]:
    """Return what was merged into a need, the oldest first."""
    found = (
        select(Need)
        .options(selectinload(Need.texts))
        .where(Need.merged_into_id == need.id, visible_to(actor))
        .order_by(Need.id)
    )
    return list(session.scalars(found))
