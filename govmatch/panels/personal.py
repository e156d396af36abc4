"""This package's share of one person's data: meetings of juries that they were called to.

Minutes belong to the award file and stay as they were signed; they name people by number alone.
"""

from datetime import datetime

from sqlalchemy import select

from govmatch.challenges.models import Challenge
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session
from govmatch.panels.models import Panel, PanelMember

_FILE = "by number alone: the award file says who did what"
KEPT = {"panels.called_by": _FILE, "panel_members.person_id": _FILE}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return the meetings that the person was called to or called, as JSON values; times are UTC"""
    found = (
        select(PanelMember, Panel, Challenge.slug)
        .join(Panel, Panel.id == PanelMember.panel_id)
        .join(Challenge, Challenge.id == Panel.challenge_id)
        .where(PanelMember.person_id == person_id)
        .order_by(PanelMember.id)
    )
    return {
        "jury_meetings": [
            {
                "challenge": slug,
                "starts": panel.starts.isoformat(),
                "is_chair": member.is_chair,
                "was_present": member.is_present,
                "signed_at": member.signed_at.isoformat() if member.signed_at else None,
            }
            for member, panel, slug in session.execute(found)
        ],
        "acts": acts_of(session, person_id, {"called": (Panel.called_by, Panel.called_at)}),
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Keep the rows: who was there and signed is part of what the decision rests on."""
    del session, person_id, now
