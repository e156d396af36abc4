"""This package's share of one person's data: what they did about interviews.

What the jury wrote and heard belongs to the award file and names people by number alone. What a
firm's people need to take part may say much of somebody: it goes with whoever wrote it.
"""

from datetime import datetime

from sqlalchemy import select, update

from govmatch.applications.models import Application
from govmatch.interviews.models import EarlierSheet, Interview, InterviewQuestion, Listener, Slot
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session
from govmatch.reviews.models import Review

_FILE = "by number alone: the award file says who did what"
KEPT = {
    "interview_slots.made_by": _FILE,
    "interviews.invited_by": _FILE,
    "interviews.booked_by": _FILE,
    "interviews.held_by": _FILE,
    "interview_people.person_id": _FILE,
    "interview_questions.by": _FILE,
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what the person did and wrote, as JSON values; applicants by their numbers alone."""
    return {
        "interviews_booked": [
            {
                "reference": reference,
                "booked_at": at.isoformat() if at else None,
                "access_needs": needs,
            }
            for reference, at, needs in session.execute(
                select(Application.reference, Interview.booked_at, Interview.needs)
                .join(Application, Application.id == Interview.application_id)
                .where(Interview.booked_by == person_id)
                .order_by(Interview.id)
            )
        ],
        "interviews_heard": [
            {"applicant": alias, "at": at.isoformat() if at else None}
            for alias, at in session.execute(
                select(Application.alias, Interview.held_at)
                .join(Interview, Interview.application_id == Application.id)
                .join(Listener, Listener.interview_id == Interview.id)
                .where(Listener.person_id == person_id)
                .order_by(Listener.id)
            )
        ],
        "interview_questions": [
            {"text": text, "at": at.isoformat()}
            for text, at in session.execute(
                select(InterviewQuestion.text, InterviewQuestion.at)
                .where(InterviewQuestion.by == person_id)
                .order_by(InterviewQuestion.id)
            )
        ],
        "earlier_reviews": _earlier(session, person_id),
        "acts": acts_of(
            session,
            person_id,
            {
                "offered_slots": (Slot.made_by, Slot.made_at),
                "invited_firms": (Interview.invited_by, Interview.invited_at),
                "held_interview": (Interview.held_by, Interview.held_at),
            },
        ),
    }


def _earlier(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    found = (
        select(EarlierSheet, Application.alias)
        .join(Review, Review.id == EarlierSheet.review_id)
        .join(Application, Application.id == Review.application_id)
        .where(Review.person_id == person_id)
        .order_by(EarlierSheet.id)
    )
    return [
        {
            "applicant": alias,
            "submitted_at": sheet.submitted_at.isoformat(),
            "points": sheet.points,
            "comments": sheet.comments,
            "comment": sheet.comment,
            "private_note": sheet.private_note,
            "confidence": sheet.confidence,
        }
        for sheet, alias in session.execute(found)
    ]


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Forget what the person wrote that somebody needs to take part."""
    del now
    mine = Interview.booked_by == person_id
    session.execute(update(Interview).where(mine).values(needs=""))
