"""Challenges for everybody, and the desk on which authorities write them."""

from govmatch.challenges.views import (
    desk,
    detail,
    follow,
    listing,
    of_programme,
    papers,
    preview,
)

routes = [
    *listing.routes,
    *detail.routes,
    *follow.routes,
    *of_programme.routes,
    *papers.routes,
    *preview.routes,
    *desk.routes,
]
