"""Asking firms to take part, their answers, and the shares. The caller has locked the application.

Nobody takes part by somebody else's word: a firm is in from the moment when one of its own people
says yes, and on other terms than it said yes to only once it has said so again.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from govmatch.accounts.rules import canonical_email
from govmatch.applications import call, partner_rules, queries
from govmatch.applications.actions.hindrances import gates_of_firm
from govmatch.applications.consortium import (
    LONGEST_PART,
    counting,
    has_agreed,
    is_there,
    lead_share,
    seen,
    terms,
)
from govmatch.applications.events import (
    PartnerAccepted,
    PartnerDeclined,
    PartnerInvited,
    PartnerLeft,
    PartnerRemoved,
    SharesChanged,
)
from govmatch.applications.models import Application, LateCode, Partner, PartnerState
from govmatch.kit import journal
from govmatch.kit.actor import Actor, Held
from govmatch.kit.asking import require
from govmatch.kit.db import Session, canonical_json
from govmatch.kit.errors import Conflict, Gone, Invalid, NotAllowed
from govmatch.kit.i18n import Lang, msg
from govmatch.kit.ids import digest, public_id
from govmatch.kit.limits import Limit, spend
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm

HOUR = timedelta(hours=1)
BY_APPLICATION = Limit("partners_by_application", 20, HOUR)
TO_ONE = Limit("partners_asked", 5, HOUR)
"""Invitations to one address or firm, whoever sends them."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom the lead asks: a firm from the directory, or an address and what it calls the firm."""

    firm: Firm | None = None
    address: str = ""
    name: str = ""
    share: int
    part: str


def invite(
    session: Session,
    application: Application,
    asked: Asked,
    *,
    lang: Lang,
    held: Collection[Held],
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Partner:
    """Ask a firm to take part with a share, which the lead gives from its own.

    Refused after the deadline, to partners, and beyond as many as the programme allows. Raises
    `Invalid` by field for what is wrong, `TooMany` for too many invitations within an hour.
    """
    partners = queries.partners_of(session, application)
    require(partner_rules.may_invite(actor, application, partners, held=held, now=now))
    address = _checked(application, partners, asked)
    spend(session, BY_APPLICATION, str(application.id), now=real_now)
    to = address or f"firm:{asked.firm.id if asked.firm else ''}"
    spend(session, TO_ONE, to, now=real_now)
    partner = Partner(
        public_id=public_id(),
        application=application,
        firm=asked.firm,
        name=asked.name if asked.firm is None else "",
        address=address,
        lang=lang,
        state=PartnerState.INVITED.value,
        share=asked.share,
        part=asked.part,
        invited_by=actor.person_id,
        invited_at=now,
    )
    session.add(partner)
    _changed(session, application, now=now)
    event = PartnerInvited(application.id, partner_id=partner.id)
    journal.record(session, event, actor=actor, now=now)
    return partner


def _checked(application: Application, partners: list[Partner], asked: Asked) -> str:
    """Return the address in its one form; raises `Invalid` for what is wrong with an invitation."""
    there = [one for one in partners if is_there(one)]
    errors = {}
    address = ""
    if asked.firm is not None:
        if asked.firm.id == application.firm_id:
            errors["firm"] = msg("This is the firm that leads.")
        elif any(one.firm_id == asked.firm.id for one in there):
            errors["firm"] = msg("This firm is asked already.")
    else:
        address = canonical_email(asked.address) or ""
        if not address:
            errors["email"] = msg("Please enter an e-mail address such as name@example.org.")
        elif any(one.address == address for one in there):
            errors["email"] = msg("This address is asked already.")
    left = lead_share(there)
    if not 1 <= asked.share < left:
        errors["share"] = msg("The lead has {left} percent and keeps at least 1 of it.", left=left)
    if errors:
        raise Invalid(errors)
    return address


def set_shares(
    session: Session,
    application: Application,
    shares: Mapping[str, int],
    parts: Mapping[str, str],
    *,
    lead_part: str,
    shown: str,
    held: Collection[Held],
    actor: Actor,
    now: datetime,
    late: LateCode | None = None,
) -> None:
    """Set what each partner does and its share, by its public id; the rest is the lead's.

    Who has agreed to other terms is asked again. Raises `Conflict` where somebody joined, left or
    was asked since the page was opened, and `Invalid` where nothing is left for the lead.
    """
    require(partner_rules.may_arrange(actor, application, held=held, now=now, late=late))
    counted = counting(queries.partners_of(session, application), application, now)
    if shown != seen(application, counted):
        raise Conflict(msg("Who takes part has changed meanwhile. Please look at it again."))
    # A share that is not a whole number from 1 on is never sent by the page.
    wanted = [max(1, shares.get(one.public_id, one.share)) for one in counted]
    if sum(wanted) >= 100:
        raise Invalid({"lead-share": msg("The shares have to sum to 100.")})
    before = [has_agreed(one) for one in counted]
    application.lead_part = lead_part[:LONGEST_PART]
    for one, share in zip(counted, wanted, strict=True):
        one.share = share
        one.part = parts.get(one.public_id, one.part)[:LONGEST_PART]
    if seen(application, counted) == shown:
        return
    _changed(session, application, now=now)
    asked = tuple(
        one.id for one, had in zip(counted, before, strict=True) if had and not has_agreed(one)
    )
    event = SharesChanged(application.id, partners=asked)
    journal.record(session, event, actor=actor, now=now)


def remove(
    session: Session,
    application: Application,
    partner: Partner,
    *,
    held: Collection[Held],
    actor: Actor,
    now: datetime,
    late: LateCode | None = None,
) -> None:
    """Take a partner out, or an invitation back; its share is the lead's again.

    Raises `Conflict` where it is over already.
    """
    require(partner_rules.may_arrange(actor, application, held=held, now=now, late=late))
    if not is_there(partner):
        raise Conflict(partner_rules.OVER)
    had_agreed = partner.state == PartnerState.ACCEPTED
    _end(session, partner, PartnerState.REMOVED, actor=actor, now=now)
    event = PartnerRemoved(application.id, partner_id=partner.id, had_agreed=had_agreed)
    journal.record(session, event, actor=actor, now=now)


def accept(
    session: Session,
    partner: Partner,
    firm: Firm,
    *,
    shown: str,
    held: Collection[Held],
    actor: Actor,
    now: datetime,
) -> None:
    """Let a firm take part on the terms that its page showed; from now on its people write too.

    Refused as `partner_rules.may_answer` says; raises `Conflict` where the terms have changed since
    the page was opened.
    """
    application = partner.application
    challenge = application.challenge
    if call.allows_one(challenge):
        queries.hold_firm(session, firm.id)
    is_again = partner.state == PartnerState.ACCEPTED
    require(
        partner_rules.may_answer(
            actor, partner, firm, held=held,
            gates=gates_of_firm(session, challenge, firm, now=now),
            is_taken=is_taken(session, application, firm), now=now,
        )
    )  # fmt: skip
    if shown != terms_shown(partner):
        raise Conflict(msg("The share or the part has changed meanwhile. Please look at it again."))
    partner.firm, partner.firm_id = firm, firm.id
    partner.state, partner.agreed = PartnerState.ACCEPTED.value, terms(partner)
    partner.answered_by, partner.answered_at = actor.person_id, now
    partner.single_key = call.single_key(challenge, firm.id)
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as error:  # the same firm was put into another one at this very moment
        raise NotAllowed(partner_rules.OVER) from error
    _changed(session, application, now=now)
    event = PartnerAccepted(
        application.id, partner_id=partner.id, firm_id=firm.id, is_again=is_again
    )
    journal.record(session, event, actor=actor, now=now)


def is_taken(session: Session, application: Application, firm: Firm) -> bool:
    """True where one application is allowed and the firm is in another one."""
    challenge = application.challenge
    return call.allows_one(challenge) and (
        queries.applies_itself(session, challenge, [firm.id])
        or queries.takes_part_elsewhere(session, challenge, firm.id, but=application.id)
    )


def terms_shown(partner: Partner) -> str:
    """Return what a page says back that it showed: a digest of share and part."""
    return digest(canonical_json(terms(partner)))[:16]


def decline(session: Session, partner: Partner, *, actor: Actor, now: datetime) -> None:
    """Say no, for whoever holds the invitation; its share is the lead's again.

    Raises `Gone` where it was answered or taken back, or its time is over.
    """
    if partner.state != PartnerState.INVITED or not partner_rules.asks(partner, now):
        raise Gone(partner_rules.OVER)
    partner.answered_by, partner.answered_at = actor.person_id, now
    _end(session, partner, PartnerState.DECLINED, actor=actor, now=now)
    event = PartnerDeclined(partner.application_id, partner_id=partner.id)
    journal.record(session, event, actor=actor, now=now)


def leave(session: Session, partner: Partner, *, actor: Actor, now: datetime) -> None:
    """Take the firm out of an application that it agreed to take part in, until the deadline."""
    require(partner_rules.may_leave(actor, partner, now=now))
    _end(session, partner, PartnerState.LEFT, actor=actor, now=now)
    event = PartnerLeft(partner.application_id, partner_id=partner.id)
    journal.record(session, event, actor=actor, now=now)


def _end(
    session: Session, partner: Partner, state: PartnerState, *, actor: Actor, now: datetime
) -> None:
    partner.state, partner.single_key = state.value, None
    partner.ended_by, partner.ended_at = actor.person_id, now
    _changed(session, partner.application, now=now)


def _changed(session: Session, application: Application, *, now: datetime) -> None:
    """Push down which firms take part, so that rules need not ask; a check before is outdated."""
    session.flush()
    application.partner_firms = [
        one.firm_id
        for one in queries.partners_of(session, application)
        if one.state == PartnerState.ACCEPTED and one.firm_id is not None
    ]
    application.revision += 1
    application.updated_at = now
    session.flush()
