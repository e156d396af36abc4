"""Following with an account, and how often it is told of."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from govmatch.following import queries, rules
from govmatch.following.events import FollowBegun
from govmatch.following.models import Follow, HowOften, Kind, Subscriber
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.kit.records import dataclass

HOUR = time(7)
"""When digests are due on the follower's clock: every day, or on Mondays."""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What can be followed: public, named by its key within its kind, and read at `path`."""

    kind: Kind
    key: str
    titles: Mapping[str, str]
    path: str


def next_digest(how: str, *, zone: str, real_now: datetime) -> datetime | None:
    """Return when the next digest is due, after `real_now`; None where there is none."""
    if how == HowOften.AT_ONCE:
        return None
    place = ZoneInfo(zone)
    day = real_now.astimezone(place).date()
    if how == HowOften.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    found = datetime.combine(day, HOUR, place)
    if found <= real_now:
        found = datetime.combine(
            day + timedelta(days=7 if how == HowOften.WEEKLY else 1), HOUR, place
        )
    return found.astimezone(real_now.tzinfo)


def follow(
    session: Session,
    thing: Thing,
    *,
    how: HowOften,
    zone: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Follow:
    """Let a person hear of a thing from now on; one that they follow already only gets `how`."""
    known = queries.own_follow(session, actor, thing.kind, thing.key)
    if known is not None:
        change(session, known, how=how, zone=zone, now=now, real_now=real_now)
        known.titles = dict(thing.titles)
        return known
    require(rules.may_follow(actor, kept=len(queries.own_follows(session, actor))))
    return begin(
        session, thing, how=how, zone=zone, person_id=actor.person_id,
        actor=actor, now=now, real_now=real_now,
    )  # fmt: skip


def begin(
    session: Session,
    thing: Thing,
    *,
    how: HowOften,
    zone: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    person_id: int | None = None,
    subscriber: Subscriber | None = None,
) -> Follow:
    """Make the row of one person or one subscriber; for this package's own actions."""
    made = Follow(
        public_id=public_id(),
        person_id=person_id,
        subscriber_id=subscriber.id if subscriber else None,
        kind=thing.kind.value,
        key=thing.key,
        titles=dict(thing.titles),
        path=thing.path,
        how=how.value,
        created_at=real_now,
        told_id=journal.last_id(session),
        told_at=now,
        next_at=next_digest(how, zone=zone, real_now=real_now),
    )
    session.add(made)
    session.flush()
    journal.record(session, FollowBegun(subject_id=made.id), actor=actor, now=now)
    return made


def change(
    session: Session,
    one: Follow,
    *,
    how: HowOften,
    zone: str,
    now: datetime,
    real_now: datetime,
) -> None:
    """Tell of it as often as `how` says from now on.

    What waits for a digest stays for the next one; whoever wants to hear at once does so of what
    comes from now on, and what waited is told of no more.
    """
    if one.how == how:
        return
    if how is HowOften.AT_ONCE or one.how == HowOften.AT_ONCE:
        one.told_id, one.told_at = journal.last_id(session), now
    one.how = how.value
    one.next_at = next_digest(how, zone=zone, real_now=real_now)
