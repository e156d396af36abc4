"""Challenges for everybody, and the desk on which authorities write them."""

from govmatch.challenges.views import desk, detail, listing

routes = [*listing.routes, *detail.routes, *desk.routes]
