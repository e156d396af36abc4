"""Home, search, results and the site's own pages."""

from govmatch.explore.views import home, pages, results, search

routes = [*home.routes, *search.routes, *results.routes, *pages.routes]
