"""Who follows what: a person's own, an address's own, and everybody to be told of something."""

from collections.abc import Collection, Iterable
from dataclasses import field
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from govmatch.accounts.models import Person
from govmatch.following.links import Ends
from govmatch.following.models import Follow, HowOften, Kind, Subscriber
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.records import dataclass

About = tuple[str, str]
"""What something is about: a kind of what is followed, and the key of one."""


def own_follows(session: ReadSession, actor: Actor) -> list[Follow]:
    """Return what an actor with an account follows, the newest first."""
    if actor.person_id is None:
        return []
    found = select(Follow).where(Follow.person_id == actor.person_id)
    return list(session.scalars(found.order_by(Follow.id.desc())))


def own_follow(session: ReadSession, actor: Actor, kind: str, key: str) -> Follow | None:
    """Return the actor's own follow of this thing."""
    if actor.person_id is None:
        return None
    found = select(Follow).where(
        Follow.person_id == actor.person_id, Follow.kind == kind, Follow.key == key
    )
    return session.scalars(found).first()


def get_own_follow(session: ReadSession, actor: Actor, public_id: str) -> Follow:
    """Return one of the actor's own follows; raises `NotFound` for every other."""
    for one in own_follows(session, actor):
        if one.public_id == public_id:
            return one
    raise NotFound


def by_address(session: ReadSession, email: str) -> Subscriber | None:
    """Return the confirmed address without an account."""
    return session.scalars(select(Subscriber).where(Subscriber.email == email)).first()


def find_subscriber(session: ReadSession, public_id: str) -> Subscriber | None:
    return session.scalars(select(Subscriber).where(Subscriber.public_id == public_id)).first()


def by_subscriber(session: ReadSession, subscriber: Subscriber) -> list[Follow]:
    """Return what an address without an account follows, the newest first."""
    found = select(Follow).where(Follow.subscriber_id == subscriber.id)
    return list(session.scalars(found.order_by(Follow.id.desc())))


def these(session: ReadSession, ends: Ends) -> list[Follow]:
    """Return those of the follows that a link ends which are still there."""
    if ends.follows:
        found = select(Follow).where(Follow.public_id.in_(ends.follows))
    elif ends.person:
        found = select(Follow).join(Person, Person.id == Follow.person_id)
        found = found.where(Person.public_id == ends.person, Follow.how.in_(ends.how))
    else:
        found = select(Follow).join(Subscriber, Subscriber.id == Follow.subscriber_id)
        found = found.where(Subscriber.public_id == ends.subscriber, Follow.how.in_(ends.how))
    return list(session.scalars(found.order_by(Follow.id)))


@dataclass(frozen=True)
class Follower:
    """One mailbox to be told, and why: the follows that fit."""

    person: Person | None
    subscriber: Subscriber | None
    follows: list[Follow] = field(default_factory=list)

    @property
    def address(self) -> str:
        if self.person is not None:
            return self.person.email
        assert self.subscriber
        return self.subscriber.email

    @property
    def lang(self) -> str | None:
        if self.person is not None:
            return self.person.lang
        assert self.subscriber
        return self.subscriber.lang

    @property
    def name(self) -> str:
        """What keeps this follower apart from all others in the key of a mail."""
        if self.person is not None:
            return f"p{self.person.id}"
        assert self.subscriber
        return f"s{self.subscriber.public_id}"


def followers(session: ReadSession, about: Collection[About], *, journal_id: int) -> list[Follower]:
    """Return who hears at once of something about these things that the journal says there.

    Each mailbox comes once, with all its follows that fit; whoever began later is left out.
    """
    keys: dict[str, list[str]] = {}
    for kind, key in sorted(about):
        keys.setdefault(kind, []).append(key)
    if not keys:
        return []
    found = (
        select(Follow)
        .options(joinedload(Follow.person), joinedload(Follow.subscriber))
        .where(
            Follow.how == HowOften.AT_ONCE,
            Follow.told_id < journal_id,
            or_(*(and_(Follow.kind == kind, Follow.key.in_(of)) for kind, of in keys.items())),
        )
        .order_by(Follow.id)
    )
    return grouped(session.scalars(found))


def grouped(follows: Iterable[Follow]) -> list[Follower]:
    """Return whose follows these are, each mailbox once; accounts that are closed are left out.

    What a person follows with the account and by its address alone is told to the account.
    """
    found: dict[str, Follower] = {}
    for one in sorted(follows, key=lambda follow: follow.person_id is None):
        if one.person is not None and one.person.disabled_at is not None:
            continue
        follower = Follower(one.person, one.subscriber)
        found.setdefault(follower.address, follower).follows.append(one)
    return list(found.values())


def due(session: ReadSession, *, real_now: datetime, most: int) -> list[Follow]:
    """Return follows whose digest is due, all of one follower or none."""
    found = (
        select(Follow)
        .options(joinedload(Follow.person), joinedload(Follow.subscriber))
        .where(Follow.next_at <= real_now)
        .order_by(Follow.next_at, Follow.person_id, Follow.subscriber_id, Follow.id)
        .limit(most)
    )
    follows = list(session.scalars(found))
    if len(follows) < most:
        return follows
    last = _whose(follows[-1])
    return [one for one in follows if _whose(one) != last] or follows


def people_due(session: ReadSession, *, real_now: datetime) -> set[int]:
    """Return the people whose digest is due now, of this turn or of the next ones."""
    found = select(Follow.person_id).where(
        Follow.next_at <= real_now, Follow.person_id.is_not(None)
    )
    return {number for number in session.scalars(found) if number is not None}


def _whose(one: Follow) -> tuple[datetime | None, int | None, int | None]:
    return one.next_at, one.person_id, one.subscriber_id


def searches_at_once(session: ReadSession, *, journal_id: int, most: int) -> list[Follow]:
    """Return followed searches that were not looked through since this public event."""
    found = (
        select(Follow)
        .options(joinedload(Follow.person), joinedload(Follow.subscriber))
        .where(
            Follow.kind == Kind.SEARCH,
            Follow.how == HowOften.AT_ONCE,
            Follow.told_id < journal_id,
        )
        .order_by(Follow.told_id, Follow.id)
        .limit(most)
    )
    return list(session.scalars(found))


def at_once_of(session: ReadSession, follower: Follower) -> list[Follow]:
    """Return what a follower hears of at once, by the follows of the same owner."""
    owner = (
        Follow.person_id == follower.person.id
        if follower.person
        else Follow.subscriber_id == (follower.subscriber.id if follower.subscriber else None)
    )
    found = select(Follow).where(owner, Follow.how == HowOften.AT_ONCE, Follow.kind != Kind.SEARCH)
    return list(session.scalars(found))
