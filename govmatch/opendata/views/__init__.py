"""Feeds, calendars and the map of what is public."""

from govmatch.opendata.views import calendars, feeds, one_challenge, sitemap

routes = [*feeds.routes, *calendars.routes, *one_challenge.routes, *sitemap.routes]
