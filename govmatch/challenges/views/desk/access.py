"""Who comes to the desk, and the one way to a challenge from there."""

from govmatch.accounts.models import Role
from govmatch.challenges import queries
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.desk import works_on
from govmatch.kit.errors import NotFound
from govmatch.web.routes import holder_of
from govmatch.web.visit import Visit

desk = holder_of(Role.STAFF, Role.APPROVER, Role.MANAGER)


def challenge_of(visit: Visit) -> Challenge:
    """Return the challenge of the address; raises `NotFound` where it lies on another desk."""
    challenge = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    if not works_on(visit.actor, challenge):
        raise NotFound
    return challenge


def path_of(challenge: Challenge) -> str:
    return f"/desk/challenges/{challenge.slug}"
