"""The challenge of an address, for whoever may see it."""

from datetime import datetime

from govmatch.challenges import queries
from govmatch.challenges.models import Challenge
from govmatch.web.visit import Visit


def challenge_of(visit: Visit) -> Challenge:
    """Return the challenge of the address; raises `NotFound` for whoever may not see it."""
    return queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )


def expires_of(visit: Visit, challenge: Challenge) -> datetime:
    """Return the next instant at which it reads differently."""
    return queries.next_change_of(challenge, visit.now)
