"""Matches that a reader may see: what was found, where both sides are theirs to see.

A match is kept without anybody's rights, so each of these asks `visible_to` of the other side, and
what follows from the clock: a challenge is proposed while it is open, its firms until its deadline.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select

from govmatch.challenges.models import Challenge, State
from govmatch.challenges.queries import visible_to
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.matching.models import KeptMatch, KeptProfile, Opinion
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import firms_visible_to

CHALLENGE, FIRM = "challenge", "firm"

_PLACE = (KeptMatch.score - KeptMatch.lowered).desc(), KeptMatch.other_id


def own_firms(session: ReadSession, actor: Actor) -> list[Firm]:
    """Return the open firms for which the actor holds a role, by name."""
    found = select(Firm).where(Firm.id.in_(sorted(actor.objects(FIRM))), Firm.closed_at.is_(None))
    return list(session.scalars(found.order_by(Firm.name_key, Firm.id)))


def open_at(now: datetime) -> ColumnElement[bool]:
    """Return the condition for challenges to which one can apply at `now`."""
    return (
        (Challenge.state == State.PUBLISHED.value)
        & (Challenge.published_at <= now)
        & (Challenge.opens <= now)
        & (Challenge.closes > now)
    )


def for_firm(
    session: ReadSession, firm: Firm, *, actor: Actor, now: datetime, ruled_out: bool
) -> list[KeptMatch]:
    """Return the open challenges found for a firm, best first, without those that it set aside."""
    found = (
        select(KeptMatch)
        .join(Challenge, Challenge.id == KeptMatch.other_id)
        .where(
            KeptMatch.kind == FIRM,
            KeptMatch.id == firm.id,
            KeptMatch.other_kind == CHALLENGE,
            KeptMatch.is_ruled_out == ruled_out,
            visible_to(actor, now),
            open_at(now),
            ~_is_set_aside(),
        )
    )
    return list(session.scalars(found.order_by(*_PLACE)))


def _is_set_aside() -> ColumnElement[bool]:
    return exists().where(
        Opinion.kind == KeptMatch.kind,
        Opinion.thing_id == KeptMatch.id,
        Opinion.other_kind == KeptMatch.other_kind,
        Opinion.other_id == KeptMatch.other_id,
        Opinion.taken_back_at.is_(None),
    )


def set_aside_by(
    session: ReadSession, firm: Firm, *, actor: Actor, now: datetime
) -> list[tuple[Opinion, Challenge]]:
    """Return what a firm said is not for it and is still open, the newest first."""
    rows = session.execute(
        select(Opinion, Challenge)
        .join(Challenge, Challenge.id == Opinion.other_id)
        .where(
            Opinion.kind == FIRM,
            Opinion.thing_id == firm.id,
            Opinion.other_kind == CHALLENGE,
            Opinion.taken_back_at.is_(None),
            visible_to(actor, now),
            open_at(now),
        )
        .order_by(Opinion.id.desc())
    )
    return [(opinion, challenge) for opinion, challenge in rows]


def for_challenge(
    session: ReadSession, challenge: Challenge, *, actor: Actor, ruled_out: bool, most: int
) -> list[tuple[KeptMatch, Firm]]:
    """Return the firms found for a challenge that want to be found and this reader may see."""
    rows = session.execute(
        select(KeptMatch, Firm)
        .join(Firm, Firm.id == KeptMatch.other_id)
        .where(
            KeptMatch.kind == CHALLENGE,
            KeptMatch.id == challenge.id,
            KeptMatch.other_kind == FIRM,
            KeptMatch.is_ruled_out == ruled_out,
            firms_visible_to(actor),
            Firm.is_public,
            Firm.matching,
        )
        .order_by(*_PLACE)
        .limit(most)
    )
    return [(match, firm) for match, firm in rows]


def has_profile(session: ReadSession, firm: Firm) -> bool:
    """Return whether a firm was read for matching yet."""
    found = select(func.count()).where(KeptProfile.kind == FIRM, KeptProfile.id == firm.id)
    return bool(session.execute(found).scalar_one())
