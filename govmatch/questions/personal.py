"""This package's share of one person's data: exported, and erased.

A question that is public stays with its answer: others rely on it, and it names nobody. What leads
from it to the person is deleted.
"""

from datetime import datetime

from govmatch.kit.db import ReadSession, Session
from govmatch.questions import actions, queries


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what a person asked and what became of it, as JSON values; times are UTC."""
    return {
        "questions": [
            {
                "challenge": one.challenge.slug,
                "question": one.public_id,
                "at": at.isoformat(),
                "lang": one.lang,
                "text": one.original,
                "state": one.state if one.decided_at else "asked",
                "published_as": one.wordings if one.decided_at else {},
                "answer": one.answer.texts if one.answer and one.answer.published_at else {},
                "reason": one.reasons,
            }
            for at, one in queries.exports_of(session, person_id)
        ]
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Take back what is open, and forget who asked the rest."""
    actions.forget_asker(session, person_id, now=now)
