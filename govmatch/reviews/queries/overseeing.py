"""The applications of a challenge as those see them who oversee its reviews."""

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import joinedload

from govmatch.applications import queries as applications
from govmatch.applications.models import Application
from govmatch.applications.rules import COUNTING, firms_in
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.reviews import rules


def _overseen(actor: Actor, challenge: Challenge) -> ColumnElement[bool]:
    """Whoever has a conflict, or is of the firm, oversees nothing about that application."""
    return and_(
        Application.challenge_id == challenge.id,
        Application.state.in_(sorted(COUNTING)),
        applications.with_names_to(actor),
        ~applications.own_to(actor),
    )


def applications_of(
    session: ReadSession, actor: Actor, challenge: Challenge, *, offset: int, size: int
) -> list[Application]:
    """Return one page of the applications that take part, in the order of their aliases."""
    found = select(Application).where(_overseen(actor, challenge))
    ordered = found.order_by(Application.alias, Application.id).options(
        joinedload(Application.firm)
    )
    return list(session.scalars(ordered.offset(offset).limit(size)))


def count_applications(session: ReadSession, actor: Actor, challenge: Challenge) -> int:
    found = select(func.count()).select_from(Application).where(_overseen(actor, challenge))
    return session.execute(found).scalar_one()


def assignable_to(session: ReadSession, actor: Actor, challenge: Challenge) -> list[Application]:
    """Return every application that this actor oversees and that may be given to somebody."""
    found = select(Application).where(
        _overseen(actor, challenge), Application.state.in_(sorted(rules.ASSIGNABLE))
    )
    return list(session.scalars(found.order_by(Application.alias, Application.id)))


def get_application(
    session: ReadSession, actor: Actor, challenge: Challenge, public_id: str
) -> Application:
    """Return one of them, also one that was withdrawn since; raises `NotFound`."""
    application = applications.get_visible(session, actor, public_id)
    ways = applications.ways_of(session, actor, [application])
    is_theirs = not actor.objects("firm").isdisjoint(firms_in(application))
    if application.challenge_id != challenge.id or is_theirs or ways[application.id] != "full":
        raise NotFound
    return application
