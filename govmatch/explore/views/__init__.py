"""Home, search and the site's own pages."""

from govmatch.explore.views import home, pages, search

routes = [*home.routes, *search.routes, *pages.routes]
