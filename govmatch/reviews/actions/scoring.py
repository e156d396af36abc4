"""Giving points: saved as typed, submitted, left, taken up again."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime

from govmatch.applications.redaction import is_held
from govmatch.kit import journal
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.asking import require
from govmatch.kit.db import Session, canonical_json
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.reviews import events, queries, rules, scoring
from govmatch.reviews.actions.declaring import end_access, give_access
from govmatch.reviews.models import Confidence, Review, Score, State
from govmatch.reviews.rubric import rubric_of

LONGEST = 5000
"""Characters of a comment or note."""


@dataclass(frozen=True)
class Sheet:
    """What a reviewer typed: points and comments by criterion, a comment on all, a private note.

    `left` says by criterion why no points are given for it, `confidence` how sure the reviewer is.
    """

    points: Mapping[str, int | None] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    private_note: str = ""
    left: Mapping[str, str] = field(default_factory=dict)
    confidence: str = ""


def sheet_of(review: Review) -> Sheet:
    """Return what is kept of a review."""
    return Sheet(
        {one.criterion: one.points for one in review.scores},
        {one.criterion: one.comment for one in review.scores if one.comment},
        review.comment,
        review.private_note,
        {one.criterion: one.abstain_reason for one in review.scores if one.abstain_reason},
        review.confidence,
    )


def save(
    session: Session, review: Review, sheet: Sheet, *, revision: int, actor: Actor, now: datetime
) -> None:
    """Keep what was typed, whole or not; a draft is no act, so nothing is recorded.

    Criteria that the challenge does not have are left out. Raises `Conflict` where the review was
    saved since the page of this `revision` was opened, and `NotAllowed`.
    """
    require(rules.may_score(actor, review, declared=_has_declared(session, review)))
    require(_is_readable(session, review))
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
    known = [one.id for one in rubric_of(review.application.challenge).by_hand]
    return Sheet(
        {one: sheet.points.get(one) for one in known},
        {one: text for one in known if (text := sheet.comments.get(one, ""))},
        sheet.comment,
        sheet.private_note,
        {one: text for one in known if (text := sheet.left.get(one, ""))},
        sheet.confidence if sheet.confidence in set(Confidence) else "",
    )


def _keep(review: Review, sheet: Sheet) -> None:
    kept = {one.criterion: one for one in review.scores}
    for criterion, points in sheet.points.items():
        score = kept.get(criterion)
        if score is None:
            score = Score(criterion=criterion)
            review.scores.append(score)
        score.points, score.comment = points, sheet.comments.get(criterion, "")
        score.abstain_reason = sheet.left.get(criterion, "")
    review.comment, review.private_note = sheet.comment, sheet.private_note
    review.confidence = sheet.confidence


def _has_declared(session: Session, review: Review) -> bool:
    challenge_id = review.application.challenge_id
    return queries.declaration_of(session, challenge_id, review.person_id) is not None


def _is_readable(session: Session, review: Review) -> Ruling:
    """No while the copy without names that the reviewer is to read is not found right yet."""
    if review.is_blind and is_held(session, review.application):
        return No(msg("Somebody still checks that the copy names nobody. Please wait for it."))
    return YES


def faults(review: Review, criteria: Sequence[scoring.Weighed]) -> dict[str, Message]:
    """Return what keeps a review from being submitted, by field of its page."""
    kept = {one.criterion: one for one in review.scores}
    wrong: dict[str, Message] = {}
    for one in criteria:
        wrong |= _faults_of(one.id, kept.get(one.id))
    if not wrong and all(kept[one.id].points is None for one in criteria if one.weight):
        said = msg("Give points for one criterion at least, or leave the application to others.")
        return {f"points-{one.id}": said for one in criteria[:1]}
    return wrong


def _faults_of(criterion: str, score: Score | None) -> dict[str, Message]:
    if score is None or (score.points is None and not score.abstain_reason):
        return {f"points-{criterion}": msg("Please choose points.")}
    if score.points is not None and score.abstain_reason:
        return {f"left-{criterion}": msg("Either points or why you give none, not both.")}
    if scoring.needs_comment(score.points) and not score.comment:
        return {f"comment-{criterion}": msg("Below 2 and above 4 points, please say why.")}
    return {}


def submit(session: Session, review: Review, *, actor: Actor, now: datetime) -> None:
    """Hand in what is kept: from now on it counts, and the others' reviews can be read.

    Raises `Invalid` with what is missing, and `NotAllowed`.
    """
    require(rules.may_score(actor, review, declared=_has_declared(session, review)))
    require(_is_readable(session, review))
    rubric = rubric_of(review.application.challenge)
    if wrong := faults(review, rubric.by_hand):
        raise Invalid(wrong)
    review.state = State.SUBMITTED.value
    review.submitted_at = now
    review.saved_at = review.saved_at or now
    review.revision += 1
    review.mean = scoring.running_mean(sheet_of(review).points, rubric.scored)
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
    content: list[object] = [
        dict(sheet.points), dict(sheet.comments), sheet.comment, sheet.private_note,
    ]  # fmt: skip
    # Reviews from before neither could be said keep the digest that the journal has of them.
    if sheet.left or sheet.confidence:
        content += [dict(sheet.left), sheet.confidence]
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
