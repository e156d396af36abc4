"""/desk/challenges/{slug}/reviewing: who reviews what, how far they are, and conflicts."""

from govmatch.reviews.views.desk import (
    assigning,
    matrix,
    numbers,
    one,
    proposing,
    reminding,
    settling,
)

routes = [
    *matrix.routes,
    *assigning.routes,
    *numbers.routes,
    *proposing.routes,
    *reminding.routes,
    *one.routes,
    *settling.routes,
]
