"""The rounds of an approval: what was laid before the approvers, and what they remarked."""

from collections.abc import Sequence

from sqlalchemy import func, select

from govmatch.challenges.models import Challenge, Remark, Submission
from govmatch.kit.db import ReadSession


def submissions(session: ReadSession, challenge: Challenge) -> Sequence[Submission]:
    """Return the rounds of its approval, the first one first."""
    found = select(Submission).where(Submission.challenge_id == challenge.id)
    return session.scalars(found.order_by(Submission.number)).all()


def last_submission(session: ReadSession, challenge: Challenge) -> Submission | None:
    found = select(Submission).where(Submission.challenge_id == challenge.id)
    return session.scalars(found.order_by(Submission.number.desc()).limit(1)).first()


def given_remarks(session: ReadSession, challenge: Challenge) -> Sequence[Remark]:
    """Return what it was returned with, in all rounds, in the order of writing."""
    found = select(Remark).where(Remark.challenge_id == challenge.id, Remark.given_at.is_not(None))
    return session.scalars(found.order_by(Remark.id)).all()


def remarks_of(session: ReadSession, challenge: Challenge) -> Sequence[Remark]:
    """Return the remarks of the last time it was returned: those that its authors work on."""
    last = (
        select(func.max(Remark.given_at))
        .where(Remark.challenge_id == challenge.id, Remark.given_at.is_not(None))
        .scalar_subquery()
    )
    found = select(Remark).where(Remark.challenge_id == challenge.id, Remark.given_at == last)
    return session.scalars(found.order_by(Remark.id)).all()


def own_drafts(session: ReadSession, challenge: Challenge, person_id: int) -> list[Remark]:
    """Return the remarks that this person has written and not given; nobody else reads them."""
    found = select(Remark).where(
        Remark.challenge_id == challenge.id, Remark.by == person_id, Remark.given_at.is_(None)
    )
    return list(session.scalars(found.order_by(Remark.id)))
