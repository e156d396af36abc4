"""Matches: a firm's list, one match, opinions, firms for a challenge, how many, the method."""

from govmatch.explore.views.matches import (
    asked,
    by_mail,
    firms,
    listing,
    method,
    one,
    opinions,
    who,
)

# The method stands first: its address would else be that of a challenge.
routes = [
    *method.routes,
    *listing.routes,
    *by_mail.routes,
    *asked.routes,
    *opinions.routes,
    *one.routes,
    *firms.routes,
    *who.routes,
]
