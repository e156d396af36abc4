"""The pages on which a firm applies. Nobody else is answered on any of them."""

from govmatch.applications.views import (
    applying,
    checking,
    files,
    listing,
    overview,
    receipts,
    sections,
)

routes = [
    *applying.routes,
    *listing.routes,
    *sections.routes,
    *checking.routes,
    *receipts.routes,
    *files.routes,
    *overview.routes,
]
