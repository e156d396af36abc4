"""Giving points: saved as typed, submitted, left, taken up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session, canonical_json
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.ids import digest
from govmatch.reviews import events, queries, rules, scoring
from govmatch.reviews.actions.declaring import end_access, give_access
from govmatch.reviews.models import Review, Score, State

LONGEST = 5000
"""Characters of a comment or note."""


@dataclass(frozen=True)
class Sheet:
    """What a reviewer typed: points and comments by criterion, a comment on all, a private note."""

    points: Mapping[str, int | None] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    private_note: str = ""


def sheet_of(review: Review) -> Sheet:
    """Return what is kept of a review."""
    return Sheet(
        {one.criterion: one.points for one in review.scores},
        {one.criterion: one.comment for one in review.scores if one.comment},
        review.comment,
        review.private_note,
    )


def save(
    session: Session, review: Review, sheet: Sheet, *, revision: int, actor: Actor, now: datetime
) -> None:
    """Keep what was typed, whole or not; a draft is no act, so nothing is recorded.

    Criteria that the challenge does not have are left out. Raises `Conflict` where the review was
    saved since the page of this `revision` was opened, and `NotAllowed`.
    """
    require(rules.may_score(actor, review, declared=_has_declared(session, review)))
    if revision != review.revision:
        raise Conflict(msg("This review was saved in another window meanwhile."))
    if _trimmed(sheet, review) == sheet_of(review) and review.state == State.DRAFT:
        return
    _keep(review, _trimmed(sheet, review))
    review.state = State.DRAFT.value
    review.revision += 1
    review.saved_at = now
    session.flush()


def _trimmed(sheet: Sheet, review: Review) -> Sheet:
    known = [one.id for one in scoring.weighed(review.application.challenge.criteria)]
    return Sheet(
        {one: sheet.points.get(one) for one in known},
        {one: text for one in known if (text := sheet.comments.get(one, ""))},
        sheet.comment,
        sheet.private_note,
    )


def _keep(review: Review, sheet: Sheet) -> None:
    kept = {one.criterion: one for one in review.scores}
    for criterion, points in sheet.points.items():
        score = kept.get(criterion)
        if score is None:
            score = Score(criterion=criterion)
            review.scores.append(score)
        score.points, score.comment = points, sheet.comments.get(criterion, "")
    review.comment, review.private_note = sheet.comment, sheet.private_note


def _has_declared(session: Session, review: Review) -> bool:
    challenge_id = review.application.challenge_id
    return queries.declaration_of(session, challenge_id, review.person_id) is not None


def faults(review: Review, criteria: Sequence[scoring.Weighed]) -> dict[str, Message]:
    """Return what keeps a review from being submitted, by field of its page."""
    kept = {one.criterion: one for one in review.scores}
    wrong: dict[str, Message] = {}
    for one in criteria:
        score = kept.get(one.id)
        if score is None or score.points is None:
            wrong[f"points-{one.id}"] = msg("Please choose points.")
        elif scoring.needs_comment(score.points) and not score.comment:
            wrong[f"comment-{one.id}"] = msg("Below 2 and above 4 points, please say why.")
    return wrong


def submit(session: Session, review: Review, *, actor: Actor, now: datetime) -> None:
    """Hand in what is kept: from now on it counts, and the others' reviews can be read.

    Raises `Invalid` with what is missing, and `NotAllowed`.
    """
    require(rules.may_score(actor, review, declared=_has_declared(session, review)))
    criteria = scoring.weighed(review.application.challenge.criteria)
    if wrong := faults(review, criteria):
        raise Invalid(wrong)
    review.state = State.SUBMITTED.value
    review.submitted_at = now
    review.saved_at = review.saved_at or now
    review.revision += 1
    review.mean = scoring.weighted_mean(sheet_of(review).points, criteria)
    session.flush()
    event = events.ReviewSubmitted(
        review.application_id,
        review_id=review.id,
        person_id=review.person_id,
        content_hash=content_hash(review),
    )
    journal.record(session, event, actor=actor, now=now)


def content_hash(review: Review) -> str:
    """Return the SHA-256 of salt and content, which proves what was submitted."""
    sheet = sheet_of(review)
    content = [dict(sheet.points), dict(sheet.comments), sheet.comment, sheet.private_note]
    return digest(review.salt + canonical_json(content))


def abstain(session: Session, review: Review, reason: str, *, actor: Actor, now: datetime) -> None:
    """Leave an application to the others, without a conflict; what was typed is kept."""
    require(rules.may_score(actor, review, declared=_has_declared(session, review)))
    if not reason:
        raise Invalid({"reason": msg("Please say why.")})
    review.state = State.ABSTAINED.value
    review.abstain_reason = reason
    review.revision += 1
    end_access(session, review, actor=actor, now=now)
    event = events.ReviewAbstained(
        review.application_id, review_id=review.id, person_id=review.person_id
    )
    journal.record(session, event, actor=actor, now=now)


def take_up(session: Session, review: Review, *, actor: Actor, now: datetime) -> None:
    """Open a submitted review, or one that was left, to be changed; it does not count until then.

    Raises `NotAllowed` once the decision is proposed.
    """
    require(rules.may_take_up(actor, review, declared=_has_declared(session, review)))
    was_left = review.state == State.ABSTAINED
    review.state = (State.DRAFT if review.saved_at is not None else State.ASSIGNED).value
    review.submitted_at = review.mean = None
    review.abstain_reason = ""
    review.revision += 1
    if was_left:
        give_access(session, review, actor=actor, now=now)
    event = events.ReviewTakenUp(
        review.application_id, review_id=review.id, person_id=review.person_id
    )
    journal.record(session, event, actor=actor, now=now)
