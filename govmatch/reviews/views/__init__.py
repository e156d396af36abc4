"""Pages of reviewers, and of those who assign and oversee reviews."""

from govmatch.reviews.views import declaration, desk, listing, one

routes = [*listing.routes, *declaration.routes, *one.routes, *desk.routes]
