"""Following without an account: the address is confirmed from its mailbox before anything is sent.

Asking does the same and takes the same time whoever's the address is; whether a mail goes out is
seen by its owner alone.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from govmatch.accounts.actions.links import client_group
from govmatch.following import queries
from govmatch.following.actions.holding import Thing, begin, change
from govmatch.following.events import FollowRequested
from govmatch.following.models import Follow, FollowRequest, HowOften, Kind, Subscriber
from govmatch.following.rules import MOST_FOLLOWS, REQUEST_LASTS
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.i18n import Lang
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.kit.signing import Signer
from govmatch.notifications.actions import forget_address

DAY = timedelta(days=1)
WISHES_BY_CLIENT = Limit("follow_wishes_by_client", 30, timedelta(hours=1))
WISHES_FOR_ADDRESS = Limit("follow_wishes_for_address", 10, DAY)
WISHES = Limit("follow_wishes", 2_000, timedelta(hours=1))
"""By everybody together, so that no crowd of machines uses the site to write to strangers."""
MAILS_IF_UNKNOWN = 1
MAILS_IF_CONFIRMED = 5
"""Mails that ask for a confirmation, to one address within a day."""
MAILS = "following/"


def ask(
    session: Session,
    thing: Thing,
    *,
    email: str,
    how: HowOften,
    lang: Lang,
    client: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Keep the wish of somebody without an account for 48 hours, to be confirmed by mail.

    `email` is canonical. To an address that is not confirmed one mail goes out within a day, and
    its page knows the later wishes too. Raises `TooMany` after 10 wishes for one address in a day,
    30 by one client or 2,000 by all in an hour.
    """
    spend(session, WISHES_BY_CLIENT, client_group(client), now=real_now)
    spend(session, WISHES_FOR_ADDRESS, email, now=real_now)
    spend(session, WISHES, "site", now=real_now)
    request = FollowRequest(
        public_id=public_id(),
        email=email,
        kind=thing.kind.value,
        key=thing.key,
        titles=dict(thing.titles),
        path=thing.path,
        how=how.value,
        lang=lang,
        at=real_now,
        mailed=_may_mail(session, email, real_now=real_now),
    )
    session.add(request)
    session.flush()
    journal.record(session, FollowRequested(subject_id=request.id), actor=actor, now=now)


def _may_mail(session: Session, email: str, *, real_now: datetime) -> bool:
    mailed = select(func.count()).where(
        FollowRequest.email == email,
        FollowRequest.mailed,
        FollowRequest.at > real_now - DAY,
    )
    known = queries.by_address(session, email) is not None
    return session.execute(mailed).scalar_one() < (
        MAILS_IF_CONFIRMED if known else MAILS_IF_UNKNOWN
    )


def confirm(
    session: Session,
    signer: Signer,
    token: str,
    *,
    also: list[str],
    zone: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Subscriber:
    """Follow what the link stands for, and those of the address's other wishes named in `also`.

    Raises `Gone` for a link that is not ours, is over or was used.
    """
    request = queries.open_request(session, signer, token, real_now=real_now)
    subscriber = queries.by_address(session, request.email)
    if subscriber is None:
        subscriber = Subscriber(
            public_id=public_id(), email=request.email, lang=request.lang, confirmed_at=real_now
        )
        session.add(subscriber)
        session.flush()
    subscriber.lang = request.lang
    others = queries.others_of(session, request, real_now=real_now)
    for one in [request, *(other for other in others if other.public_id in also)]:
        _take(session, one, subscriber, zone=zone, actor=actor, now=now, real_now=real_now)
        one.used_at = real_now
    return subscriber


def _take(
    session: Session,
    request: FollowRequest,
    subscriber: Subscriber,
    *,
    zone: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    how = HowOften(request.how)
    kept = queries.by_subscriber(session, subscriber)
    known = next((o for o in kept if (o.kind, o.key) == (request.kind, request.key)), None)
    if known is not None:
        change(session, known, how=how, zone=zone, now=now, real_now=real_now)
    elif len(kept) < MOST_FOLLOWS:
        thing = Thing(
            kind=Kind(request.kind), key=request.key, titles=request.titles, path=request.path
        )
        begin(
            session, thing, how=how, zone=zone, subscriber=subscriber,
            actor=actor, now=now, real_now=real_now,
        )  # fmt: skip


def forget_requests(session: Session, *, real_now: datetime) -> None:
    """Delete wishes of 48 hours ago, with their addresses, from the mails that were sent too."""
    over = FollowRequest.at <= real_now - REQUEST_LASTS
    addresses = set(session.scalars(select(FollowRequest.email).where(over)))
    session.execute(delete(FollowRequest).where(over))
    for address in sorted(addresses):
        is_asked = session.scalar(
            select(FollowRequest.id).where(FollowRequest.email == address).limit(1)
        )
        if is_asked is None and queries.by_address(session, address) is None:
            forget_address(session, address, kind=MAILS, now=real_now)


def drop(session: Session, subscriber: Subscriber, *, real_now: datetime) -> None:
    """Delete an address that follows nothing any more, wherever this package keeps it."""
    left = session.scalar(select(Follow.id).where(Follow.subscriber_id == subscriber.id).limit(1))
    if left is not None:
        return
    session.execute(delete(FollowRequest).where(FollowRequest.email == subscriber.email))
    forget_address(session, subscriber.email, kind=MAILS, now=real_now)
    session.delete(subscriber)
    session.flush()
