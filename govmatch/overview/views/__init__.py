"""Screens across all packages: administration, audit, reports, triage."""

from govmatch.overview.views import (
    approval,
    audit,
    authorities,
    case,
    invitations,
    people,
    programme_letters,
    programme_rounds,
    programme_terms,
    programmes,
    reports,
    roles,
    start,
    triage,
)

routes = [
    *start.routes,
    *programmes.routes,
    *programme_terms.routes,
    *programme_letters.routes,
    *programme_rounds.routes,
    *authorities.routes,
    *people.routes,
    *roles.routes,
    *invitations.routes,
    *audit.routes,
    *case.routes,
    *approval.routes,
    *reports.routes,
    *triage.routes,
]
