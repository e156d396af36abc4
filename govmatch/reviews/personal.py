"""This package's share of one person's data: exported, and erased.

Reviews belong to the award file: they stay as they were submitted and name the person by number
alone. What somebody wrote about their private ties goes with the person; that they had a conflict,
and with which application, stays, since the decision rests on it.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession, Session
from govmatch.reviews import queries
from govmatch.reviews.models import Conflict, Declaration, Review


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what the person declared and how they reviewed, as JSON values.

    Applications are named by "Applicant n": who applied is the firms' data, not the reviewer's.
    """
    return {
        "declarations": _declarations(session, person_id),
        "reviews": [_review(one) for one in _reviews(session, person_id)],
    }


def _declarations(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    found = (
        select(Declaration, Challenge.slug)
        .join(Challenge, Challenge.id == Declaration.challenge_id)
        .where(Declaration.person_id == person_id)
        .order_by(Declaration.id)
    )
    return [
        {
            "challenge": slug,
            "at": declaration.at.isoformat(),
            "other_ties": declaration.other_ties,
            "firms": [
                firm.name for firm in queries.ties_of(session, declaration) if firm.is_public
            ],
        }
        for declaration, slug in session.execute(found)
    ]


def _reviews(session: ReadSession, person_id: int) -> list[Review]:
    found = (
        select(Review)
        .where(Review.person_id == person_id)
        .options(joinedload(Review.application), selectinload(Review.scores))
    )
    return list(session.scalars(found.order_by(Review.id)))


def _review(review: Review) -> dict[str, object]:
    return {
        "applicant": review.application.alias,
        "state": review.state,
        "assigned_at": review.assigned_at.isoformat(),
        "submitted_at": review.submitted_at.isoformat() if review.submitted_at else None,
        "comment": review.comment,
        "private_note": review.private_note,
        "abstain_reason": review.abstain_reason,
        "scores": [
            {"criterion": one.criterion, "points": one.points, "comment": one.comment}
            for one in review.scores
        ],
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Forget what the person wrote about their ties. `now` is the machine's time."""
    del now
    mine = Declaration.person_id == person_id
    session.execute(update(Declaration).where(mine).values(other_ties=""))
    session.execute(update(Conflict).where(Conflict.person_id == person_id).values(reason=""))
    session.execute(
        update(Review)
        .where(Review.person_id == person_id)
        .values(set_aside_reason="", abstain_reason="")
    )
