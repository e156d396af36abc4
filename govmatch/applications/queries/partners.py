"""The partners of applications, and what a person or a firm is asked to take part in."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from govmatch.accounts.models import Person
from govmatch.applications import call, rules
from govmatch.applications.consortium import THERE, counting, has_agreed, is_same, kept
from govmatch.applications.models import Application, Partner, Version
from govmatch.applications.queries.getting import TERMS, WITH_CHALLENGE, lock_call, needs_locks
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import NotFound
from govmatch.organisations.models import Firm


def partners_of(session: ReadSession, application: Application) -> list[Partner]:
    """Return everybody who was ever asked, with their firms, in the order in which they were."""
    found = select(Partner).where(Partner.application_id == application.id)
    whole = found.options(joinedload(Partner.firm)).order_by(Partner.id)
    return list(session.scalars(whole))


def counting_partners(
    session: ReadSession, application: Application, *, now: datetime
) -> list[Partner]:
    """Return the partners that count at that time."""
    return counting(partners_of(session, application), application, now)


def consortium_of(
    session: ReadSession, application: Application, *, now: datetime
) -> list[dict[str, object]]:
    """Return what a version submitted now would keep of who takes part."""
    return kept(application, counting_partners(session, application, now=now))


def partner_firms_of(session: ReadSession, application: Application) -> list[Firm]:
    """Return the firms that take part beside the lead, in the order in which they were asked."""
    if not application.partner_firms:
        return []
    found = {
        firm.id: firm
        for firm in session.scalars(select(Firm).where(Firm.id.in_(application.partner_firms)))
    }
    return [found[number] for number in application.partner_firms if number in found]


def firms_ever_asked(session: ReadSession, application_id: int) -> tuple[list[Firm], set[str]]:
    """Return the firms that were ever asked, and the names given to those asked by mail.

    For masking: a firm that declined may stand in the answers all the same.
    """
    found = select(Partner).where(Partner.application_id == application_id)
    asked = list(session.scalars(found.options(joinedload(Partner.firm))))
    return [one.firm for one in asked if one.firm is not None], {one.name for one in asked}


def get_partner(session: ReadSession, application: Application, public_id: str) -> Partner:
    """Return one partner of this application; raises `NotFound`."""
    for one in partners_of(session, application):
        if one.public_id == public_id:
            return one
    raise NotFound


def find_asked(session: ReadSession, public_id: str) -> Partner | None:
    """Return who was asked by the number in a signed link, with everything its page shows."""
    return session.scalars(_asked().where(Partner.public_id == public_id)).first()


def find_asked_to_change(session: Session, public_id: str) -> Partner | None:
    """Return the same as nobody else can change it or its application until the commit."""
    partner = find_asked(session, public_id)
    if partner is None:
        return None
    if needs_locks(session):
        lock_call(session, partner.application.challenge_id)
        held = select(Application.id).where(Application.id == partner.application_id)
        session.execute(held.with_for_update())
    fresh = _asked().where(Partner.id == partner.id).execution_options(populate_existing=True)
    return session.scalars(fresh).one()


def _asked() -> Select[Partner]:
    of_application = joinedload(Partner.application)
    return select(Partner).options(
        joinedload(Partner.firm), of_application.options(*WITH_CHALLENGE, *TERMS)
    )


def waiting_for(session: ReadSession, actor: Actor, *, now: datetime) -> list[Partner]:
    """Return what the actor is asked for and has not answered, for a firm they write for or by
    mail; that the terms of what was agreed have changed too.
    """
    if not actor.is_signed_in:
        return []
    own = select(Person.email).where(Person.id == actor.person_id).scalar_subquery()
    for_firm = Partner.firm_id.in_(sorted(rules.firms_written_by(actor)))
    by_mail = and_(Partner.address == own, Partner.firm_id.is_(None))
    found = (
        _asked()
        .join(Application, Application.id == Partner.application_id)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .where(or_(for_firm, by_mail), Partner.state.in_(THERE), Challenge.closes > now)
        .where(Application.state.in_(rules.EDITABLE), Application.emptied_at.is_(None))
        .order_by(Challenge.closes, Partner.id)
    )
    return [one for one in session.scalars(found).unique() if not has_agreed(one)]


def hold_firm(session: Session, firm_id: int) -> None:
    """Let two who put one firm into two applications to a challenge follow each other."""
    if needs_locks(session):
        session.execute(select(Firm.id).where(Firm.id == firm_id).with_for_update())


def takes_part_elsewhere(
    session: ReadSession, challenge: Challenge, firm_id: int, *, but: int | None = None
) -> bool:
    """True where a firm is a partner in another application to a challenge that allows it one."""
    key = call.single_key(challenge, firm_id)
    if key is None:
        return False
    found = select(Partner.application_id).where(Partner.single_key == key)
    return any(number != but for number in session.scalars(found))


def applies_itself(session: ReadSession, challenge: Challenge, firm_ids: Collection[int]) -> bool:
    """True where one of the firms has an application of its own that counts."""
    found = select(Application.id).where(
        Application.challenge_id == challenge.id,
        Application.firm_id.in_(sorted(firm_ids)),
        Application.state.in_(rules.COUNTING),
    )
    return session.scalars(found.limit(1)).first() is not None


def listed_firms(session: ReadSession, slugs: Collection[str]) -> list[Firm]:
    """Return the firms of these addresses in the directory, by name."""
    if not slugs:
        return []
    found = select(Firm).where(Firm.slug.in_(slugs), Firm.is_public, Firm.closed_at.is_(None))
    return list(session.scalars(found.order_by(Firm.name_key, Firm.id)))


def is_other_consortium(
    session: ReadSession, application: Application, counted: Collection[Partner]
) -> bool:
    """True where something else would be submitted now than the version says that counts."""
    if not application.current_version:
        return False
    found = select(Version.consortium).where(
        Version.application_id == application.id, Version.number == application.current_version
    )
    submitted = session.scalars(found).one()
    return any(not has_agreed(one) for one in counted) or not is_same(
        submitted, kept(application, list(counted))
    )
