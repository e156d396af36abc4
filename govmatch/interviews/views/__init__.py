"""/desk/challenges/{slug}/interviews, and the firm's own interview."""

from govmatch.interviews.views import (
    arranging,
    firm,
    inviting,
    listing,
    names,
    one,
    own_names,
    questions,
)

routes = [
    *listing.routes,
    *arranging.routes,
    *inviting.routes,
    *names.routes,
    *one.routes,
    *questions.routes,
    *own_names.routes,
    *firm.routes,
]
