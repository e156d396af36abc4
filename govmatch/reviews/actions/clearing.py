"""Taking back a conflict of interest that was noted by mistake."""

from datetime import datetime

from sqlalchemy import delete, select

from govmatch.applications.actions import access
from govmatch.applications.models import Application
from govmatch.applications.rules import firms_in
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict as Changed
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.reviews import events, queries, rules
from govmatch.reviews.actions.conflicts import WHY, said_too
from govmatch.reviews.actions.declaring import give_access
from govmatch.reviews.models import SCORING, ConflictKind, Declaration, Review, State, Tie


def clear_conflict(
    session: Session,
    application: Application,
    person_id: int,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Take back a conflict that was noted wrongly; it is kept with both reasons.

    The application opens to the person as far as they may see it otherwise, the tie they named is
    forgotten, and the review that it ended is theirs again: to be begun, or with all its points as
    a draft. What was submitted counts only after they submit it anew, so that nobody who runs a
    selection decides, knowing the points, whether they count.

    Raises `NotAllowed`, `Invalid` without a reason, and `Conflict` where none holds any more.
    """
    held = select(Application.id).where(Application.id == application.id)
    session.execute(held.with_for_update())
    conflict = queries.conflict_of(session, application.id, person_id)
    if conflict is None:
        raise Changed(msg("This conflict has been cleared already."))
    require(
        rules.may_clear_conflict(
            actor,
            conflict,
            application.challenge,
            is_member=bool(
                queries.members_among(session, [application], [person_id], now=real_now)
            ),
            is_frozen=queries.is_frozen(session, application.challenge),
        )
    )
    if not reason:
        raise Invalid({"clear_reason": msg("Please say why it was noted wrongly.")})
    noted_at, kind = conflict.at, conflict.kind
    _forget_tie(session, application, person_id)
    conflict.kind = ConflictKind.CLEARED.value
    conflict.reason = said_too(conflict, reason)
    conflict.at, conflict.by = now, actor.person_id
    access.reopen(session, application, person_id, why=WHY, actor=actor, now=now)
    event = events.ConflictCleared(application.id, person_id=person_id, kind=kind)
    journal.record(session, event, actor=actor, now=now)
    review = queries.review_of(session, application.id, person_id)
    if review is not None and _was_ended_by(review, noted_at):
        _return(session, review, actor=actor, now=now, real_now=real_now)


def _forget_tie(session: Session, application: Application, person_id: int) -> None:
    declared = select(Declaration.id).where(
        Declaration.challenge_id == application.challenge_id, Declaration.person_id == person_id
    )
    session.execute(
        delete(Tie).where(
            Tie.declaration_id.in_(declared), Tie.firm_id.in_(sorted(firms_in(application)))
        )
    )


def _was_ended_by(review: Review, noted_at: datetime) -> bool:
    """True for what this conflict ended, false for what somebody had set aside before."""
    if review.state == State.RECUSED:
        return True
    return review.state == State.WITHDRAWN and review.set_aside_at == noted_at


def _return(
    session: Session, review: Review, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Give a review back to its reviewer, in the state in which they left it or as a draft.

    One of somebody who has left the jury meanwhile stays as it is.
    """
    challenge = review.application.challenge
    jurors = {one.person.id: one for one in queries.jury(session, challenge, now=real_now)}
    if review.person_id not in jurors:
        return
    review.state = _state_again(review).value
    review.submitted_at = review.mean = None
    review.set_aside_at, review.set_aside_reason = None, ""
    review.reminded_at = review.overdue_reminded_at = None
    review.revision += 1
    session.flush()
    if review.state in SCORING and jurors[review.person_id].declared_at is not None:
        give_access(session, review, actor=actor, now=now)
    event = events.ReviewReturned(
        review.application_id, review_id=review.id, person_id=review.person_id, state=review.state
    )
    journal.record(session, event, actor=actor, now=now)


def _state_again(review: Review) -> State:
    if review.abstain_reason:
        return State.ABSTAINED
    return State.ASSIGNED if review.saved_at is None else State.DRAFT
