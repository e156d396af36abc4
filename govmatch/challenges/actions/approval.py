"""From a draft to an approved challenge: submitted, returned, approved by a second person."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from govmatch.challenges.actions.faulty import Faulty
from govmatch.challenges.actions.holding import hold, move
from govmatch.challenges.actions.remarks import (
    Written,
    give_remarks,
    keep_remarks,
    keep_submission,
)
from govmatch.challenges.events import (
    ChallengeApproved,
    ChallengeReturned,
    ChallengeSubmitted,
    ChallengeTakenBack,
)
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.queries import lacking, own_approvers
from govmatch.challenges.rules import (
    may_approve,
    may_submit_for_approval,
    may_take_from_file,
    timing_faults,
)
from govmatch.challenges.statement import statement_of
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.programmes.actions import current_version


def submit_for_approval(
    session: Session, challenge: Challenge, *, actor: Actor, now: datetime, content_dir: Path
) -> None:
    """Hand a whole challenge to the approvers; the programme's form and rules hold as they are now.

    What it says is kept, so that the next round shows what has changed since. Raises `Faulty` with
    what is missing, field by field: where the programme asks for it also users and data, and the
    procurement route.
    """
    hold(session, challenge)
    require(may_submit_for_approval(actor, challenge))
    found = lacking(session, challenge, now=now, content_dir=content_dir)
    if found := [*found, *timing_faults(statement_of(challenge), now)]:
        raise Faulty(found)
    move(challenge, State.IN_REVIEW, now=now)
    challenge.submitted_by = actor.person_id
    challenge.version = current_version(session, challenge.programme, now=now)
    keep_submission(session, challenge, actor=actor, now=now)
    event = ChallengeSubmitted(subject_id=challenge.id, revision=challenge.revision)
    journal.record(session, event, actor=actor, now=now)


def return_(
    session: Session,
    challenge: Challenge,
    *,
    written: Iterable[Written] = (),
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Send it back to be changed, with this person's remarks: those kept before, and `written`.

    Refused without a single one. Who is an approver is asked at `real_now`: no clock of the site
    brings an ended role back. Raises `Invalid`, by field.
    """
    kept = keep_remarks(
        session, challenge, written, actor=actor, now=now, real_now=real_now
    )  # asks the rule
    if not kept or actor.person_id is None:
        raise Invalid(
            {"remarks": msg("Please say what should be changed, in one remark at least.")}
        )
    was = move(challenge, State.RETURNED, now=now)
    count = give_remarks(session, challenge, by=actor.person_id, now=now)
    _forget_approval(challenge)
    event = ChallengeReturned(subject_id=challenge.id, from_state=was.value, remarks=count)
    journal.record(session, event, actor=actor, now=now)


def approve(
    session: Session, challenge: Challenge, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Approve it as it stands, so that a manager of the programme may publish it.

    Who is an approver is asked at `real_now`: no clock of the site brings an ended role back.
    """
    hold(session, challenge)
    own = own_approvers(session, challenge, now=real_now)
    require(may_approve(actor, challenge, own_approvers=own))
    move(challenge, State.APPROVED, now=now)
    challenge.approved_by = actor.person_id
    challenge.approved_at = now
    event = ChallengeApproved(subject_id=challenge.id, from_file=False)
    journal.record(session, event, actor=actor, now=now)


def approve_from_file(
    session: Session, challenge: Challenge, *, by: str, actor: Actor, now: datetime
) -> None:
    """Approve a draft that lives in files, on the word of its file; `by` is the office named there.

    Whether the review of files counts as approval is for the caller to know: it is a setting.
    """
    hold(session, challenge)
    require(may_take_from_file(actor, challenge, states={State.DRAFT}))
    move(challenge, State.APPROVED, now=now)
    challenge.approved_in_file = by
    challenge.approved_at = now
    challenge.version = current_version(session, challenge.programme, now=now)
    keep_submission(session, challenge, actor=actor, now=now)
    event = ChallengeApproved(subject_id=challenge.id, from_file=True)
    journal.record(session, event, actor=actor, now=now)


def take_back(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> None:
    """Make what is in review, returned or approved a draft again, because its files changed."""
    hold(session, challenge)
    states = {State.IN_REVIEW, State.RETURNED, State.APPROVED}
    require(may_take_from_file(actor, challenge, states=states))
    was = move(challenge, State.DRAFT, now=now)
    _forget_approval(challenge)
    event = ChallengeTakenBack(subject_id=challenge.id, from_state=was.value)
    journal.record(session, event, actor=actor, now=now)


def _forget_approval(challenge: Challenge) -> None:
    challenge.approved_by = None
    challenge.approved_at = None
    challenge.approved_in_file = None
    challenge.version = None
