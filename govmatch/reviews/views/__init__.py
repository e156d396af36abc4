"""Pages of reviewers, and of those who assign and oversee reviews."""

from govmatch.reviews.views import declaration, desk, expertise, listing, one

routes = [*listing.routes, *declaration.routes, *expertise.routes, *one.routes, *desk.routes]
