"""For which of their firms somebody asks."""

from govmatch.explore.queries import matches as queries
from govmatch.kit.errors import NotFound
from govmatch.organisations.models import Firm
from govmatch.web.visit import Visit


def own_firms(visit: Visit) -> list[Firm]:
    """Return the reader's open firms; none for whoever owes a second factor."""
    return [] if visit.actor.needs_factor else queries.own_firms(visit.db, visit.actor)


def chosen_firm(firms: list[Firm], wanted: str) -> Firm:
    """Return the firm that is asked for, else the first; raises `NotFound` for another's."""
    if not firms:
        raise NotFound
    found = [firm for firm in firms if firm.public_id == wanted] if wanted else firms[:1]
    if not found:
        raise NotFound
    return found[0]


def query_of(firm: Firm, firms: list[Firm]) -> str | None:
    """Return what an address names the firm by; nothing where there is only one."""
    return firm.public_id if len(firms) > 1 else None
