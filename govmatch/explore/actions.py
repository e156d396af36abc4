"""What a firm says of its matches."""

from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.explore import rules
from govmatch.explore.events import MatchSetAside, MatchTakenUp
from govmatch.explore.followed_matches import named, worth_telling
from govmatch.following import actions as following
from govmatch.following import queries as following_queries
from govmatch.following.models import HowOften, Kind
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.i18n import Lang
from govmatch.matching import actions as matching
from govmatch.matching.models import Reason
from govmatch.organisations.models import Firm


def follow_matches(
    session: Session,
    firm: Firm,
    how: HowOften | None,
    *,
    zone: str,
    lang: Lang,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Let a person hear by mail of new matches of their firm, daily or weekly; None ends it.

    What stands in the list now is not new: they see it where they choose this. For everybody who
    belongs to the firm.
    """
    require(rules.may_follow_matches(actor, firm))
    known = following_queries.own_follow(session, actor, Kind.MATCHES, firm.public_id)
    if how is None:
        ended = [known] if known else []
        following.end(session, ended, actor=actor, now=now, real_now=real_now)
        return
    thing = following.Thing(
        kind=Kind.MATCHES,
        key=firm.public_id,
        titles={lang: firm.name},
        path=f"/matches?firm={firm.public_id}",
    )
    follow = following.follow(
        session, thing, how=how, zone=zone, actor=actor, now=now, real_now=real_now
    )
    if known is None:
        seen = worth_telling(session, firm, actor=actor, now=now)
        follow.told = named([], seen)


def set_aside(
    session: Session,
    firm: Firm,
    challenge: Challenge,
    *,
    reason: Reason,
    note: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a challenge out of a firm's list, with the reason; where it is its topic, alike ones go
    down in that list too.

    Allowed to lead and members. Nobody outside the firm sees it, and it changes no other list.
    """
    require(rules.may_set_aside(actor, firm))
    matching.set_aside(
        session,
        ("firm", firm.id),
        ("challenge", challenge.id),
        reason=reason,
        note=note,
        person_id=actor.person_id,
        now=now,
    )
    event = MatchSetAside(subject_id=firm.id, challenge_id=challenge.id, reason=reason.value)
    journal.record(session, event, actor=actor, now=now)


def take_up(
    session: Session, firm: Firm, challenge: Challenge, *, actor: Actor, now: datetime
) -> bool:
    """Have a challenge in a firm's list again; tells whether it was set aside."""
    require(rules.may_set_aside(actor, firm))
    if not matching.take_back(session, ("firm", firm.id), ("challenge", challenge.id), now=now):
        return False
    event = MatchTakenUp(subject_id=firm.id, challenge_id=challenge.id)
    journal.record(session, event, actor=actor, now=now)
    return True
