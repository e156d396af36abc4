"""Screens across all packages: administration, audit, reports, triage."""

from govmatch.overview.views import (
    audit,
    authorities,
    case,
    invitations,
    people,
    programmes,
    reports,
    roles,
    start,
    triage,
)

routes = [
    *start.routes,
    *programmes.routes,
    *authorities.routes,
    *people.routes,
    *roles.routes,
    *invitations.routes,
    *audit.routes,
    *case.routes,
    *reports.routes,
    *triage.routes,
]
