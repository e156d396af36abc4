"""Challenges for everybody, and the desk on which authorities write them."""

from govmatch.challenges.views import desk, detail, listing, papers

routes = [*listing.routes, *detail.routes, *papers.routes, *desk.routes]
