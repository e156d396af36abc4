"""The desk of those who hold events: authorities' staff and managers of programmes."""

from govmatch.gatherings.views.desk import editing, listing, participants, show

routes = [*listing.routes, *editing.routes, *participants.routes, *show.routes]
