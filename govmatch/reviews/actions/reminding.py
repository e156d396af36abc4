"""Reminders of what is due, and access that ends with the role it was given for."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg
from govmatch.reviews import events, queries, rules
from govmatch.reviews.actions.declaring import end_access
from govmatch.reviews.models import Review

BEFORE = timedelta(days=3)
MOST = 500
PAUSE = timedelta(days=1)
"""Nobody is reminded of one challenge more often."""


def remind(session: Session, *, now: datetime) -> None:
    """Record once for each person what is due within three days, and once what is overdue.

    Nothing is said about reviews that are done, ended or frozen, or whose application takes no
    part any more.
    """
    for is_overdue in (False, True):
        found = queries.to_remind(session, now=now, within=BEFORE, is_overdue=is_overdue, most=MOST)
        _record(session, found, is_overdue=is_overdue, now=now)


def _record(session: Session, found: Sequence[Review], *, is_overdue: bool, now: datetime) -> None:
    batches: dict[tuple[int, int], list[int]] = defaultdict(list)
    for review in found:
        if is_overdue:
            review.overdue_reminded_at = now
        else:
            review.reminded_at = now
        batches[review.application.challenge_id, review.person_id].append(review.id)
    for (challenge_id, person_id), ids in batches.items():
        event = events.ReviewsReminded(
            challenge_id, person_id=person_id, is_overdue=is_overdue, review_ids=tuple(ids)
        )
        journal.record(session, event, actor=VISITOR, now=now)


def remind_now(
    session: Session,
    challenge: Challenge,
    people: Collection[int] | None,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Remind these people, or everybody, of what they have still to review; return how many.

    Allowed to managers while reviews are assigned. Left out is who has nothing to do, and who was
    reminded within a day, by somebody or by the site; raises `Conflict` where nobody is left.
    """
    require(rules.may_assign(actor, challenge))
    journal.hold(session)  # two presses at once send one mail
    told = queries.reminded_since(session, challenge, now - PAUSE)
    waiting = {
        person_id: found
        for person_id, found in queries.open_by_person(session, challenge).items()
        if person_id not in told and (people is None or person_id in people)
    }
    if not waiting:
        raise Conflict(
            msg("Nobody was reminded: nothing is open, or the last mail is less than a day old.")
        )
    for person_id, found in sorted(waiting.items()):
        _mark_as_told(found, now=now)
        event = events.ReviewsReminded(
            challenge.id,
            person_id=person_id,
            is_overdue=any(review.due_at <= now for review in found),
            review_ids=tuple(review.id for review in found),
        )
        journal.record(session, event, actor=actor, now=now)
    return len(waiting)


def _mark_as_told(found: Sequence[Review], *, now: datetime) -> None:
    """Keep the site from saying the same by itself; before a date that is far off it still will."""
    for review in found:
        if review.due_at <= now:
            review.overdue_reminded_at = now
        elif review.due_at <= now + BEFORE:
            review.reminded_at = now


def end_left_behind(session: Session, *, now: datetime, real_now: datetime) -> None:
    """Take from people who left a jury what they could read for it; their reviews are kept."""
    for review in queries.left_behind(session, now=real_now, most=MOST):
        end_access(session, review, actor=VISITOR, now=now)
