"""Firms: the directory for everybody, one's own firm; and the pages of authorities."""

from govmatch.organisations.views import (
    authority,
    closing,
    evidence,
    firm,
    follow,
    joining,
    listing,
    making,
    member,
    members,
    own,
    register,
    sections,
)

routes = [
    *listing.routes,
    *firm.routes,
    *authority.routes,
    *follow.routes,
    *making.routes,
    *own.routes,
    *register.routes,
    *sections.routes,
    *evidence.routes,
    *members.routes,
    *member.routes,
    *joining.routes,
    *closing.routes,
]
