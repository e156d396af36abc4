"""Administration and audit: screens across all packages for the few who keep the site in order."""

from govmatch.overview.views import (
    audit,
    authorities,
    invitations,
    people,
    programmes,
    roles,
    start,
)

routes = [
    *start.routes,
    *programmes.routes,
    *authorities.routes,
    *people.routes,
    *roles.routes,
    *invitations.routes,
    *audit.routes,
]
