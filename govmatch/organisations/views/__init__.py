"""Firms: the directory for everybody, one's own firm; and the pages of authorities."""

from govmatch.organisations.views import (
    authority,
    closing,
    evidence,
    firm,
    listing,
    making,
    members,
    own,
    sections,
)

routes = [
    *listing.routes,
    *firm.routes,
    *authority.routes,
    *making.routes,
    *own.routes,
    *sections.routes,
    *evidence.routes,
    *members.routes,
    *closing.routes,
]
