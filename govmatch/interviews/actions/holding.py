"""An interview was held: who took part, what was heard, and the points as they stood until then."""

from collections.abc import Collection
from datetime import datetime

from govmatch.interviews import events, queries, rules
from govmatch.interviews.actions.stale import STALE, hold_row
from govmatch.interviews.models import EarlierSheet, Interview, Listener, State
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg
from govmatch.reviews.actions import sheet_of
from govmatch.reviews.models import Review
from govmatch.reviews.queries import closed_among, is_frozen, jury


def hold(
    session: Session,
    interview: Interview,
    people: Collection[int],
    firm_people: str,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Note that the interview took place, and who listened; from now on points are those after it.

    Each submitted review is kept as it stands now. Its reviewer may take it up and change it as
    before; the earlier points stay beside. Allowed to a manager or the chair once the time has
    come. Raises `Invalid` where nobody of the jury was there, or somebody who has a conflict of
    interest with it or does not sit on the jury, and `Conflict` for an old page.
    """
    challenge = interview.application.challenge
    require(rules.may_hold(actor, interview, is_frozen=is_frozen(session, challenge), now=now))
    hold_row(session, interview, revision)
    there = set(people)
    able = {one.person.id for one in jury(session, challenge, now=real_now)}
    if not there or not able.issuperset(there):
        raise Invalid({"people": msg("Please choose who of the jury took part.")})
    closed = closed_among(session, [interview.application], there, now=real_now)
    if any((interview.application_id, person) in closed for person in there):
        raise Invalid({"people": msg("Somebody chosen has a conflict of interest with it.")})
    interview.state, interview.held_at, interview.held_by = State.HELD.value, now, actor.person_id
    interview.firm_people = firm_people
    interview.revision += 1
    interview.application.interview_until = None
    session.add_all(Listener(interview_id=interview.id, person_id=one) for one in sorted(there))
    kept = [_keep(interview, one) for one in queries.submitted(session, interview.application_id)]
    session.add_all(kept)
    session.flush()
    event = events.InterviewHeld(
        interview.application_id, interview_id=interview.id, people=tuple(sorted(there)),
        sheets=len(kept),
    )  # fmt: skip
    journal.record(session, event, actor=actor, now=now)


def _keep(interview: Interview, review: Review) -> EarlierSheet:
    sheet = sheet_of(review)
    assert review.submitted_at is not None
    return EarlierSheet(
        interview_id=interview.id, review_id=review.id, submitted_at=review.submitted_at,
        mean=review.mean, points=dict(sheet.points), comments=dict(sheet.comments),
        comment=sheet.comment, private_note=sheet.private_note, confidence=sheet.confidence,
    )  # fmt: skip


def note(
    session: Session,
    interview: Interview,
    notes: str,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down what was heard; the jury and the managers write on one text.

    Raises `Conflict` where somebody else wrote since the page of this `revision` was opened.
    """
    challenge = interview.application.challenge
    hold_row(session, interview, None)
    require(rules.may_note(actor, interview, is_frozen=is_frozen(session, challenge)))
    if interview.notes_revision != revision:
        raise Conflict(STALE)
    if interview.notes == notes:
        return
    interview.notes = notes
    interview.notes_revision += 1
    session.flush()
    event = events.InterviewNoted(
        interview.application_id, interview_id=interview.id, revision=interview.notes_revision
    )
    journal.record(session, event, actor=actor, now=now)
