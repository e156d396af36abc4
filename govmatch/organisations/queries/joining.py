"""Requests to join firms, and which firm somebody may want to join. `real_now` as for roles."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.accounts.queries.holding import in_force
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.organisations import rules
from govmatch.organisations.mail_domains import own_domain
from govmatch.organisations.models import Firm, JoinRequest, JoinState

OPEN_FOR = timedelta(days=30)
"""A request that nobody answers in this time is over: who asked may have left long ago."""
MOST_SUGGESTED = 5


def is_open(real_now: datetime) -> ColumnElement[bool]:
    return (JoinRequest.state == JoinState.ASKED) & (JoinRequest.asked_at > real_now - OPEN_FOR)


def join_requests_of(session: ReadSession, firm: Firm, *, real_now: datetime) -> list[JoinRequest]:
    """Return who waits to be let into a firm, oldest first; who belongs to it by now is left out.

    One statement, the people loaded.
    """
    belongs = exists().where(
        RoleRow.person_id == JoinRequest.person_id,
        RoleRow.object_kind == "firm",
        RoleRow.object_id == JoinRequest.firm_id,
        in_force(real_now),
    )
    found = (
        select(JoinRequest)
        .join(JoinRequest.person)
        .options(contains_eager(JoinRequest.person))
        .where(JoinRequest.firm_id == firm.id, is_open(real_now), ~belongs)
        .where(Person.disabled_at.is_(None))
        .order_by(JoinRequest.id)
    )
    return list(session.scalars(found))


def get_join_request(
    session: ReadSession, firm: Firm, public_id: str, *, real_now: datetime
) -> JoinRequest:
    """Return an open request to this firm; raises `NotFound` for that of any other firm."""
    for request in join_requests_of(session, firm, real_now=real_now):
        if request.public_id == public_id:
            return request
    raise NotFound


def own_join_requests(
    session: ReadSession, actor: Actor, *, real_now: datetime
) -> list[JoinRequest]:
    """Return what the actor has asked for and nobody has answered, newest first."""
    found = (
        select(JoinRequest)
        .options(joinedload(JoinRequest.firm))
        .where(JoinRequest.person_id == actor.person_id, is_open(real_now))
        .order_by(JoinRequest.id.desc())
    )
    own = actor.objects("firm")
    return [one for one in session.scalars(found) if one.firm_id not in own]


def last_request(session: ReadSession, firm: Firm, person_id: int) -> JoinRequest | None:
    """Return what a person asked this firm last, whatever became of it."""
    found = select(JoinRequest).where(
        JoinRequest.firm_id == firm.id, JoinRequest.person_id == person_id
    )
    return session.scalars(found.order_by(JoinRequest.id.desc())).first()


def firms_of_colleagues(
    session: ReadSession, person: Person, *, content_dir: Path, real_now: datetime
) -> list[Firm]:
    """Return open firms led by people whose verified address has the domain of this person's.

    Nothing for an address at a provider of mail for everybody. Firms of the person's own are left
    out; listed ones come first.
    """
    domain = own_domain(person.email, content_dir)
    if not domain:
        return []
    leads = (
        select(RoleRow.object_id)
        .join(Person, Person.id == RoleRow.person_id)
        .where(
            RoleRow.object_kind == "firm",
            RoleRow.role == Role.LEAD,
            in_force(real_now),
            Person.email.endswith(f"@{domain}", autoescape=True),
            Person.disabled_at.is_(None),
        )
    )
    own = select(RoleRow.object_id).where(
        RoleRow.object_kind == "firm", RoleRow.person_id == person.id, in_force(real_now)
    )
    found = (
        select(Firm)
        .where(Firm.id.in_(leads), Firm.id.not_in(own), Firm.closed_at.is_(None))
        .order_by(Firm.is_public.desc(), Firm.name_key, Firm.id)
        .limit(MOST_SUGGESTED)
    )
    return list(session.scalars(found))


def get_joinable_firm(
    session: ReadSession, actor: Actor, slug: str, *, content_dir: Path, real_now: datetime
) -> Firm:
    """Return the firm that the actor may ask to join, or belongs to already.

    Raises `NotFound` for one that is not listed unless a colleague by the domain leads it, so that
    nobody finds out by asking that a firm is here.
    """
    firm = session.scalars(select(Firm).where(Firm.slug == slug)).first()
    if firm is None or actor.person_id is None:
        raise NotFound
    if rules.is_listed(firm) or rules.is_member(actor, firm):
        return firm
    person = session.get_one(Person, actor.person_id)
    near = firms_of_colleagues(session, person, content_dir=content_dir, real_now=real_now)
    if firm not in near:
        raise NotFound
    return firm
