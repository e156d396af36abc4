"""This package's share of one person's data: exported, and erased.

Decisions and letters are an award file's. A person stands in them by number alone, as who proposed,
confirmed, read or answered, and that stays with the case; the name goes with the account.
"""

from datetime import datetime

from sqlalchemy import or_, select

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.decisions.models import Answer, Decision, Letter, Receipt
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session

KEPT = {
    "decisions.created_by": "by number alone: the award file says who did what",
    "decisions.proposed_by": "by number alone: the award file says who did what",
    "decisions.confirmed_by": "by number alone: the award file says who did what",
    "decisions.released_by": "by number alone: the award file says who did what",
    "decision_answers.by": "by number alone: the award file says who did what",
    "letters.checked_by": "by number alone: the award file says who did what",
    "letter_receipts.person_id": "by number alone: the award file says who did what",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return the letters that reached the person, and their part in decisions, as JSON values."""
    return {
        "letters": _letters(session, person_id),
        "answers": _answers(session, person_id),
        "decisions": _decisions(session, person_id),
        "read_letters": acts_of(
            session, person_id, {"checked": (Letter.checked_by, Letter.checked_at)}
        ),
    }


def _letters(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    found = (
        select(Receipt, Letter, Application.reference)
        .join(Letter, Letter.id == Receipt.letter_id)
        .join(Application, Application.id == Letter.application_id)
        .where(Receipt.person_id == person_id, Letter.released_at.is_not(None))
        .order_by(Receipt.id)
    )
    return [
        {
            "letter": letter.public_id,
            "application": reference,
            "delivered_at": _iso(receipt.delivered_at),
            "read_at": _iso(receipt.read_at),
        }
        for receipt, letter, reference in session.execute(found)
    ]


def _answers(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    found = (
        select(Answer, Application.reference)
        .join(Application, Application.id == Answer.application_id)
        .where(Answer.by == person_id)
        .order_by(Answer.id)
    )
    return [
        {"application": reference, "answer": one.answer, "at": _iso(one.at), "reason": one.reason}
        for one, reference in session.execute(found)
    ]


def _decisions(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    found = (
        select(Decision, Challenge.slug)
        .join(Challenge, Challenge.id == Decision.challenge_id)
        .where(
            or_(
                Decision.created_by == person_id,
                Decision.editors != [],
                Decision.proposed_by == person_id,
                Decision.confirmed_by == person_id,
                Decision.released_by == person_id,
            )
        )
        .order_by(Decision.id)
    )
    parts = [
        (
            one,
            slug,
            {
                "wrote": person_id in {one.created_by, *one.editors},
                "proposed": person_id == one.proposed_by,
                "confirmed": person_id == one.confirmed_by,
                "released": person_id == one.released_by,
            },
        )
        for one, slug in session.execute(found)
    ]
    return [
        {
            "challenge": slug,
            "number": one.number,
            "part": [name for name, is_so in part.items() if is_so],
        }
        for one, slug, part in parts
        if any(part.values())
    ]


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


# Every package's erase is called alike; here nothing depends on the time.
def erase(session: Session, person_id: int, *, now: datetime) -> None:  # noqa: ARG001
    """Take away what the person wrote in declining; everything else names them by number alone."""
    for answer in session.scalars(select(Answer).where(Answer.by == person_id)):
        answer.reason = ""
