"""Pages of the inbox and of what people want to hear of."""

from govmatch.notifications.views import inbox, preferences, signing_off

routes = [*inbox.routes, *preferences.routes, *signing_off.routes]
