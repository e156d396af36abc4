"""This package's share of one person's data: exported, and erased.

Reviews belong to the award file: they stay as they were submitted and name the person by number
alone. What somebody wrote about their private ties goes with the person; that they had a conflict,
and with which application, stays, since the decision rests on it.
"""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload, selectinload

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session
from govmatch.reviews import queries
from govmatch.reviews.models import Conflict, Declaration, Review
from govmatch.reviews.proposal_models import Expertise, Proposal, Proposed
from govmatch.reviews.reveal_models import NameReveal
from govmatch.reviews.suspicion_models import Suspicion

KEPT = {
    "reviews.person_id": "by number alone: the award file says who did what",
    "reviews.assigned_by": "by number alone: the award file says who did what",
    "conflicts.person_id": "by number alone: the award file says who did what",
    "conflicts.by": "by number alone: the award file says who did what",
    "conflict_suspicions.person_id": "by number alone: the award file says who did what",
    "conflict_suspicions.by": "by number alone: the award file says who did what",
    "assignment_proposals.asked_by": "by number alone, until it is taken over or dropped",
    "name_reveals.by": "by number alone: the award file says who did what",
    "conflict_declarations.person_id": "by number alone: the award file says who did what",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what the person declared and how they reviewed, as JSON values.

    Applications are named by "Applicant n": who applied is the firms' data, not the reviewer's.
    """
    return {
        "declarations": _declarations(session, person_id),
        "reviews": [_review(one) for one in _reviews(session, person_id)],
        "conflicts": [
            {"kind": one.kind, "at": one.at.isoformat(), "reason": one.reason}
            for one in session.scalars(
                select(Conflict).where(Conflict.person_id == person_id).order_by(Conflict.id)
            )
        ],
        "suspected": [
            {"kinds": one.kinds, "state": one.state, "at": one.found_at.isoformat()}
            for one in session.scalars(
                select(Suspicion).where(Suspicion.person_id == person_id).order_by(Suspicion.id)
            )
        ],
        "expertise": _expertise(session, person_id),
        "proposed": [
            {"applicant": alias, "by_hand": by_hand}
            for alias, by_hand in session.execute(
                select(Application.alias, Proposed.is_by_hand)
                .join(Application, Application.id == Proposed.application_id)
                .where(Proposed.person_id == person_id)
                .order_by(Proposed.id)
            )
        ],
        "acts": acts_of(
            session,
            person_id,
            {
                "assigned": (Review.assigned_by, Review.assigned_at),
                "asked_for_proposal": (Proposal.asked_by, Proposal.asked_at),
                "revealed_names": (NameReveal.by, NameReveal.at),
                "found_conflict": (Conflict.by, Conflict.at),
                "decided_about_conflict": (Suspicion.by, Suspicion.at),
            },
        ),
    }


def _expertise(session: ReadSession, person_id: int) -> dict[str, object] | None:
    known = queries.expertise_of(session, person_id)
    if known is None:
        return None
    return {
        "themes": known.themes,
        "technologies": known.technologies,
        "cpv": known.cpv,
        "languages": known.languages,
        "most": known.most,
        "at": known.updated_at.isoformat(),
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
            "confirmed_at": declaration.confirmed_at.isoformat()
            if declaration.confirmed_at
            else None,
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
        "confidence": review.confidence,
        "scores": [
            {
                "criterion": one.criterion,
                "points": one.points,
                "comment": one.comment,
                "left_out_because": one.abstain_reason,
            }
            for one in review.scores
        ],
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Forget what the person wrote about their ties and named to know. `now` is the machine's."""
    del now
    session.execute(delete(Expertise).where(Expertise.person_id == person_id))
    session.execute(delete(Proposed).where(Proposed.person_id == person_id))
    mine = Declaration.person_id == person_id
    session.execute(update(Declaration).where(mine).values(other_ties=""))
    session.execute(update(Conflict).where(Conflict.person_id == person_id).values(reason=""))
    session.execute(update(Suspicion).where(Suspicion.person_id == person_id).values(reason=""))
    session.execute(
        update(Review)
        .where(Review.person_id == person_id)
        .values(set_aside_reason="", abstain_reason="")
    )
