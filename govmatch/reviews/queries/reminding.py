"""Who still has something to review in a challenge, and who was reminded of it when."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.journal import JournalRow
from govmatch.reviews.models import Review
from govmatch.reviews.queries.reviewing import is_to_do


def open_by_person(session: ReadSession, challenge: Challenge) -> dict[int, list[Review]]:
    """Return what each person has still to review in a challenge, what is due first first."""
    found = (
        select(Review)
        .join(Review.application)
        .where(Application.challenge_id == challenge.id, is_to_do())
        .order_by(Review.due_at, Review.id)
    )
    by_person: dict[int, list[Review]] = defaultdict(list)
    for review in session.scalars(found):
        by_person[review.person_id].append(review)
    return dict(by_person)


def reminded_since(
    session: ReadSession, challenge: Challenge, since: datetime
) -> dict[int, datetime]:
    """Return when each person was last reminded of a challenge after an instant, by whomever."""
    found = (
        select(JournalRow.at, JournalRow.data)
        .where(
            JournalRow.subject_kind == "challenge",
            JournalRow.subject_id == challenge.id,
            JournalRow.event == "ReviewsReminded",
            JournalRow.at > since,
        )
        .order_by(JournalRow.id)
    )
    told: dict[int, datetime] = {}
    for at, data in session.execute(found):
        person = data["person_id"]
        assert isinstance(person, int)
        told[person] = at
    return told
