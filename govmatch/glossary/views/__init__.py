"""The glossary: read by everybody, changed by programme managers and administrators."""

from govmatch.glossary.views import editing, listing, showing

routes = [*listing.routes, *editing.routes, *showing.routes]
