"""Who comes to this desk, and the one way to an event from there."""

from govmatch.accounts.models import Role
from govmatch.gatherings import queries
from govmatch.gatherings.models import Gathering
from govmatch.web.routes import holder_of
from govmatch.web.visit import Visit

host = holder_of(Role.STAFF, Role.MANAGER)


def gathering_of(visit: Visit) -> Gathering:
    """Return the event of the address; raises `NotFound` where somebody else is its host."""
    return queries.get_hosted(visit.db, actor=visit.actor, slug=visit.params["slug"])
