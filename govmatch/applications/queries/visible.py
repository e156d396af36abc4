"""Who sees which applications, in SQL: the same answers as `rules.how`, for lists and counts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from govmatch.accounts.models import Role
from govmatch.applications import rules
from govmatch.applications.models import Access, Application, How, Partner, PartnerState, State
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession


def own_to(actor: Actor) -> ColumnElement[bool]:
    """Narrow a selection to what the actor's firms lead or take part in as partners."""
    firms = sorted(rules.firms_of(actor))
    theirs: ColumnElement[bool] = Application.firm_id.in_(firms)
    if firms:
        theirs = or_(theirs, with_partner(Partner.firm_id.in_(firms)))
    return and_(theirs, Application.emptied_at.is_(None))


def with_partner(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Narrow a selection to applications with a partner that agreed and meets a condition."""
    agreed = Partner.state == PartnerState.ACCEPTED
    return Application.id.in_(select(Partner.application_id).where(agreed, condition))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Narrow a selection of applications as `rules.how` decides on each."""
    if not actor.is_signed_in:
        return own_to(actor)
    beyond = or_(_run_by(actor), _with_row(actor, How.FULL, How.BLIND))
    return or_(own_to(actor), and_(_opened(), ~_with_row(actor, How.CLOSED), beyond))


def with_names_to(actor: Actor) -> ColumnElement[bool]:
    """Narrow a selection to what the actor sees in full; the others see it as "Applicant n"."""
    if not actor.is_signed_in:
        return own_to(actor)
    beyond = or_(_run_by(actor), _with_row(actor, How.FULL))
    return or_(own_to(actor), and_(_opened(), ~_with_row(actor, How.CLOSED), beyond))


def _opened() -> ColumnElement[bool]:
    """What the opening found: neither drafts nor what was withdrawn before it."""
    opened = in_challenges(Challenge.opened_at.is_not(None))
    in_time = in_challenges(Challenge.opened_at <= Application.withdrawn_at)
    was_there = or_(Application.state != State.WITHDRAWN, Application.alias.is_not(None), in_time)
    is_there = Application.emptied_at.is_(None)
    return and_(opened, is_there, Application.state != State.DRAFT, was_there)


def _run_by(actor: Actor) -> ColumnElement[bool]:
    """Applications to challenges that the actor runs, owns or audits."""
    if actor.holds(Role.AUDITOR):
        return true()
    programmes = actor.objects("programme", *rules.READERS["programme"])
    authorities = actor.objects("authority", *rules.READERS["authority"])
    return in_challenges(
        or_(
            Challenge.programme_id.in_(sorted(programmes)),
            Challenge.authority_id.in_(sorted(authorities)),
        )
    )


def in_challenges(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Narrow a selection of applications to those whose challenge meets a condition.

    Looked up for each application that is selected: as a list of ids, SQLite would make it anew
    from every challenge there is.
    """
    found = exists().where(Challenge.id == Application.challenge_id, condition)
    return found.correlate(Application)  # also where the selection joins challenges itself


def _with_row(actor: Actor, *ways: How) -> ColumnElement[bool]:
    rows = select(Access.application_id).where(
        Access.person_id == actor.person_id, Access.how.in_(ways)
    )
    return Application.id.in_(rows)


def access_of(
    session: ReadSession, actor: Actor, applications: Iterable[Application]
) -> dict[int, How]:
    """Return by application id what the table of access says of the actor, `CLOSED` included.

    What that means together with roles and states, `rules.how` says; or ask `ways_of`.
    """
    ids = {application.id for application in applications}
    if not ids or not actor.is_signed_in:
        return {}
    found = select(Access.application_id, Access.how).where(Access.person_id == actor.person_id)
    rows = session.execute(found.where(Access.application_id.in_(sorted(ids))))
    return {row.application_id: How(row.how) for row in rows}


def ways_of(
    session: ReadSession, actor: Actor, applications: Iterable[Application]
) -> dict[int, How]:
    """Return by application id how the actor sees it, full or blind; nothing for unseen ones."""
    asked = list(applications)
    access = access_of(session, actor, asked)
    ways = {one.id: rules.how(actor, one, access.get(one.id)) for one in asked}
    return {number: how for number, how in ways.items() if how is not None}


def how_of(session: ReadSession, actor: Actor, application: Application) -> How | None:
    """Return how the actor sees one loaded application: full, blind, or not at all."""
    return ways_of(session, actor, [application]).get(application.id)


def visible_among(
    session: ReadSession, ids: Iterable[int], *, actor: Actor, now: datetime
) -> set[int]:
    """Return those of the ids whose applications this reader may see and find.

    Drafts and withdrawn ones are found by nobody.
    """
    return _among(session, ids, visible_to(actor), now)


def own_among(session: ReadSession, ids: Iterable[int], *, actor: Actor, now: datetime) -> set[int]:
    """Return those of the ids that a firm of the reader's sent in and that count."""
    return _among(session, ids, own_to(actor), now)


def named_among(
    session: ReadSession, ids: Iterable[int], *, actor: Actor, now: datetime
) -> set[int]:
    """Return those of the ids that the reader may find with names and full text."""
    return _among(session, ids, with_names_to(actor), now)


def _among(
    session: ReadSession, ids: Iterable[int], condition: ColumnElement[bool], now: datetime
) -> set[int]:
    found = select(Application.id).where(
        Application.id.in_(list(ids)),
        Application.state.in_(rules.COUNTING),
        Application.submitted_at <= now,
        condition,
    )
    return set(session.scalars(found))


def people_with(session: ReadSession, application_id: int) -> dict[int, How]:
    """Return by person id what the table of access says about one application."""
    found = select(Access.person_id, Access.how).where(Access.application_id == application_id)
    return {row.person_id: How(row.how) for row in session.execute(found)}
