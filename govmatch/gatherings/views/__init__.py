"""Events for everybody, and the desk on which their hosts make them."""

from govmatch.gatherings.views import (
    calendars,
    certificates,
    detail,
    feeds,
    listing,
    panels,
    registering,
    registration,
)
from govmatch.gatherings.views.desk import routes as desk

routes = [
    *listing.routes,
    *feeds.routes,
    *calendars.routes,
    *registering.routes,
    *registration.routes,
    *certificates.routes,
    *detail.routes,
    *panels.routes,
    *desk,
]
