"""/results: what became of challenges, for everybody, as far as each part is public."""

from govmatch.explore.views.results import listing, one

routes = [*listing.routes, *one.routes]
