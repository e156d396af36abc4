"""Who may do what with a decision: by role, state and time, with the reason for a no.

A decision is prepared and proposed by managers of the programme, confirmed by an approver of the
authority (or of the programme, where the authority has nobody left), and released by a manager.
Nobody confirms what they prepared, and nobody confirms who reviewed.
"""

from collections.abc import Collection
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.applications.rules import is_applicant, leads, not_writing
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.decisions.models import (
    EDITABLE,
    WITH_LETTERS,
    Decision,
    Kind,
    Letter,
    State,
)
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg

ENDABLE = frozenset({Stage.PUBLISHED, Stage.IN_SELECTION, Stage.DECIDED, Stage.PILOTING})
STAGES: dict[Kind, frozenset[Stage]] = {
    Kind.SELECTION: frozenset({Stage.IN_SELECTION}),
    Kind.SUCCESSION: frozenset({Stage.DECIDED, Stage.PILOTING}),
    Kind.ENDING: ENDABLE,
}
"""In which state its challenge is while a decision of each kind is made."""


def is_manager(actor: Actor, challenge: Challenge) -> bool:
    return actor.holds(Role.MANAGER, "programme", challenge.programme_id)


def is_on_case(actor: Actor, challenge: Challenge) -> bool:
    """True for managers of the programme, and staff and approvers of the authority."""
    return is_manager(actor, challenge) or (
        challenge.authority_id in actor.objects("authority", Role.STAFF, Role.APPROVER)
    )


def is_reader(actor: Actor, challenge: Challenge, *, steps_in: bool = False) -> bool:
    """True for who works on the case and who audits it.

    `steps_in` says that the authority has no approver left; then those of the programme read too.
    """
    return (
        is_on_case(actor, challenge)
        or actor.holds(Role.AUDITOR)
        or actor.holds(Role.AUDITOR, "programme", challenge.programme_id)
        or actor.holds(Role.AUDITOR, "authority", challenge.authority_id)
        or (steps_in and actor.holds(Role.APPROVER, "programme", challenge.programme_id))
    )


def may_prepare(actor: Actor, challenge: Challenge, decision: Decision | None) -> Ruling:
    """A manager of the programme, while the applications are being decided on."""
    if not is_manager(actor, challenge):
        return No(msg("Only a manager of the programme may do this."))
    kind = Kind(decision.kind) if decision is not None else Kind.SELECTION
    if challenge.state not in STAGES[kind]:
        return No(msg("In this state of the challenge nothing can be decided here."))
    if decision is not None and decision.state not in EDITABLE:
        return No(msg("It was proposed already. Take it back to change it."))
    return YES


def may_take_back(actor: Actor, decision: Decision) -> Ruling:
    """A manager, while it waits for confirmation."""
    if not is_manager(actor, decision.challenge):
        return No(msg("Only a manager of the programme may do this."))
    if decision.state != State.PROPOSED:
        return No(msg("It does not wait for confirmation."))
    return YES


def prepared(decision: Decision) -> frozenset[int]:
    """Return who wrote in it or proposed it, as ids of people."""
    ids = {decision.created_by, decision.proposed_by, *decision.editors}
    return frozenset(person_id for person_id in ids if person_id is not None)


def may_confirm(
    actor: Actor,
    decision: Decision,
    *,
    own_approvers: Collection[int],
    reviewers: Collection[int],
) -> Ruling:
    """An approver who neither prepared it nor reviewed; whoever wrote the challenge may.

    `own_approvers` are the approvers of the authority now, `reviewers` who reviewed any of its
    applications. An approver of the programme steps in only where none of them is left.
    """
    if decision.state != State.PROPOSED:
        return No(msg("It does not wait for confirmation."))
    return _is_second(actor, decision, own_approvers=own_approvers, reviewers=reviewers)


def _is_second(
    actor: Actor,
    decision: Decision,
    *,
    own_approvers: Collection[int],
    reviewers: Collection[int],
) -> Ruling:
    challenge = decision.challenge
    barred = prepared(decision) | frozenset(reviewers)
    if actor.person_id in prepared(decision):
        return No(msg("Whoever prepared or proposed a decision does not confirm it."))
    if actor.person_id in barred:
        return No(msg("Whoever reviewed an application of this challenge does not confirm."))
    if actor.holds(Role.APPROVER, "authority", challenge.authority_id):
        return YES
    if not actor.holds(Role.APPROVER, "programme", challenge.programme_id):
        return No(msg("Only an approver may do this."))
    if frozenset(own_approvers) - barred:
        return No(msg("The authority has an approver of its own, who decides."))
    return YES


def may_return(
    actor: Actor,
    decision: Decision,
    *,
    own_approvers: Collection[int],
    reviewers: Collection[int],
) -> Ruling:
    """Who may confirm it; and what is confirmed and not yet released, also a manager."""
    if decision.state not in WITH_LETTERS:
        return No(msg("It does not wait for confirmation."))
    if decision.state == State.CONFIRMED and is_manager(actor, decision.challenge):
        return YES
    return _is_second(actor, decision, own_approvers=own_approvers, reviewers=reviewers)


def may_correct(actor: Actor, decision: Decision) -> Ruling:
    """Who works on the case, from the proposal until the release."""
    if not is_on_case(actor, decision.challenge):
        return No(msg("Only people who work on this challenge may do this."))
    if decision.state not in WITH_LETTERS:
        return No(msg("In this state letters are not changed."))
    return YES


may_check = may_correct


def may_release(actor: Actor, decision: Decision) -> Ruling:
    """A manager of the programme, once a second person has confirmed it."""
    if not is_manager(actor, decision.challenge):
        return No(msg("Only a manager of the programme may release a decision."))
    if decision.state != State.CONFIRMED:
        return No(msg("Only what is confirmed by a second person can be released."))
    if decision.challenge.state not in STAGES[Kind(decision.kind)]:
        return No(msg("In this state of the challenge nothing can be decided here."))
    return YES


def may_succeed(
    actor: Actor, challenge: Challenge, *, free: int, decisions: Collection[Decision]
) -> Ruling:
    """A manager, while a place is free and no other succession is being decided."""
    if not is_manager(actor, challenge):
        return No(msg("Only a manager of the programme may do this."))
    if challenge.state not in STAGES[Kind.SUCCESSION]:
        return No(msg("In this state of the challenge nothing can be decided here."))
    if free < 1:
        return No(msg("No place is free."))
    if _waits(decisions, Kind.SUCCESSION):
        return No(msg("Another firm is being considered for the free place already."))
    return YES


def may_end(actor: Actor, challenge: Challenge, *, decisions: Collection[Decision]) -> Ruling:
    """A manager, from the publication until the challenge is over."""
    if not is_manager(actor, challenge):
        return No(msg("Only a manager of the programme may do this."))
    if challenge.state not in ENDABLE:
        return No(msg("In this state of the challenge nothing can be decided here."))
    if _waits(decisions, Kind.ENDING):
        return No(msg("Its end is proposed already."))
    return YES


def _waits(decisions: Collection[Decision], kind: Kind) -> bool:
    return any(one.kind == kind and one.state in WITH_LETTERS for one in decisions)


def is_firms(actor: Actor, letter: Letter) -> bool:
    """True for a member of the firm, once the letter is released."""
    return letter.released_at is not None and is_applicant(actor, letter.application)


def may_read_letter(actor: Actor, letter: Letter, *, is_closed: bool = False) -> Ruling:
    """A released one its firm, and who decided or audits, except with a conflict of interest.

    To a challenge that was never opened only the firm reads its letter: who applied stays sealed.
    """
    if is_firms(actor, letter):
        return YES
    challenge = letter.application.challenge
    is_theirs = is_reader(actor, challenge) and challenge.opened_at is not None
    if is_theirs and not is_closed and letter.released_at is not None:
        return YES
    return No(msg("This letter is not open to you."))


def is_asked(actor: Actor, application: Application) -> bool:
    """True for a member of a firm that was told of a decision about its application."""
    return is_applicant(actor, application) and application.decision_released_at is not None


def may_answer(actor: Actor, application: Application, *, now: datetime) -> Ruling:
    """A member of a selected firm, from the release until the date in its letter."""
    if not is_asked(actor, application):
        return No(msg("This application is not open to you."))
    if not leads(actor, application):
        return not_writing(actor, application)
    if application.challenge.state not in {Stage.DECIDED, Stage.PILOTING}:
        return No(msg("The challenge is over, so there is nothing to answer any more."))
    if application.state != Applied.SELECTED:
        return No(msg("There is nothing to answer."))
    if application.confirm_by is None or application.confirm_by < now:
        return No(msg("The date to answer has passed."))
    return YES
