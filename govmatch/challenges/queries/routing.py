"""Procurement routes that were chosen."""

from sqlalchemy import select

from govmatch.challenges.models import Challenge, RouteChoice
from govmatch.kit.db import ReadSession


def route_choices(session: ReadSession, challenge: Challenge) -> list[RouteChoice]:
    """Return every choice for a challenge, the one that counts first."""
    found = select(RouteChoice).where(RouteChoice.challenge_id == challenge.id)
    return list(session.scalars(found.order_by(RouteChoice.id.desc())))


def route_choice(session: ReadSession, challenge: Challenge) -> RouteChoice | None:
    """Return the choice that counts."""
    found = select(RouteChoice).where(RouteChoice.challenge_id == challenge.id)
    return session.scalars(found.order_by(RouteChoice.id.desc()).limit(1)).first()


def last_buyer(session: ReadSession, challenge: Challenge) -> str:
    """Return as which kind of authority its authority chose the last time; empty for never."""
    found = (
        select(RouteChoice.facts)
        .join(Challenge, Challenge.id == RouteChoice.challenge_id)
        .where(Challenge.authority_id == challenge.authority_id)
    )
    facts = session.scalars(found.order_by(RouteChoice.id.desc()).limit(1)).first()
    return str(facts["buyer"]) if facts else ""
