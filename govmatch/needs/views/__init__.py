"""The pages about needs; fixed addresses stand before that of one need."""

from govmatch.needs.views import (
    listing,
    managing,
    one,
    proposing,
    report,
    steering,
    survey,
    top,
)

routes = [
    *listing.routes,
    *managing.routes,
    *proposing.routes,
    *report.routes,
    *steering.routes,
    *survey.routes,
    *top.routes,
    *one.routes,
]
