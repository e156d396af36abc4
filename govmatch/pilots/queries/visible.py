"""Which pilots somebody may see: the rule `sight` once more, in SQL."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.orm import joinedload

from govmatch.accounts.models import Role
from govmatch.applications.models import Access, How, Partner, PartnerState
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import SITE, Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.records import dataclass
from govmatch.pilots import rules
from govmatch.pilots.models import Pilot


@dataclass(frozen=True)
class Seen:
    """A pilot and how much of it the reader sees."""

    pilot: Pilot
    sight: rules.Sight


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for what this actor may see; the same as `rules.sight` is not None."""
    own = Pilot.firm_id.in_(actor.objects("firm", *rules.INSIDERS, Role.FINANCE))
    return or_(own, _as_partner(actor), _by_office(actor) & ~_is_closed(actor))


def _as_partner(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for pilots of an application that a firm of the actor joined."""
    firms = actor.objects("firm", *rules.INSIDERS)
    if not firms:
        return false()
    theirs = select(Partner.application_id).where(
        Partner.firm_id.in_(firms), Partner.state == PartnerState.ACCEPTED
    )
    return Pilot.application_id.in_(theirs)


def _by_office(actor: Actor) -> ColumnElement[bool]:
    if actor.holds(Role.AUDITOR, SITE):
        return true()
    authorities = actor.objects("authority", *rules.READERS_OF_AUTHORITY, Role.FINANCE)
    programmes = actor.objects("programme", *rules.READERS_OF_PROGRAMME)
    # Looked up for each pilot: as a list, SQLite would make it anew from every challenge there is.
    theirs = exists().where(
        Challenge.id == Pilot.challenge_id,
        or_(Challenge.authority_id.in_(authorities), Challenge.programme_id.in_(programmes)),
    )
    mentored = Pilot.id.in_(actor.objects("pilot", Role.MENTOR))
    return or_(theirs.correlate(Pilot), mentored)


def _is_closed(actor: Actor) -> ColumnElement[bool]:
    closed = select(Access.application_id).where(
        Access.person_id == (actor.person_id or 0), Access.how == How.CLOSED
    )
    return Pilot.application_id.in_(closed)


def get_visible(session: ReadSession, actor: Actor, public_id: str) -> Seen:
    """Return the pilot with its challenge, firm and application; raises `NotFound`."""
    challenge = joinedload(Pilot.challenge)
    found = session.execute(
        select(Pilot, _is_closed(actor))
        .options(
            challenge.joinedload(Challenge.authority),
            challenge.joinedload(Challenge.version),
            challenge.joinedload(Challenge.programme),
            challenge.selectinload(Challenge.texts),
            joinedload(Pilot.firm),
            joinedload(Pilot.application),
        )
        .where(Pilot.public_id == public_id, visible_to(actor))
    ).first()
    if found is None:
        raise NotFound
    sight = rules.sight(actor, found[0], is_closed=bool(found[1]))
    if sight is None:
        raise NotFound
    return Seen(found[0], sight)


def visible_among(session: ReadSession, ids: Iterable[int], *, actor: Actor) -> set[int]:
    """Return those of the ids whose pilots this reader may see."""
    found = select(Pilot.id).where(Pilot.id.in_(list(ids)), visible_to(actor))
    return set(session.scalars(found))


def indexed_ids(session: ReadSession) -> list[int]:
    return list(session.scalars(select(Pilot.id).order_by(Pilot.id)))


def of_application(session: ReadSession, application_id: int) -> list[int]:
    """Return the ids of the pilots that were made from an application."""
    return list(session.scalars(select(Pilot.id).where(Pilot.application_id == application_id)))


def of_firm(session: ReadSession, firm_id: int) -> list[int]:
    return list(session.scalars(select(Pilot.id).where(Pilot.firm_id == firm_id)))


def with_texts(session: ReadSession, pilot_id: int) -> Pilot | None:
    """Return one pilot with its challenge's texts, for work in the background."""
    challenge = joinedload(Pilot.challenge)
    found = (
        select(Pilot)
        .options(
            challenge.joinedload(Challenge.authority),
            challenge.selectinload(Challenge.texts),
            joinedload(Pilot.firm),
            joinedload(Pilot.application),
        )
        .where(Pilot.id == pilot_id)
    )
    return session.scalars(found).first()


def closed_to(session: ReadSession, pilot: Pilot) -> frozenset[int]:
    """Return the people to whom it is closed for a conflict of interest."""
    found = select(Access.person_id).where(
        Access.application_id == pilot.application_id, Access.how == How.CLOSED
    )
    return frozenset(session.scalars(found))
