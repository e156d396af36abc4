"""Who reviews what, who assigns it, and until when. Pure: no rows are read here."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.applications.models import Application
from govmatch.applications.models import State as ApplicationState
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as ChallengeState
from govmatch.challenges.queries import terms_of
from govmatch.challenges.rules import is_public
from govmatch.kit.actor import YES, Actor, Held, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.programmes.queries import rule_value
from govmatch.programmes.switches import Rule
from govmatch.reviews.models import ENDED, SCORING, Conflict, Review, State

JURY = (Role.REVIEWER, Role.CHAIR)
"""The roles for a challenge that declare, are assigned and score."""

DECLARING = frozenset({ChallengeState.PUBLISHED, ChallengeState.IN_SELECTION})
"""Until the decision is released, ties may be declared and added."""

ASSIGNABLE = frozenset({
    ApplicationState.SUBMITTED,
    ApplicationState.INCOMPLETE,
    ApplicationState.IN_REVIEW,
    ApplicationState.SHORTLISTED,
})  # fmt: skip
SCORABLE = ASSIGNABLE - {ApplicationState.INCOMPLETE}
"""What waits for a firm to hand something in is assigned, and scored once that is settled."""

RANKED = frozenset(ApplicationState) - {
    ApplicationState.DRAFT,
    ApplicationState.WITHDRAWN,
    ApplicationState.INELIGIBLE,
}


def jury_of(actor: Actor) -> frozenset[int]:
    """Return the ids of the challenges on whose jury this actor sits."""
    return actor.objects("challenge", *JURY)


def sits_on(actor: Actor, challenge: Challenge) -> bool:
    return challenge.id in jury_of(actor)


def runs(actor: Actor, challenge: Challenge) -> bool:
    return actor.holds(Role.MANAGER, "programme", challenge.programme_id)


def is_shown_to_jury(challenge: Challenge, now: datetime) -> bool:
    """True for what everybody may read: a jury may be chosen long before the publication."""
    return is_public(challenge, now)


def may_oversee(actor: Actor, challenge: Challenge) -> Ruling:
    """See who reviews what: managers, the authority's staff and approvers, and auditors."""
    programme, authority = challenge.programme_id, challenge.authority_id
    allowed = {
        Held(Role.MANAGER, "programme", programme),
        Held(Role.AUDITOR, "programme", programme),
        Held(Role.STAFF, "authority", authority),
        Held(Role.APPROVER, "authority", authority),
        Held(Role.AUDITOR, "authority", authority),
        Held(Role.AUDITOR, "site", 0),
    }
    if allowed & actor.roles:
        return YES
    return No(msg("This page is for people with another role."))


def may_see_scores(actor: Actor, challenge: Challenge) -> Ruling:
    """Who oversees it and does not score it: whoever does would read others' points first."""
    if sits_on(actor, challenge):
        return No(msg("You score here yourself: you see others' points on your own reviews."))
    return may_oversee(actor, challenge)


def may_see_numbers(actor: Actor, challenge: Challenge, *, given: int, to_give: int) -> Ruling:
    """Who oversees the scores; of the jury, whoever has handed in all of their own reviews.

    `given` and `to_give` count the actor's own reviews here. A chair need not have any.
    """
    if challenge.opened_at is None:
        return No(msg("The applications have not been opened yet."))
    if not sits_on(actor, challenge):
        return may_oversee(actor, challenge)
    if to_give or not (given or chairs(actor, challenge)):
        return No(msg("You see the numbers once all your own reviews are submitted."))
    return YES


def chairs(actor: Actor, challenge: Challenge) -> bool:
    return actor.holds(Role.CHAIR, "challenge", challenge.id)


def may_declare(actor: Actor, challenge: Challenge) -> Ruling:
    """The jury, from the publication until the decision."""
    if not sits_on(actor, challenge):
        return No(msg("Only the jury of this challenge declares conflicts here."))
    if challenge.state not in DECLARING:
        return No(msg("The selection of this challenge is over."))
    return YES


def has_interviews(challenge: Challenge) -> bool:
    """True where the programme, as the challenge was published, holds interviews."""
    return bool(rule_value(terms_of(challenge), Rule.INTERVIEWS))


def may_confirm_ties(*, has_declared: bool) -> Ruling:
    """Who may declare, and has: names are read by nobody who never declared."""
    return YES if has_declared else No(msg("Please declare your conflicts of interest first."))


def may_reveal(actor: Actor, challenge: Challenge, *, is_frozen: bool) -> Ruling:
    """Whoever assigns, where the programme holds interviews, until the decision is proposed."""
    ruling = may_assign(actor, challenge)
    if ruling and not has_interviews(challenge):
        return No(msg("This programme has no interviews."))
    return frozen() if ruling and is_frozen else ruling


def can_be_revealed(application: Application) -> bool:
    """True for what is on the shortlist and whose names were not revealed yet."""
    is_there = application.state == ApplicationState.SHORTLISTED
    return is_there and application.names_shown_at is None


def may_name_expertise(actor: Actor) -> Ruling:
    """Whoever sits on a jury, about themselves."""
    if jury_of(actor):
        return YES
    return No(msg("Only members of a jury say here what they know."))


def may_assign(actor: Actor, challenge: Challenge) -> Ruling:
    """A manager of the programme, from the opening until the decision is released."""
    if not runs(actor, challenge):
        return No(msg("Only a manager of the programme may do this."))
    if challenge.opened_at is None:
        return No(msg("The applications have not been opened yet."))
    if challenge.state != ChallengeState.IN_SELECTION:
        return No(msg("The selection of this challenge is over."))
    return YES


def may_unassign(actor: Actor, review: Review) -> Ruling:
    """Whoever assigns, as long as nothing was scored."""
    ruling = may_assign(actor, review.application.challenge)
    if ruling and review.state != State.ASSIGNED:
        return No(msg("Something was scored already. It is kept, and can be set aside."))
    if ruling and review.frozen_at is not None:
        return frozen()
    return ruling


def may_set_aside(actor: Actor, review: Review) -> Ruling:
    """Whoever assigns, for what was begun and is not submitted.

    What is submitted counts unless a conflict of interest is found: nobody who runs a selection
    takes points out of it that they do not like.
    """
    ruling = may_assign(actor, review.application.challenge)
    if ruling and review.state != State.DRAFT:
        return No(msg("Only a review that was begun and not submitted can be ended like this."))
    return ruling


def may_move_due(actor: Actor, review: Review) -> Ruling:
    ruling = may_assign(actor, review.application.challenge)
    if ruling and review.state not in SCORING:
        return No(msg("This review is not to do any more."))
    return ruling


def may_find_conflict(actor: Actor, challenge: Challenge) -> Ruling:
    """Whoever assigns; also once the decision is proposed, since it must not rest on it."""
    return may_assign(actor, challenge)


def may_settle_suspicion(actor: Actor, challenge: Challenge, person_id: int) -> Ruling:
    """Whoever assigns, about somebody else; also once the decision is proposed."""
    ruling = may_assign(actor, challenge)
    if ruling and actor.person_id == person_id:
        return No(msg("Nobody decides about a conflict of interest of their own."))
    return ruling


def may_score(actor: Actor, review: Review, *, declared: bool) -> Ruling:
    """The person it was assigned to, on the jury, after declaring, until the decision is proposed.

    Refused where the application takes no part any more or waits for its firm.
    """
    ruling = _may_work_on(actor, review, declared=declared)
    if ruling and review.state not in SCORING:
        return No(msg("This review is submitted or ended."))
    return ruling


def may_take_up(actor: Actor, review: Review, *, declared: bool) -> Ruling:
    """Change a submitted review, or come back to one that was left: until the decision."""
    ruling = _may_work_on(actor, review, declared=declared)
    if ruling and review.state not in {State.SUBMITTED, State.ABSTAINED}:
        return No(msg("This review is still open, or ended."))
    return ruling


def may_clear_conflict(
    actor: Actor, conflict: Conflict, challenge: Challenge, *, is_member: bool, is_frozen: bool
) -> Ruling:
    """A manager, about somebody else, until the decision is proposed.

    While the person belongs to the firm (`is_member`) there is nothing to clear: the conflict is
    no mistake.
    """
    ruling = may_assign(actor, challenge)
    if not ruling:
        return ruling
    if conflict.person_id == actor.person_id:
        return No(msg("Nobody clears a conflict of interest of their own."))
    if is_member:
        return No(msg("This person belongs to the firm, so the application stays closed to them."))
    return frozen() if is_frozen else YES


def may_declare_conflict(actor: Actor, review: Review) -> Ruling:
    """The person it was assigned to, before and after scoring, until the decision is released."""
    challenge = review.application.challenge
    if review.person_id != actor.person_id or not sits_on(actor, challenge):
        return No(msg("This is not your review."))
    if challenge.state != ChallengeState.IN_SELECTION:
        return No(msg("The selection of this challenge is over."))
    if review.state in ENDED:
        return No(msg("This review is submitted or ended."))
    return YES


def _may_work_on(actor: Actor, review: Review, *, declared: bool) -> Ruling:
    application = review.application
    if review.person_id != actor.person_id or not sits_on(actor, application.challenge):
        return No(msg("This is not your review."))
    if not declared:
        return No(msg("Please declare your conflicts of interest first."))
    if review.frozen_at is not None:
        return frozen()
    return _takes_part(application)


def _takes_part(application: Application) -> Ruling:
    if application.challenge.state != ChallengeState.IN_SELECTION:
        return No(msg("The selection of this challenge is over."))
    if application.state == ApplicationState.INCOMPLETE:
        return No(msg("The firm was asked for something that is missing. Please wait for it."))
    if application.state not in SCORABLE:
        return No(msg("This application is not to be reviewed any more."))
    return YES


def frozen() -> No:
    return No(msg("The decision is proposed. Reviews no longer change."))


def is_to_do(review: Review, application: Application) -> bool:
    """True where the reviewer still has something to do about it."""
    return review.state in SCORING and review.frozen_at is None and application.state in SCORABLE
