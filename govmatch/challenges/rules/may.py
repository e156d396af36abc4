"""Who may do what with a challenge: by role, state and time, with the reason for a no.

A challenge is written by staff of its authority, approved by an approver of the authority (or of
the programme, where the authority has no other), and published by a manager of the programme.
Nobody does two of these steps in one case.
"""

from collections.abc import Collection
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.rules.desk import works_on
from govmatch.challenges.rules.phases import is_public
from govmatch.kit.actor import SITE, YES, Actor, No, Ruling
from govmatch.kit.content import is_files
from govmatch.kit.i18n import Message, msg

EDITABLE = frozenset({State.DRAFT, State.RETURNED})
READERS_OF_PROGRAMME = (Role.MANAGER, Role.APPROVER, Role.AUDITOR)
"""The roles for a programme that read what is not public yet; its steering group does not."""
AMENDABLE = frozenset({State.PUBLISHED, State.IN_SELECTION, State.DECIDED, State.PILOTING})
BEFORE_PUBLICATION = frozenset({State.DRAFT, State.RETURNED, State.APPROVED})
CANCELLABLE = BEFORE_PUBLICATION | {State.PUBLISHED}


def may_see(actor: Actor, challenge: Challenge, now: datetime) -> Ruling:
    """Everybody from its publication on; before, its authority, its programme and auditors."""
    is_theirs = (
        challenge.authority_id in actor.objects("authority")
        or challenge.programme_id in actor.objects("programme", *READERS_OF_PROGRAMME)
        or actor.holds(Role.AUDITOR, SITE)
        or is_files(actor)
    )
    if is_theirs or is_public(challenge, now):
        return YES
    return No(msg("This challenge is not published yet."))


def may_create(actor: Actor, authority_id: int) -> Ruling:
    """Staff of the authority, and files."""
    if is_files(actor) or actor.holds(Role.STAFF, "authority", authority_id):
        return YES
    return No(msg("Only staff of the authority may write its challenges."))


def may_edit(actor: Actor, challenge: Challenge) -> Ruling:
    """Staff of the authority while it is a draft or was returned; what lives in files, files."""
    if is_files(actor) != (challenge.source_path is not None):
        return No(_lives_in_files(challenge))
    if not (is_files(actor) or _is_staff(actor, challenge)):
        return No(msg("Only staff of the authority may write its challenges."))
    if challenge.state not in EDITABLE:
        return No(msg("It can be changed only as a draft or after it was returned."))
    return YES


def _lives_in_files(challenge: Challenge) -> Message:
    where = challenge.source_path or f"challenges/{challenge.slug}"
    return msg("This challenge lives in files, and is changed there: content/{path}.", path=where)


def _is_staff(actor: Actor, challenge: Challenge) -> bool:
    return actor.holds(Role.STAFF, "authority", challenge.authority_id)


def _is_manager(actor: Actor, challenge: Challenge) -> bool:
    return actor.holds(Role.MANAGER, "programme", challenge.programme_id)


def _is_approver(actor: Actor, challenge: Challenge) -> bool:
    return actor.holds(Role.APPROVER, "authority", challenge.authority_id)


def may_delete(actor: Actor, challenge: Challenge) -> Ruling:
    """Staff, as long as it is a draft that was never submitted; afterwards it is cancelled."""
    ruling = may_edit(actor, challenge)
    if ruling and (challenge.state != State.DRAFT or challenge.submitted_by is not None):
        return No(msg("What was submitted once is kept. Cancel it instead."))
    return ruling


def may_submit_for_approval(actor: Actor, challenge: Challenge) -> Ruling:
    """Staff of the authority, a draft or what was returned; whether it is whole, `faults` says."""
    if not _is_staff(actor, challenge):
        return No(msg("Only staff of the authority may submit it for approval."))
    if challenge.state not in EDITABLE:
        return No(msg("It was submitted for approval already."))
    return YES


def wrote(challenge: Challenge) -> frozenset[int]:
    """Return who wrote in it or submitted it, as ids of people."""
    ids = {challenge.author_id, challenge.submitted_by, *challenge.editors}
    return frozenset(person_id for person_id in ids if person_id is not None)


def may_approve(actor: Actor, challenge: Challenge, *, own_approvers: Collection[int]) -> Ruling:
    """An approver who neither wrote nor submitted it.

    `own_approvers` are the people who are approvers of its authority now. An approver of the
    programme steps in only where none of them is left who did not write or submit it.
    """
    if challenge.state != State.IN_REVIEW:
        return No(msg("It does not wait for approval."))
    if actor.person_id in wrote(challenge):
        return No(msg("Whoever wrote or submitted a challenge does not approve it."))
    if _is_approver(actor, challenge):
        return YES
    if not actor.holds(Role.APPROVER, "programme", challenge.programme_id):
        return No(msg("Only an approver may do this."))
    if frozenset(own_approvers) - wrote(challenge):
        return No(msg("The authority has an approver of its own, who decides."))
    return YES


def may_return(actor: Actor, challenge: Challenge, *, own_approvers: Collection[int]) -> Ruling:
    """Who may approve it; and what is approved, also a manager who is to publish it."""
    if challenge.state == State.APPROVED:
        if _is_manager(actor, challenge) or _is_approver(actor, challenge):
            return YES
        return No(msg("Only an approver or a manager of the programme may do this."))
    return may_approve(actor, challenge, own_approvers=own_approvers)


def may_publish(actor: Actor, challenge: Challenge) -> Ruling:
    """A manager of the programme who neither wrote, submitted nor approved it."""
    if challenge.state != State.APPROVED:
        return No(msg("Only what is approved can be published."))
    if not _is_manager(actor, challenge):
        return No(msg("Only a manager of the programme may publish."))
    if actor.person_id in wrote(challenge) | {challenge.approved_by}:
        return No(msg("Whoever wrote, submitted or approved a challenge does not publish it."))
    return YES


def may_move_publication(actor: Actor, challenge: Challenge, now: datetime) -> Ruling:
    """Who might have published it, until the chosen instant: to choose another one."""
    ruling = may_withdraw_publication(actor, challenge, now)
    if ruling and actor.person_id in wrote(challenge) | {challenge.approved_by}:
        return No(msg("Whoever wrote, submitted or approved a challenge does not publish it."))
    return ruling


def may_withdraw_publication(actor: Actor, challenge: Challenge, now: datetime) -> Ruling:
    """A manager of the programme, until the chosen instant; what files publish, files withdraw."""
    if challenge.state != State.PUBLISHED or is_public(challenge, now):
        return No(msg("Only what is not public yet can be withdrawn."))
    if challenge.approved_in_file is not None:
        return No(_lives_in_files(challenge))
    if not _is_manager(actor, challenge):
        return No(msg("Only a manager of the programme may publish."))
    return YES


def may_make_preview(actor: Actor, challenge: Challenge, now: datetime) -> Ruling:
    """Whoever works on it at a desk, as long as it is on its way to its publication."""
    if challenge.state == State.CANCELLED or is_public(challenge, now):
        return No(msg("A preview is for what is not public yet."))
    return may_revoke_preview(actor, challenge)


def may_revoke_preview(actor: Actor, challenge: Challenge) -> Ruling:
    """Whoever works on it at a desk, whoever made the link, whatever became of the challenge."""
    if works_on(actor, challenge):
        return YES
    return No(msg("Only its authority and its programme show a challenge before its publication."))


def may_cancel(actor: Actor, challenge: Challenge) -> Ruling:
    """A manager of the programme or an approver of the authority; before publication staff too.

    From the opening on everybody who applied is owed a letter with reasons, which a decision gives.
    """
    if challenge.state == State.IN_SELECTION:
        return No(
            msg(
                "The applications have been opened. Propose that the challenge does not proceed: "
                "then everybody who applied gets a letter with the reasons."
            )
        )
    if challenge.state not in CANCELLABLE:
        return No(msg("In this state it cannot be cancelled."))
    if _is_manager(actor, challenge) or _is_approver(actor, challenge):
        return YES
    if challenge.state in BEFORE_PUBLICATION and _is_staff(actor, challenge):
        return YES
    return No(msg("Only an approver or a manager of the programme may do this."))


def may_amend(actor: Actor, challenge: Challenge) -> Ruling:
    """A manager of the programme or an approver of the authority; what lives in files, files."""
    if is_files(actor) != (challenge.source_path is not None):
        return No(_lives_in_files(challenge))
    if challenge.state not in AMENDABLE:
        return No(msg("In this state it cannot be amended."))
    if is_files(actor) or _is_manager(actor, challenge) or _is_approver(actor, challenge):
        return YES
    return No(msg("Only an approver or a manager of the programme may do this."))


def may_take_from_file(actor: Actor, challenge: Challenge, *, states: Collection[State]) -> Ruling:
    """Files, for what lives in files and is in one of these states: their approval, say."""
    if not is_files(actor) or challenge.source_path is None:
        return No(_lives_in_files(challenge))
    if challenge.state not in states:
        return No(msg("In this state its files decide nothing."))
    return YES
