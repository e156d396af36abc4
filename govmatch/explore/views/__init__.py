"""Home, search and the site's own pages."""

from govmatch.explore.views import pages

routes = [*pages.routes]
