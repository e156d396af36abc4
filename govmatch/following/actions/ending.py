"""Ending follows: by their owner, by the link in a mail, or with the account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from govmatch.following import queries
from govmatch.following.actions.opting import drop
from govmatch.following.events import FollowEnded
from govmatch.following.links import Ends
from govmatch.following.models import Follow, FollowRequest, Subscriber
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.db import Session


def end(
    session: Session, follows: Sequence[Follow], *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """End these follows; an address without an account that follows nothing more is deleted."""
    subscribers = {one.subscriber_id for one in follows if one.subscriber_id is not None}
    for one in follows:
        journal.record(session, FollowEnded(subject_id=one.id), actor=actor, now=now)
        session.delete(one)
    session.flush()
    found = select(Subscriber).where(Subscriber.id.in_(sorted(subscribers)))
    for subscriber in session.scalars(found).all():
        drop(session, subscriber, real_now=real_now)


def end_all(
    session: Session, ends: Ends, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """End what a link stands for; what is over already stays so, and nobody is told of that."""
    end(session, queries.these(session, ends), actor=actor, now=now, real_now=real_now)


def forget(session: Session, person_id: int, email: str, *, now: datetime) -> None:
    """End everything that a person follows, with the account and by its address alone."""
    own = list(session.scalars(select(Follow).where(Follow.person_id == person_id)))
    subscriber = queries.by_address(session, email)
    more = queries.by_subscriber(session, subscriber) if subscriber else []
    end(session, [*own, *more], actor=VISITOR, now=now, real_now=now)
    if subscriber is not None and not more:
        drop(session, subscriber, real_now=now)
    session.execute(delete(FollowRequest).where(FollowRequest.email == email))
