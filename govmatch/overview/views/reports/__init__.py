"""/reports: the funnel, the time to decision, what waits for whom; each with its table and CSV."""

from govmatch.overview.views.reports import dashboard

routes = dashboard.routes
