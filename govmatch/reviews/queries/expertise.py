"""What reviewers know and read, and how many reviews they have in hand."""

from collections.abc import Collection

from sqlalchemy import func, select

from govmatch.applications.models import Application
from govmatch.kit.db import ReadSession
from govmatch.reviews import rules
from govmatch.reviews.models import SCORING, Review
from govmatch.reviews.proposal_models import Expertise


def expertise_of(session: ReadSession, person_id: int | None) -> Expertise | None:
    """Return what somebody said to know, None before they did."""
    return session.get(Expertise, person_id) if person_id is not None else None


def expertise_among(session: ReadSession, person_ids: Collection[int]) -> dict[int, Expertise]:
    """Return what these people said to know, by person."""
    found = select(Expertise).where(Expertise.person_id.in_(sorted(person_ids)))
    return {one.person_id: one for one in session.scalars(found)}


def in_hand(session: ReadSession, person_ids: Collection[int]) -> dict[int, int]:
    """Return how many reviews these people still have to do, of all challenges, by person."""
    found = (
        select(Review.person_id, func.count())
        .join(Application, Application.id == Review.application_id)
        .where(
            Review.person_id.in_(sorted(person_ids)),
            Review.state.in_(sorted(SCORING)),
            Review.frozen_at.is_(None),
            Application.state.in_(sorted(rules.ASSIGNABLE)),
        )
        .group_by(Review.person_id)
    )
    return dict(session.execute(found).all())
