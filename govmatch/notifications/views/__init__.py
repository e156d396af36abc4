"""Pages of the inbox and of what people want to hear of."""

from govmatch.notifications.views import inbox, preferences

routes = [*inbox.routes, *preferences.routes]
