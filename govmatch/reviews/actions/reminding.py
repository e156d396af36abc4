"""Reminders of what is due, and access that ends with the role it was given for."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session
from govmatch.reviews import events, queries
from govmatch.reviews.actions.declaring import end_access
from govmatch.reviews.models import Review

BEFORE = timedelta(days=3)
MOST = 500


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


def end_left_behind(session: Session, *, now: datetime, real_now: datetime) -> None:
    """Take from people who left a jury what they could read for it; their reviews are kept."""
    for review in queries.left_behind(session, now=real_now, most=MOST):
        end_access(session, review, actor=VISITOR, now=now)
