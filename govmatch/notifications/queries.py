"""Which mails there are, what stands in an inbox, and how people want to hear of things."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.notifications.models import InboxItem, Mail, Preference
from govmatch.notifications.topics import How

LEASE = timedelta(seconds=15)


def waiting(session: ReadSession, *, now: datetime, most: int) -> list[Mail]:
    """Return mails that are due and in nobody's hands, oldest first."""
    return list(
        session.scalars(
            select(Mail)
            .where(
                Mail.sent_at.is_(None),
                Mail.refused_at.is_(None),
                Mail.next_try <= now,
                or_(Mail.claimed_at.is_(None), Mail.claimed_at < now - LEASE),
            )
            .order_by(Mail.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
    )


def latest(session: ReadSession, *, most: int = 100) -> list[Mail]:
    """Return the newest mails to anybody; for the demonstration's pages only."""
    return list(session.scalars(select(Mail).order_by(Mail.id.desc()).limit(most)))


def by_public_id(session: ReadSession, public_id: str) -> Mail | None:
    return session.scalars(select(Mail).where(Mail.public_id == public_id)).first()


def wanted_by(session: ReadSession, people: Collection[int]) -> dict[tuple[int, str], How]:
    """Return what these people chose, by person and topic; one statement."""
    if not people:
        return {}
    found = select(Preference.person_id, Preference.topic, Preference.how).where(
        Preference.person_id.in_(sorted(people))
    )
    return {(one.person_id, one.topic): How(one.how) for one in session.execute(found)}


def told_since(session: ReadSession, people: Collection[int], *, since: datetime) -> dict[int, int]:
    """Return by person of how much they were told since then that waits for no daily mail."""
    found = (
        select(InboxItem.person_id, func.count())
        .where(
            InboxItem.person_id.in_(sorted(people)),
            InboxItem.at > since,
            InboxItem.digest_day.is_(None),
        )
        .group_by(InboxItem.person_id)
    )
    return {row[0]: row[1] for row in session.execute(found)}


def preferences(session: ReadSession, actor: Actor) -> dict[str, Preference]:
    """Return what a person chose, by topic."""
    found = select(Preference).where(Preference.person_id == actor.person_id)
    return {one.topic: one for one in session.scalars(found)}


def preference_of(session: ReadSession, person_id: int, topic: str) -> Preference | None:
    """Return what a person chose for one topic."""
    found = select(Preference).where(Preference.person_id == person_id, Preference.topic == topic)
    return session.scalars(found).first()


def unread(session: ReadSession, actor: Actor) -> int:
    """Return how many items of the actor's inbox were not opened yet."""
    found = select(func.count()).where(
        InboxItem.person_id == actor.person_id, InboxItem.read_at.is_(None)
    )
    return session.execute(found).scalar_one()


def count(session: ReadSession, actor: Actor) -> int:
    found = select(func.count()).where(InboxItem.person_id == actor.person_id)
    return session.execute(found).scalar_one()


def inbox(session: ReadSession, actor: Actor, *, offset: int, size: int) -> list[InboxItem]:
    """Return the actor's items: first what was not opened yet, the newest first in both parts."""
    found = select(InboxItem).where(InboxItem.person_id == actor.person_id)
    order = (InboxItem.read_at.is_not(None), InboxItem.id.desc())
    page = found.order_by(*order).offset(offset).limit(size)
    return list(session.scalars(page))


def get_own(session: ReadSession, actor: Actor, public_id: str) -> InboxItem:
    """Return one item of the actor's own; raises `NotFound` for every other."""
    found = select(InboxItem).where(
        InboxItem.public_id == public_id, InboxItem.person_id == actor.person_id
    )
    item = session.scalars(found).first()
    if item is None:
        raise NotFound
    return item


def for_digests(session: ReadSession, *, most: int) -> list[InboxItem]:
    """Return what waits for a daily mail, unread, ordered by person."""
    found = (
        select(InboxItem)
        .where(InboxItem.digest_day == "", InboxItem.read_at.is_(None))
        .order_by(InboxItem.person_id, InboxItem.id)
        .limit(most)
    )
    return list(session.scalars(found))


def had_digest(session: ReadSession, person_id: int, day: str) -> bool:
    """True where a person's daily mail of this day (ISO) was made already."""
    found = select(InboxItem.id).where(
        InboxItem.person_id == person_id, InboxItem.digest_day == day
    )
    return session.execute(found.limit(1)).first() is not None
