"""What an order of the triage table needs that triage does not know: what juries agreed on."""

from collections.abc import Mapping

from govmatch.overview.views.triage.asked import Asked
from govmatch.panels import consensus
from govmatch.reviews.rules import jury_of
from govmatch.triage import queries
from govmatch.triage.queries import CONSENSUS
from govmatch.web.visit import Visit


def agreed_for(visit: Visit, asked: Asked) -> Mapping[int, float]:
    """Return the means to sort by, of what fits and the reader may know them of; else nothing.

    Whoever scores a challenge is shown none of it before, so none of it is sorted by either.
    """
    if asked.sort.removeprefix("-") != CONSENSUS:
        return {}
    ids = queries.found_ids(visit.db, visit.actor, asked.filters, now=visit.now)
    return consensus.means_of(visit.db, ids, but_of=jury_of(visit.actor)) if ids else {}
