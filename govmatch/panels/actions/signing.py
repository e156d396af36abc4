"""Signing minutes, and taking them back to correct them."""

from datetime import datetime

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.panels import queries, rules
from govmatch.panels.actions.stale import meeting_held
from govmatch.panels.events import (
    MeetingReopened,
    MinutesFrozen,
    MinutesSigned,
)
from govmatch.panels.models import Panel, State
from govmatch.reviews.queries import is_frozen


def sign(session: Session, panel: Panel, *, revision: int, actor: Actor, now: datetime) -> bool:
    """Sign the minutes as they stand; return whether with this signature all have.

    Allowed to everybody who was there, once. From the last signature on nothing changes, and the
    ranking goes by what was agreed.
    """
    panel = meeting_held(session, panel, revision)
    members = queries.members_of(session, panel)
    require(rules.may_sign(actor, panel, members))
    own = rules.member_of(actor, members)
    assert own is not None
    own.signed_at = now
    digest = queries.minutes_digest(
        panel, members, queries.items_of(session, panel), queries.scores_of(session, panel)
    )
    signed = MinutesSigned(
        panel.challenge_id, panel_id=panel.id, revision=panel.revision, digest=digest
    )
    journal.record(session, signed, actor=actor, now=now)
    if any(one.is_present and one.signed_at is None for one in members):
        return False
    panel.state, panel.frozen_at, panel.digest = State.FROZEN.value, now, digest
    event = MinutesFrozen(panel.challenge_id, panel_id=panel.id, digest=digest)
    journal.record(session, event, actor=actor, now=now)
    return True


def reopen(session: Session, panel: Panel, *, revision: int, actor: Actor, now: datetime) -> None:
    """Take the minutes back to correct them; whoever had signed signs anew.

    Allowed to the chair until everybody has signed.
    """
    panel = meeting_held(session, panel, revision)
    members = queries.members_of(session, panel)
    require(rules.may_reopen(actor, panel, members, is_frozen=is_frozen(session, panel.challenge)))
    for one in members:
        one.signed_at = None
    panel.state, panel.ended_at = State.HELD.value, None
    panel.revision += 1
    journal.record(
        session, MeetingReopened(panel.challenge_id, panel_id=panel.id), actor=actor, now=now
    )
