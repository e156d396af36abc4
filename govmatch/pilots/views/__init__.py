"""The pages of pilots: for both sides, mentors, finance contacts and auditors."""

from govmatch.pilots.views import (
    changing,
    completion,
    documents,
    ending,
    kpi,
    listing,
    log,
    making,
    messages,
    milestone,
    overview,
    people,
    planning,
    presentation,
)

routes = [
    *listing.routes,
    *making.routes,
    *overview.routes,
    *planning.routes,
    *milestone.routes,
    *kpi.routes,
    *changing.routes,
    *messages.routes,
    *log.routes,
    *documents.routes,
    *people.routes,
    *presentation.routes,
    *ending.routes,
    *completion.routes,
]
