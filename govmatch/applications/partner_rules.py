"""Who may ask partners into an application, answer for a firm, leave. Pure, as all rules are.

Everything here ends with the deadline: from then on who takes part is frozen.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from govmatch.applications import call, rules
from govmatch.applications.consortium import has_agreed, is_there
from govmatch.applications.eligibility import Gate
from govmatch.applications.models import Application, LateCode, Partner, PartnerState
from govmatch.challenges.rules import is_open, is_past_deadline
from govmatch.kit.actor import YES, Actor, Held, No, Ruling
from govmatch.kit.i18n import msg, msgn
from govmatch.organisations.models import Firm
from govmatch.programmes.switches import Limit

FROZEN = msg("The deadline has passed. Who takes part can no longer be changed.")
OVER = msg("This invitation was answered or taken back, or its time is over.")


def takes_partners(application: Application) -> bool:
    """True where the programme lets firms apply together."""
    return call.most(application.challenge, Limit.CONSORTIUM_PARTNERS) > 0


def may_arrange(
    actor: Actor,
    application: Application,
    *,
    held: Collection[Held],
    now: datetime,
    late: LateCode | None = None,
) -> Ruling:
    """Who may save for the firm that leads: sets the shares, takes partners out.

    A late code lets its person go on, so that nothing that nobody can answer any more is left.
    """
    if not takes_partners(application):
        return No(msg("In this programme firms apply alone."))
    if not rules.leads(actor, application):
        return rules.not_writing(actor, application)
    ruling = rules.may_save(actor, application, held=held, now=now, late=late)
    if not ruling and is_past_deadline(application.challenge, now):
        return No(FROZEN)
    return ruling


def may_invite(
    actor: Actor,
    application: Application,
    partners: Sequence[Partner],
    *,
    held: Collection[Held],
    now: datetime,
) -> Ruling:
    """The same until the deadline, whoever has a late code, up to what the programme allows."""
    ruling = may_arrange(actor, application, held=held, now=now)
    most = call.most(application.challenge, Limit.CONSORTIUM_PARTNERS)
    if ruling and sum(map(is_there, partners)) >= most:
        return No(
            msgn(
                "There is {n} partner, which is as many as this programme allows.",
                "There are {n} partners, which is as many as this programme allows.",
                n=most,
            )
        )
    return ruling


def may_answer(
    actor: Actor,
    partner: Partner,
    firm: Firm,
    *,
    held: Collection[Held],
    gates: Collection[Gate],
    is_taken: bool,
    now: datetime,
) -> Ruling:
    """Say yes for a firm: whoever writes its applications, while the challenge is open.

    Refused to a firm that a published hard gate shuts out, as one that applies would be, and where
    each firm may have one application and this one takes part in another (`is_taken`).
    """
    if not asks(partner, now):
        return No(OVER)
    ruling = _may_speak(actor, partner, firm)
    if ruling:
        ruling = rules.may_apply(partner.application.challenge, held=held, now=now)
    if ruling and is_taken:
        return No(
            msg(
                "A firm may take part in one application to this challenge. Yours already applies "
                "or is a partner in another one: withdraw or leave that one first."
            )
        )
    if ruling and any(gate.blocks for gate in gates):
        return No(
            msg(
                "By its profile your firm does not meet the requirements on country or size. They "
                "hold for every firm that takes part."
            )
        )
    return ruling


def _may_speak(actor: Actor, partner: Partner, firm: Firm) -> Ruling:
    """Whoever writes for an open firm that neither leads nor takes part already."""
    application = partner.application
    if firm.id not in rules.firms_written_by(actor) or firm.id == application.firm_id:
        return No(msg("You cannot answer for this firm."))
    if firm.closed_at is not None:
        return No(msg("The firm is closed. Open it again first."))
    if partner.firm_id is None and firm.id in rules.firms_in(application):
        return No(msg("This firm takes part already."))
    return YES


def asks(partner: Partner, now: datetime) -> bool:
    """True while a firm can say yes: to an invitation, or to other terms than it agreed to."""
    application = partner.application
    if application.state not in rules.EDITABLE or application.emptied_at is not None:
        return False
    return is_there(partner) and not has_agreed(partner) and is_open(application.challenge, now)


def may_leave(actor: Actor, partner: Partner, *, now: datetime) -> Ruling:
    """Whoever writes for a partner that takes part, until the deadline."""
    application = partner.application
    if partner.firm_id not in rules.firms_written_by(actor):
        return rules.not_writing(actor, application)
    if partner.state != PartnerState.ACCEPTED:
        return No(OVER)
    if is_past_deadline(application.challenge, now) or application.state not in rules.EDITABLE:
        return No(FROZEN)
    return YES
