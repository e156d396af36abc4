"""/results: what became of challenges, for everybody, as far as each part is public."""

from govmatch.explore.views.results import listing, of_need, one

routes = [*listing.routes, *one.routes, *of_need.routes]
