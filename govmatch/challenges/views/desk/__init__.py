"""The desk: where authorities write and approve challenges, and managers publish them."""

from govmatch.challenges.views.desk import acts, edit, new, people, show, start

routes = [
    *start.routes,
    *new.routes,
    *show.routes,
    *edit.routes,
    *acts.routes,
    *people.routes,
]
