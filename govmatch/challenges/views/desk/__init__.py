"""The desk: where authorities write and approve challenges, and managers publish them."""

from govmatch.challenges.views.desk import (
    acts,
    amend,
    as_files,
    edit,
    from_need,
    new,
    people,
    previews,
    remarks,
    rounds,
    route,
    section,
    show,
    start,
    versions,
)

routes = [
    *start.routes,
    *new.routes,
    *from_need.routes,
    *show.routes,
    *edit.routes,
    *section.routes,
    *versions.routes,
    *amend.routes,
    *as_files.routes,
    *acts.routes,
    *remarks.routes,
    *rounds.routes,
    *previews.routes,
    *people.routes,
    *route.routes,
]
