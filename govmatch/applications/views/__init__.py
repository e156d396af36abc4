"""The pages on which a firm applies, and those on who may still do so after the deadline."""

from govmatch.applications.views import (
    applying,
    checking,
    closed,
    files,
    late_codes,
    listing,
    messages,
    overview,
    receipts,
    sections,
)

routes = [
    *applying.routes,
    *closed.routes,
    *late_codes.routes,
    *listing.routes,
    *sections.routes,
    *checking.routes,
    *receipts.routes,
    *files.routes,
    *messages.routes,
    *overview.routes,
]
