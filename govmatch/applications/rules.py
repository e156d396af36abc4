"""Who may do what to an application, in which state, until when. Pure: no rows are read here."""

from collections.abc import Collection
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.applications import call
from govmatch.applications.eligibility import Gate
from govmatch.applications.models import NEXT_STATES, Application, State
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import is_open
from govmatch.kit.actor import YES, Actor, Held, No, Ruling
from govmatch.kit.i18n import msg

APPLICANTS = (Role.LEAD, Role.MEMBER)
"""The roles for a firm that see and write its applications."""

EDITABLE = frozenset({State.DRAFT, State.SUBMITTED, State.WITHDRAWN})
"""States in which answers may change, until the deadline."""

COUNTING = frozenset(State) - {State.DRAFT, State.WITHDRAWN}
"""States in which an application takes part in its challenge."""

_CLOSED = "closed"


def firms_of(actor: Actor) -> frozenset[int]:
    """Return the ids of the firms whose applications this actor writes."""
    return actor.objects("firm", *APPLICANTS)


def is_applicant(actor: Actor, application: Application) -> bool:
    return application.firm_id in firms_of(actor)


def may_see(actor: Actor, application: Application, *, access: str | None = None) -> Ruling:
    """The firm always; others only once applications were opened, and with a named access.

    Until then nobody else does, administrators and auditors included. `access` is how the actor
    may see it according to the table of access, None where nothing is said.
    """
    if is_applicant(actor, application):
        return YES
    is_shown = access is not None and access != _CLOSED and application.state != State.DRAFT
    if is_shown and application.challenge.opened_at is not None:
        return YES
    return No(msg("This application is not open to you."))


def may_apply(challenge: Challenge, *, held: Collection[Held], now: datetime) -> Ruling:
    """Anybody, while the challenge is open, but those who run it, decide on it or own it.

    `held` is every role of the person, also one that waits for a second factor in this session.
    """
    if not is_open(challenge, now):
        return _not_open(challenge, now)
    if call.bars_staff(challenge) and any(_runs(role, challenge) for role in held):
        return No(
            msg(
                "You work for this site, the programme or the authority, or sit on the jury. "
                "Whoever does so may not apply."
            )
        )
    return YES


def _not_open(challenge: Challenge, now: datetime) -> No:
    if challenge.opens is not None and now < challenge.opens:
        return No(msg("This challenge is not open yet."))
    if challenge.closes is not None and now >= challenge.closes:
        return No(msg("The deadline has passed."))
    return No(msg("This challenge takes no applications."))


def _runs(role: Held, challenge: Challenge) -> bool:
    """True for a role of the platform, programme, authority or jury; the steering group decides
    about needs and has no vote on applications (PRODUCT.md, section 2).
    """
    if role.role == Role.STEERING:
        return False
    return (role.object_kind, role.object_id) in {
        ("site", 0),
        ("programme", challenge.programme_id),
        ("authority", challenge.authority_id),
        ("challenge", challenge.id),
    }


def may_save(
    actor: Actor, application: Application, *, held: Collection[Held], now: datetime
) -> Ruling:
    """Members of an open firm, until the deadline; from then on answers are frozen."""
    if not is_applicant(actor, application):
        return No(msg("This application is not open to you."))
    if application.firm.closed_at is not None:
        return No(msg("The firm is closed. Open it again first."))
    if application.state not in EDITABLE:
        return No(msg("This application can no longer be changed."))
    return may_apply(application.challenge, held=held, now=now)


def may_submit(
    actor: Actor,
    application: Application,
    *,
    held: Collection[Held],
    gates: Collection[Gate],
    now: datetime,
) -> Ruling:
    """Who may save, for a firm that a published hard gate does not shut out."""
    ruling = may_save(actor, application, held=held, now=now)
    if ruling and any(gate.blocks for gate in gates):
        return No(
            msg(
                "By its profile your firm does not meet the requirements on country or size. "
                "If the profile is wrong, correct it and submit again."
            )
        )
    return ruling


def may_withdraw(actor: Actor, application: Application) -> Ruling:
    """Members of the firm, from the submission until a pilot is agreed."""
    if not is_applicant(actor, application):
        return No(msg("This application is not open to you."))
    if State.WITHDRAWN not in NEXT_STATES[State(application.state)]:
        return No(msg("This application cannot be withdrawn."))
    return YES


def is_withdrawal_final(application: Application, now: datetime) -> bool:
    """True once the deadline has passed, after which nothing can be submitted again."""
    return not is_open(application.challenge, now)
