"""This package's share of one person's data: exported, and erased.

What was noted, found, asked and answered belongs to the award file and stays; it names a person by
number alone, and the name goes with the account. Nobody keeps looking after an application who is
gone.
"""

from datetime import datetime

from sqlalchemy import delete, or_, select

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session
from govmatch.triage.events import HandlerAssigned
from govmatch.triage.likeness_models import LikenessMark
from govmatch.triage.models import (
    Deficiency,
    GateRuling,
    Handling,
    Move,
    Note,
    Opening,
    Preference,
    View,
)

KEPT = {
    "openings.begun_by": "by number alone: the award file says who did what",
    "openings.completed_by": "by number alone: the award file says who did what",
    "triage_notes.by": "by number alone: the award file says who did what",
    "gate_rulings.by": "by number alone: the award file says who did what",
    "deficiencies.asked_by": "by number alone: the award file says who did what",
    "deficiencies.answered_by": "by number alone: the award file says who did what",
    "deficiencies.settled_by": "by number alone: the award file says who did what",
    "application_likeness_marks.by": "by number alone: the award file says who did what",
    "triage_moves.by": "by number alone: the award file says who did what",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what the person did with applications, as JSON values; their own words with it."""
    return {
        "openings": [
            {
                "challenge": slug,
                "began": one.begun_by == person_id,
                "completed": one.completed_by == person_id,
            }
            for one, slug in session.execute(
                select(Opening, Challenge.slug)
                .join(Challenge, Challenge.id == Opening.challenge_id)
                .where(or_(Opening.begun_by == person_id, Opening.completed_by == person_id))
                .order_by(Opening.id)
            )
        ],
        "notes": [
            {"application": reference, "at": note.at.isoformat(), "text": note.text}
            for note, reference in session.execute(
                select(Note, Application.reference)
                .join(Application, Application.id == Note.application_id)
                .where(Note.by == person_id, Note.deleted_at.is_(None))
                .order_by(Note.id)
            )
        ],
        "findings": [
            {"application": reference, "kind": one.kind, "met": one.is_met, "says": one.evidence}
            for one, reference in session.execute(
                select(GateRuling, Application.reference)
                .join(Application, Application.id == GateRuling.application_id)
                .where(GateRuling.by == person_id)
                .order_by(GateRuling.id)
            )
        ],
        "requests": _requests(session, person_id),
        "settled": acts_of(
            session, person_id, {"settled": (Deficiency.settled_by, Deficiency.settled_at)}
        ),
        "likenesses": _marks(session, person_id),
        "acts": [
            {"kind": move.kind, "at": move.at.isoformat(), "applications": len(move.items)}
            for move in session.scalars(select(Move).where(Move.by == person_id).order_by(Move.id))
        ],
        "views": [
            {"name": one.name, "query": one.query, "shared": one.programme_id is not None}
            for one in session.scalars(select(View).where(View.by == person_id).order_by(View.id))
        ],
        "preferences": [
            {"columns": one.columns, "keys": one.has_keys}
            for one in session.scalars(select(Preference).where(Preference.person_id == person_id))
        ],
        "looks_after": list(
            session.scalars(
                select(Application.reference)
                .join(Handling, Handling.application_id == Application.id)
                .where(Handling.handler_id == person_id)
                .order_by(Application.id)
            )
        ),
    }


def _marks(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    found = select(LikenessMark).where(LikenessMark.by == person_id).order_by(LikenessMark.id)
    return [
        {"verdict": one.verdict, "at": one.at.isoformat(), "says": one.reason}
        for one in session.scalars(found)
    ]


def _requests(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    """Return what the person asked and answered; the other side's words are not theirs."""
    found = (
        select(Deficiency, Application.reference)
        .join(Application, Application.id == Deficiency.application_id)
        .where(or_(Deficiency.asked_by == person_id, Deficiency.answered_by == person_id))
        .order_by(Deficiency.id)
    )
    return [
        {
            "application": reference,
            "asked": one.text if one.asked_by == person_id else None,
            "answered": one.answer if one.answered_by == person_id else None,
        }
        for one, reference in session.execute(found)
    ]


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Let go of what the person looked after, and forget their own views and wishes.

    Views that are shared serve others and stay; they say by number alone who made them. `now` is
    the machine's time.
    """
    session.execute(delete(View).where(View.by == person_id, View.programme_id.is_(None)))
    session.execute(delete(Preference).where(Preference.person_id == person_id))
    for handling in session.scalars(select(Handling).where(Handling.handler_id == person_id)):
        handling.handler_id = None
        handling.revision += 1
        event = HandlerAssigned(handling.application_id, from_id=person_id, to_id=None)
        journal.record(session, event, actor=VISITOR, now=now)
    session.flush()
