"""Who may do what to an application, in which state, until when. Pure: no rows are read here."""

from collections.abc import Collection, Mapping
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.applications import call
from govmatch.applications.eligibility import Gate
from govmatch.applications.models import ASSESSING, NEXT_STATES, Application, How, LateCode, State
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import Phase, is_open, phase
from govmatch.correspondence.rules import Side
from govmatch.kit.actor import YES, Actor, Held, No, Ruling
from govmatch.kit.i18n import msg

APPLICANTS = (Role.LEAD, Role.MEMBER)
"""The roles for a firm that see and write its applications."""

INSIDERS = (*APPLICANTS, Role.READER)
"""The roles for a firm that see its applications, whoever writes them."""

EDITABLE = frozenset({State.DRAFT, State.SUBMITTED, State.WITHDRAWN})
"""States in which answers may change, until the deadline."""

COUNTING = frozenset(State) - {State.DRAFT, State.WITHDRAWN}
"""States in which an application takes part in its challenge."""

READERS: Mapping[str, tuple[Role, ...]] = {
    "programme": (Role.MANAGER, Role.AUDITOR),
    "authority": (Role.STAFF, Role.APPROVER, Role.AUDITOR),
}
"""The roles that read every opened application of a programme or an authority; the site's auditors
read all of them, and its administrators none.
"""


def firms_of(actor: Actor) -> frozenset[int]:
    """Return the ids of the firms whose applications this actor sees as their own."""
    return actor.objects("firm", *INSIDERS)


def is_applicant(actor: Actor, application: Application) -> bool:
    """True for whoever sees it for the applying firm, or for a partner that takes part in it.

    Whether they change it, `is_writer` says, and whether they act for all of them, `leads`.
    """
    return not firms_of(actor).isdisjoint(firms_in(application))


def firms_in(application: Application) -> frozenset[int]:
    """Return the ids of the firm that leads an application and of its partners."""
    return frozenset({application.firm_id, *(application.partner_firms or ())})


def firms_written_by(actor: Actor) -> frozenset[int]:
    """Return the ids of the firms whose applications this actor writes."""
    return actor.objects("firm", *APPLICANTS)


def is_writer(actor: Actor, application: Application) -> bool:
    return not firms_written_by(actor).isdisjoint(firms_in(application))


def leads(actor: Actor, application: Application) -> bool:
    """True for whoever writes for the firm whose application it is, and not for a partner."""
    return application.firm_id in firms_written_by(actor)


def not_writing(actor: Actor, application: Application) -> No:
    """Return why somebody who does not write an application may not act on it."""
    if is_writer(actor, application):
        return No(msg("Only {firm}, which leads, may do this.", firm=application.firm.name))
    if is_applicant(actor, application):
        return No(msg("You read along in this firm. Only its lead and its members may do this."))
    return No(msg("This application is not open to you."))


def how(actor: Actor, application: Application, access: str | None = None) -> How | None:
    """Return how the actor sees an application: in full, without names, or not at all (None).

    The firm always sees its own. Nobody else sees anything before the opening, nor ever drafts and
    what was withdrawn before it, administrators and auditors included. `access` is what the table
    of access says of this person and application, None where it says nothing: `CLOSED` there wins
    over every role.
    """
    if application.emptied_at is not None:
        return None
    if is_applicant(actor, application):
        return How.FULL
    if access == How.CLOSED or not is_opened(application):
        return None
    if reads_all_of(actor, application.challenge):
        return How.FULL
    return How(access) if access is not None else None


def may_see(actor: Actor, application: Application, *, access: str | None = None) -> Ruling:
    """Whoever sees it in full or without names, as `how` says."""
    if how(actor, application, access) is not None:
        return YES
    return No(msg("This application is not open to you."))


def is_opened(application: Application) -> bool:
    """True for what the opening of its challenge found, whatever became of it since."""
    opened = application.challenge.opened_at
    if opened is None or application.state == State.DRAFT:
        return False
    if application.state != State.WITHDRAWN or application.alias is not None:
        return True
    return application.withdrawn_at is not None and application.withdrawn_at >= opened


def reads_all_of(actor: Actor, challenge: Challenge) -> bool:
    """True for those who run, own or audit the challenge."""
    return (
        actor.holds(Role.AUDITOR)
        or challenge.programme_id in actor.objects("programme", *READERS["programme"])
        or challenge.authority_id in actor.objects("authority", *READERS["authority"])
    )


def may_apply(
    challenge: Challenge, *, held: Collection[Held], now: datetime, late: LateCode | None = None
) -> Ruling:
    """Anybody, while the challenge is open, but those who run it, decide on it or own it.

    `held` is every role of the person, also one that waits for a second factor in this session.
    `late` is a late code that this person has entered: with it the deadline is when it expires.
    """
    if not is_open(challenge, now) and not is_let_in(challenge, late, now):
        return _not_open(challenge, now)
    if _is_opened_late(challenge):
        return No(msg("The deadline has passed."))
    if call.bars_staff(challenge) and any(_runs(role, challenge) for role in held):
        return No(
            msg(
                "You work for this site, the programme or the authority, or sit on the jury. "
                "Whoever does so may not apply."
            )
        )
    return YES


def _is_opened_late(challenge: Challenge) -> bool:
    """True once applications were opened after the deadline.

    What arrived before it and waited is refused all the same: others have read theirs by then.
    """
    opened, closes = challenge.opened_at, challenge.closes
    return opened is not None and closes is not None and opened >= closes


def is_let_in(challenge: Challenge, late: LateCode | None, now: datetime) -> bool:
    """True while a late code that was entered for this challenge stands in for the deadline."""
    return (
        late is not None
        and late.challenge_id == challenge.id
        and late.used_at is not None
        and is_live(late, now)
        and takes_late_entries(challenge, now)
    )


def is_live(code: LateCode, now: datetime) -> bool:
    """True until it expires or is ended; the instant at which it expires is too late."""
    return code.revoked_at is None and now < code.expires_at


def takes_late_entries(challenge: Challenge, now: datetime) -> bool:
    """True from the deadline until the opening, where the programme has late codes."""
    is_between = phase(challenge, now) is Phase.CLOSED and challenge.opened_at is None
    return is_between and call.takes_late_codes(challenge)


def may_issue_late_code(
    actor: Actor, challenge: Challenge, *, has_ended: bool, now: datetime
) -> Ruling:
    """A manager of the programme, for a published challenge, until its opening has begun.

    `has_ended` is true from then on. The programme's rules have to allow late codes at all.
    """
    if not actor.holds(Role.MANAGER, "programme", challenge.programme_id):
        return No(msg("Only a manager of the programme may do this."))
    if not call.takes_late_codes(challenge):
        return No(msg("The rules of this programme allow no late codes."))
    if has_ended or challenge.opened_at is not None:
        return No(msg("The opening has begun. Nobody can enter late any more."))
    if phase(challenge, now) not in {Phase.SCHEDULED, Phase.OPEN, Phase.CLOSED}:
        return No(msg("This challenge takes no applications."))
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
    actor: Actor,
    application: Application,
    *,
    held: Collection[Held],
    now: datetime,
    late: LateCode | None = None,
) -> Ruling:
    """Members of an open firm, until the deadline; from then on answers are frozen.

    A late code lets its person go on, but not with what was withdrawn for good.
    """
    if not is_writer(actor, application):
        return not_writing(actor, application)
    if application.firm.closed_at is not None:
        return No(msg("The firm is closed. Open it again first."))
    if application.state not in EDITABLE:
        return No(msg("This application can no longer be changed."))
    if _is_withdrawn_for_good(application):
        return No(msg("This application was withdrawn for good."))
    return may_apply(application.challenge, held=held, now=now, late=late)


def _is_withdrawn_for_good(application: Application) -> bool:
    withdrawn, closes = application.withdrawn_at, application.challenge.closes
    if application.state != State.WITHDRAWN or withdrawn is None or closes is None:
        return False
    return withdrawn >= closes


def may_submit(
    actor: Actor,
    application: Application,
    *,
    held: Collection[Held],
    gates: Collection[Gate],
    now: datetime,
    late: LateCode | None = None,
) -> Ruling:
    """Who may save for the firm that leads, unless a published hard gate shuts that firm out."""
    ruling = may_save(actor, application, held=held, now=now, late=late)
    if ruling and not leads(actor, application):
        return not_writing(actor, application)
    if ruling and any(gate.blocks for gate in gates):
        return No(
            msg(
                "By its profile your firm does not meet the requirements on country or size. "
                "If the profile is wrong, correct it and submit again."
            )
        )
    return ruling


def may_confirm(
    actor: Actor,
    application: Application,
    *,
    is_asked: bool,
    is_whole: bool,
    held: Collection[Held],
    gates: Collection[Gate],
    now: datetime,
    late: LateCode | None = None,
) -> Ruling:
    """Who may submit, while a change asks for it and the version that counts answers all it asks.

    `is_asked` says that a change waits to be confirmed, `is_whole` that no answer is missing by the
    form as it is now: otherwise the application has to be completed and submitted again.
    """
    if not is_writer(actor, application):
        return not_writing(actor, application)
    if application.state != State.SUBMITTED or not is_asked:
        return No(msg("There is nothing to confirm."))
    ruling = may_submit(actor, application, held=held, gates=gates, now=now, late=late)
    if ruling and not is_whole:
        return No(msg("The form asks for more by now. Complete your answers and submit again."))
    return ruling


def may_withdraw(actor: Actor, application: Application) -> Ruling:
    """Members of the firm that leads, from the submission until a pilot is agreed."""
    if not leads(actor, application):
        return not_writing(actor, application)
    if application.is_pilot_agreed:
        return No(msg("The pilot is agreed. From then on an application cannot be withdrawn."))
    if State.WITHDRAWN not in NEXT_STATES[State(application.state)]:
        return No(msg("This application cannot be withdrawn."))
    return YES


def may_redact(actor: Actor, application: Application) -> Ruling:
    """A manager of the programme, from the opening until the decision, about what they see in full.

    What an interest closes to them is not even loaded; that is asked before.
    """
    challenge = application.challenge
    if not actor.holds(Role.MANAGER, "programme", challenge.programme_id):
        return No(msg("Only a manager of the programme may do this."))
    if not is_opened(application):
        return No(msg("The applications have not been opened yet."))
    if application.state not in ASSESSING:
        return No(msg("This application is not assessed any more."))
    return YES


def side_of(actor: Actor, application: Application, access: str | None = None) -> Side | None:
    """Return for which side the actor writes in the thread of an application, None for nobody's.

    From the opening on: the firm's members, and those who run or own the challenge and see it in
    full. Auditors, reviewers and mentors read their own pages and write here to nobody.
    """
    if not is_opened(application):
        return None
    if is_applicant(actor, application):
        return Side.FIRM if leads(actor, application) else None
    challenge = application.challenge
    writes = actor.holds(Role.MANAGER, "programme", challenge.programme_id) or (
        challenge.authority_id in actor.objects("authority", Role.STAFF, Role.APPROVER)
    )
    return Side.AUTHORITY if writes and access != How.CLOSED else None


def is_withdrawal_final(application: Application, now: datetime) -> bool:
    """True once the deadline has passed, after which nothing can be submitted again."""
    return not is_open(application.challenge, now)
