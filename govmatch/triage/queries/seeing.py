"""Which applications stand in triage for whom: in SQL as `rules.may_read` decides on each."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from govmatch.accounts.models import Role
from govmatch.applications import queries as applications
from govmatch.applications.models import Access, Application, How, Partner, State
from govmatch.applications.rules import READERS, firms_of
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import NotFound
from govmatch.triage import rules


def challenges_of(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for the challenges that the actor runs, owns or audits."""
    if not actor.is_signed_in:
        return false()
    if actor.holds(Role.AUDITOR):
        return true()
    return or_(
        Challenge.programme_id.in_(sorted(actor.objects("programme", *READERS["programme"]))),
        Challenge.authority_id.in_(sorted(actor.objects("authority", *READERS["authority"]))),
    )


def counted_of(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for the challenges whose figures the actor reads: administrators all.

    What stands in their applications, and who assesses them, is not among the figures.
    """
    return true() if actor.holds(Role.ADMINISTRATOR) else challenges_of(actor)


def readable_to(actor: Actor) -> ColumnElement[bool]:
    """Narrow a selection of applications to what the actor reads in triage.

    Opened ones of those challenges, but what a conflict of interest closes, and what is of a firm
    of the actor's own.
    """
    theirs = applications.in_challenges(challenges_of(actor))
    return and_(applications.visible_to(actor), ~applications.own_to(actor), theirs)


def readable_in(actor: Actor, cases: ColumnElement[bool]) -> ColumnElement[bool]:
    """Narrow as `readable_to` does, and to challenges that meet a condition; for counting many.

    Begins with the challenges: a few lists of ids where `readable_to` looks up each application's
    challenge three times. It reads no column that lies behind the answers unless it has to.
    """
    return _opened_in(actor, and_(challenges_of(actor), cases))


def countable_in(actor: Actor, cases: ColumnElement[bool]) -> ColumnElement[bool]:
    """Narrow in the same way to what the actor counts, which they need not be able to read."""
    return _opened_in(actor, and_(counted_of(actor), cases))


def _opened_in(actor: Actor, cases: ColumnElement[bool]) -> ColumnElement[bool]:
    opened = select(Challenge.id).where(Challenge.opened_at.is_not(None), cases)
    closed = select(Access.application_id).where(
        Access.person_id == (actor.person_id or 0), Access.how == How.CLOSED
    )
    conditions = [
        Application.challenge_id.in_(opened),
        Application.state != State.DRAFT,
        or_(
            Application.state != State.WITHDRAWN,
            Application.alias.is_not(None),
            applications.in_challenges(Challenge.opened_at <= Application.withdrawn_at),
        ),
        Application.id.not_in(closed),
    ]
    if firms := firms_of(actor):
        conditions.append(Application.firm_id.not_in(sorted(firms)))
        conditions.append(~applications.with_partner(Partner.firm_id.in_(sorted(firms))))
    return and_(*conditions)


def get_readable(session: ReadSession, actor: Actor, public_id: str) -> Application:
    """Return one application as triage reads it, in full; raises `NotFound` for every other."""
    application = applications.get_visible(session, actor, public_id)
    if not rules.may_read(actor, application):
        raise NotFound
    return application


def get_to_change(session: Session, actor: Actor, public_id: str) -> Application:
    """Return the same as nobody else can change it until the transaction ends."""
    found = to_change(session, actor, [public_id])
    if not found:
        raise NotFound
    return found[0]


def to_change(session: Session, actor: Actor, public_ids: Collection[str]) -> list[Application]:
    """Return those of the applications that the actor reads in triage, locked, in their order."""
    found = applications.visible_to_change(
        session, actor, public_ids, with_answers=len(public_ids) == 1
    )
    return [application for application in found if rules.may_read(actor, application)]


def closed_among(
    session: ReadSession, person_id: int | None, ids: Collection[int]
) -> frozenset[int]:
    """Return those of the applications that a conflict of interest closes to a person."""
    found = select(Access.application_id).where(
        Access.person_id == person_id,
        Access.how == How.CLOSED,
        Access.application_id.in_(sorted(ids)),
    )
    return frozenset(session.scalars(found)) if ids else frozenset()


def in_order(found: Sequence[Application], public_ids: Sequence[str]) -> list[Application]:
    """Return the applications in the order in which they were asked for."""
    by_id = {application.public_id: application for application in found}
    return [by_id[one] for one in dict.fromkeys(public_ids) if one in by_id]
