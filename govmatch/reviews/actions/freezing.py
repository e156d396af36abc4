"""What a proposed decision does to reviews: they stand still, and move again if it is returned."""

from datetime import datetime

from sqlalchemy import select, update

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msgn
from govmatch.reviews import events, queries
from govmatch.reviews.models import Review
from govmatch.reviews.queries.suspicions import count_undecided


def freeze(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> None:
    """Let no review of a challenge change any more; who may propose, the caller has asked.

    Raises `Conflict` while a review is open: the decision would rest on less than was asked for.
    It has to be submitted, left, taken back, or set aside before. A conflict of interest that is
    found later sets a review aside also then.
    """
    _hold(session, challenge)
    count = queries.count_open(session, challenge)
    if count:
        raise Conflict(
            msgn(
                "{n} review is still open. Wait for it, or take it back or set it aside first.",
                "{n} reviews are still open. Wait for them, or take them back or set them aside "
                "first.",
                n=count,
            )
        )
    undecided = count_undecided(session, challenge)
    if undecided:
        raise Conflict(
            msgn(
                "Of {n} review it is open whether there is a conflict of interest. "
                "Please decide about it first.",
                "Of {n} reviews it is open whether there is a conflict of interest. "
                "Please decide about them first.",
                n=undecided,
            )
        )
    _set(session, challenge, now)
    journal.record(session, events.ReviewsFrozen(challenge.id), actor=actor, now=now)


def thaw(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> None:
    """Let reviews be changed again, since the proposal was returned."""
    _set(session, challenge, None)
    journal.record(session, events.ReviewsThawed(challenge.id), actor=actor, now=now)


def _hold(session: Session, challenge: Challenge) -> None:
    """Keep assignments and reviews as they are until the transaction ends, in one order."""
    here = select(Application.id).where(Application.challenge_id == challenge.id)
    session.execute(here.order_by(Application.id).with_for_update())
    reviews = select(Review.id).where(Review.application_id.in_(here))
    session.execute(reviews.order_by(Review.id).with_for_update())


def _set(session: Session, challenge: Challenge, at: datetime | None) -> None:
    here = select(Application.id).where(Application.challenge_id == challenge.id)
    session.execute(
        update(Review).where(Review.application_id.in_(here)).values(frozen_at=at),
        execution_options={"synchronize_session": "fetch"},
    )
